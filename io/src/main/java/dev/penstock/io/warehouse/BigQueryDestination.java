package dev.penstock.io.warehouse;

import dev.penstock.io.bigquery.BigQueryMethod;
import dev.penstock.io.bigquery.WriteToBigQuery;
import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** A table of BigQuery. */
record BigQueryDestination(WriteToBigQuery bigQuery) implements Destination {

  static BigQueryDestination of(String uri) {
    return new BigQueryDestination(WriteToBigQuery.to(uri));
  }

  @Override
  public Destination withContract(DataContract contract) {
    return new BigQueryDestination(bigQuery.withContract(contract));
  }

  @Override
  public Destination withMode(WriteMode mode) {
    return new BigQueryDestination(bigQuery.withMode(mode));
  }

  @Override
  public Destination withTable(String table) {
    return new BigQueryDestination(bigQuery.withTable(table));
  }

  @Override
  public Destination withVersionField(String field) {
    return new BigQueryDestination(bigQuery.withVersionField(field));
  }

  @Override
  public Destination withCreateTables(boolean create) {
    return new BigQueryDestination(bigQuery.withCreateTables(create));
  }

  @Override
  public Destination withSchemaDrift(SchemaDrift drift) {
    return new BigQueryDestination(bigQuery.withSchemaDrift(drift));
  }

  @Override
  public Destination withUsername(String user) {
    throw refusal("A user name (--user)", "Google's credentials tell who writes");
  }

  @Override
  public Destination withPasswordVariable(String variable) {
    throw refusal("A password", "Google's credentials tell who writes");
  }

  @Override
  public Destination withPasswordFile(String file) {
    throw refusal("A password (--passwordFile)", "Google's credentials tell who writes");
  }

  @Override
  public Destination withBatchRows(int rows) {
    throw refusal("A batch size (--batchSize)", "BigQuery has no transactions of rows to size");
  }

  @Override
  public Destination withCompression(FileCompression compression) {
    throw refusal("A compression (--compression)", "BigQuery compresses tables by itself");
  }

  private static IllegalArgumentException refusal(String what, String why) {
    return new IllegalArgumentException(
        what + " means nothing to BigQuery: " + why + ". Leave it out");
  }

  @Override
  public Destination withBigQueryMethod(BigQueryMethod method) {
    return new BigQueryDestination(bigQuery.withMethod(method));
  }

  @Override
  public Destination withLocation(String location) {
    return new BigQueryDestination(bigQuery.withLocation(location));
  }

  @Override
  public Destination withPipelineOptions(PipelineOptions options) {
    return new BigQueryDestination(bigQuery.withPipelineOptions(options));
  }

  @Override
  public List<String> ddl() {
    return bigQuery.ddl();
  }

  @Override
  public String tableName() {
    return bigQuery.tableName();
  }

  @Override
  public List<String> prepare() {
    return bigQuery.prepare();
  }

  @Override
  public List<String> check() {
    return bigQuery.check();
  }

  @Override
  public Optional<RowSink> sink() {
    return Optional.of(bigQuery.sink());
  }

  @Override
  public Outcome<Row> write(PCollection<Row> rows) {
    return rows.apply("Write to BigQuery", bigQuery);
  }
}
