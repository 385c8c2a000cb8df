package dev.penstock.io.warehouse;

import com.google.auto.value.AutoValue;
import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.bigquery.WriteToBigQuery;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.jdbc.WriteToJdbc;
import dev.penstock.io.parquet.WriteToParquet;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to the warehouse that a URI names; changing the URI changes nothing else.
 *
 * <pre>{@code
 * Outcome<Row> stored =
 *     rows.apply(
 *         WriteToWarehouse.to("jdbc:duckdb:penstock.duckdb")
 *             .withContract(contract)
 *             .withMode(WriteMode.UPSERT));
 * stored.deadLetters().apply(WriteDeadLetters.to("rejects/"));
 * }</pre>
 *
 * <p>Destinations: {@code jdbc:duckdb:<file>}, {@code
 * jdbc:postgresql://<host>:<port>/<database>?user=<name>}, {@code bigquery:<project>:<dataset>} and
 * {@code parquet:<folder>}. Every mode that a destination has is idempotent (but BigQuery's
 * streaming inserts); {@link WriteToJdbc}, {@link WriteToBigQuery} and {@link WriteToParquet} have
 * the guarantees, what {@code accepted()} means, the reason codes of dead letters and the cost.
 *
 * <p>A setting that means nothing to a destination is refused with an {@link
 * IllegalArgumentException} that says so.
 */
@AutoValue
public abstract class WriteToWarehouse extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  abstract Destination destination();

  /**
   * Writes to the warehouse at a URI.
   *
   * @throws IllegalArgumentException for a kind of URI that is not known
   */
  public static WriteToWarehouse to(String uri) {
    return of(Destination.of(uri));
  }

  private static WriteToWarehouse of(Destination destination) {
    return new AutoValue_WriteToWarehouse(destination);
  }

  /** The folder that a destination of files, such as {@code parquet:lake}, names. */
  public static Optional<String> folder(String uri) {
    Matcher scheme = Destination.FOLDER.matcher(uri);
    return scheme.lookingAt() ? Optional.of(uri.substring(scheme.end())) : Optional.empty();
  }

  /** The contract that the table comes from; required. */
  public WriteToWarehouse withContract(DataContract contract) {
    return of(destination().withContract(contract));
  }

  /** How rows are put into the table; append by default, which is all that Parquet has. */
  public WriteToWarehouse withMode(WriteMode mode) {
    return of(destination().withMode(mode));
  }

  /** Another table than the contract's: {@code table} or {@code schema.table}. */
  public WriteToWarehouse withTable(String table) {
    return of(destination().withTable(table));
  }

  /** The field whose higher value wins, before the position. */
  public WriteToWarehouse withVersionField(String field) {
    return of(destination().withVersionField(field));
  }

  /**
   * The rows are changes ({@code ParseDebezium}'s): their versions order them, and what a deletion
   * does in mode upsert is said here. For databases.
   */
  public WriteToWarehouse withChanges(Deletions deletions) {
    return of(destination().withChanges(deletions));
  }

  /** Another name for the view of newest rows than {@code <table>_latest}. */
  public WriteToWarehouse withLatestView(String view) {
    return of(destination().withLatestView(view));
  }

  /** Whether missing schemas, tables and keys are created; true by default. */
  public WriteToWarehouse withCreateTables(boolean create) {
    return of(destination().withCreateTables(create));
  }

  /** What happens when an existing table lacks columns; by default the run fails. */
  public WriteToWarehouse withSchemaDrift(SchemaDrift drift) {
    return of(destination().withSchemaDrift(drift));
  }

  /** The database user, where the URI names none. */
  public WriteToWarehouse withUsername(String user) {
    return of(destination().withUsername(user));
  }

  /** The environment variable with the password; {@code PENSTOCK_PASSWORD} by default. */
  public WriteToWarehouse withPasswordVariable(String variable) {
    return of(destination().withPasswordVariable(variable));
  }

  /** A file, on any file system that the workers can read, with the password alone in it. */
  public WriteToWarehouse withPasswordFile(String file) {
    return of(destination().withPasswordFile(file));
  }

  /** Most rows of a batch; 10 000 by default. */
  public WriteToWarehouse withBatchRows(int rows) {
    return of(destination().withBatchRows(rows));
  }

  /** How Parquet files are compressed; Zstandard by default. */
  public WriteToWarehouse withCompression(FileCompression compression) {
    return of(destination().withCompression(compression));
  }

  /** How rows travel to BigQuery; load jobs by default. */
  public WriteToWarehouse withBigQueryMethod(BigQueryMethod method) {
    return of(destination().withBigQueryMethod(method));
  }

  /** Where a new dataset of BigQuery is created, such as {@code EU}. */
  public WriteToWarehouse withLocation(String location) {
    return of(destination().withLocation(location));
  }

  /**
   * The options by which BigQuery is reached; those of the pipeline when the transform is applied.
   * {@link #prepare}, {@link #check} and {@link #sink} need them before; other destinations do not.
   */
  public WriteToWarehouse withPipelineOptions(PipelineOptions options) {
    return of(destination().withPipelineOptions(options));
  }

  /** The statements that create the table, or the schema of its files, without connecting. */
  public List<String> ddl() {
    return destination().ddl();
  }

  /** Name of the table that is written. */
  public String tableName() {
    return destination().tableName();
  }

  /**
   * Connects and makes the table ready, once before a run; workers do it again.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return destination().prepare();
  }

  /**
   * Does everything that {@link #prepare} does and undoes it.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    return destination().check();
  }

  /**
   * The same writing for a reader that hands its rows over in the same pass; empty where the
   * destination has none.
   */
  public Optional<RowSink> sink() {
    return destination().sink();
  }

  /**
   * The ledger of a stream that is written here, where the destination can keep one: databases, in
   * the table {@code penstock_ledger}.
   */
  public Optional<StreamLedger> ledger() {
    return destination().ledger();
  }

  /** Which records of streams have a row in the table; empty where the destination cannot tell. */
  public Optional<StoredOffsets> storedOffsets() {
    return destination().storedOffsets();
  }

  /** A pipeline that leaves the dead letters lying is refused. */
  @Override
  public void validate(
      @Nullable PipelineOptions options,
      Map<TupleTag<?>, PCollection<?>> inputs,
      Map<TupleTag<?>, PCollection<?>> outputs) {
    Outcome.requireWired(getName(), outputs);
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    return destination().write(rows);
  }
}
