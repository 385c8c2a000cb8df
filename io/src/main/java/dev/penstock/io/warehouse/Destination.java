package dev.penstock.io.warehouse;

import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** A kind of warehouse: takes the settings that mean something to it, and refuses the others. */
sealed interface Destination extends Serializable
    permits JdbcDestination, FolderDestination, BigQueryDestination {
  /** The kinds of URIs that are known, for messages. */
  String KNOWN =
      "Use jdbc:duckdb:<file>, jdbc:postgresql://<host>:<port>/<database>,"
          + " bigquery:<project>:<dataset>, or parquet:, json:, avro: or csv:<folder>";

  /** What a folder of files begins with. */
  Pattern FOLDER = Pattern.compile("(?:parquet|json|avro|csv):");

  /** The destination that a URI names. */
  static Destination of(String uri) {
    if (uri.startsWith("jdbc:")) {
      return JdbcDestination.of(uri);
    }
    if (uri.startsWith("parquet:")) {
      return ParquetDestination.of(uri);
    }
    if (FOLDER.matcher(uri).lookingAt()) {
      return FilesDestination.of(uri);
    }
    if (uri.startsWith("bigquery:")) {
      return BigQueryDestination.of(uri);
    }
    int colon = uri.indexOf(':');
    throw new IllegalArgumentException(
        "No warehouse is known by '"
            + (colon < 0 ? uri : uri.substring(0, colon + 1) + "…")
            + "'. "
            + KNOWN);
  }

  Destination withContract(DataContract contract);

  Destination withMode(WriteMode mode);

  Destination withTable(String table);

  Destination withVersionField(String field);

  Destination withCreateTables(boolean create);

  Destination withSchemaDrift(SchemaDrift drift);

  Destination withUsername(String user);

  Destination withPasswordVariable(String variable);

  Destination withPasswordFile(String file);

  Destination withBatchRows(int rows);

  Destination withCompression(FileCompression compression);

  /** Refused where changes cannot be written yet. */
  default Destination withChanges(Deletions deletions) {
    throw new IllegalArgumentException(
        "Changes of rows (--deletions) cannot be written to this destination. Write them to"
            + " jdbc:postgresql://… or jdbc:duckdb:…");
  }

  /** Refused where there are no views. */
  default Destination withLatestView(String view) {
    throw new IllegalArgumentException(
        "A view (--latestView) means nothing to this destination. Leave it out, or write to a"
            + " database: jdbc:…");
  }

  /** Refused where there is no BigQuery. */
  default Destination withBigQueryMethod(BigQueryMethod method) {
    throw new IllegalArgumentException(
        "A method of BigQuery (--bigQueryMethod) means nothing to this destination. Leave it out,"
            + " or write to bigquery:<project>:<dataset>");
  }

  /** Refused where there is no BigQuery. */
  default Destination withLocation(String location) {
    throw new IllegalArgumentException(
        "A location (--datasetLocation) means nothing to this destination. Leave it out, or write"
            + " to bigquery:<project>:<dataset>");
  }

  /** For destinations that are reached by the pipeline's own options. */
  default Destination withPipelineOptions(PipelineOptions options) {
    return this;
  }

  List<String> ddl();

  String tableName();

  List<String> prepare();

  List<String> check();

  Optional<RowSink> sink();

  /** Which records of streams have a row in the table, where the destination can tell. */
  default Optional<StoredOffsets> storedOffsets() {
    return Optional.empty();
  }

  /** The ledger of a stream, where the destination can keep one. */
  default Optional<StreamLedger> ledger() {
    return Optional.empty();
  }

  Outcome<Row> write(PCollection<Row> rows);
}
