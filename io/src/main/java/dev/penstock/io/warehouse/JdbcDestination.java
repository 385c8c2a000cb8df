package dev.penstock.io.warehouse;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.io.jdbc.WriteToJdbc;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** A table of a SQL database. */
record JdbcDestination(WriteToJdbc jdbc) implements Destination {

  static JdbcDestination of(String uri) {
    return new JdbcDestination(WriteToJdbc.to(uri));
  }

  @Override
  public Destination withContract(DataContract contract) {
    return new JdbcDestination(jdbc.withContract(contract));
  }

  @Override
  public Destination withMode(WriteMode mode) {
    return new JdbcDestination(jdbc.withMode(mode));
  }

  @Override
  public Destination withTable(String table) {
    return new JdbcDestination(jdbc.withTable(table));
  }

  @Override
  public Destination withVersionField(String field) {
    return new JdbcDestination(jdbc.withVersionField(field));
  }

  @Override
  public Destination withChanges(Deletions deletions) {
    return new JdbcDestination(jdbc.withChanges(deletions));
  }

  @Override
  public Destination withLatestView(String view) {
    return new JdbcDestination(jdbc.withLatestView(view));
  }

  @Override
  public Destination withCreateTables(boolean create) {
    return new JdbcDestination(jdbc.withCreateTables(create));
  }

  @Override
  public Destination withSchemaDrift(SchemaDrift drift) {
    return new JdbcDestination(jdbc.withSchemaDrift(drift));
  }

  @Override
  public Destination withUsername(String user) {
    return new JdbcDestination(jdbc.withUsername(user));
  }

  @Override
  public Destination withPasswordVariable(String variable) {
    return new JdbcDestination(jdbc.withPasswordVariable(variable));
  }

  @Override
  public Destination withPasswordFile(String file) {
    return new JdbcDestination(jdbc.withPasswordFile(file));
  }

  @Override
  public Destination withBatchRows(int rows) {
    return new JdbcDestination(jdbc.withBatchRows(rows));
  }

  @Override
  public Destination withCompression(FileCompression compression) {
    throw new IllegalArgumentException(
        "Compression "
            + compression.name().toLowerCase(Locale.ROOT)
            + " is a setting of Parquet files, and this is a database. Leave it out, or write to"
            + " parquet:<folder>");
  }

  @Override
  public List<String> ddl() {
    return jdbc.ddl();
  }

  @Override
  public String tableName() {
    return jdbc.tableName();
  }

  @Override
  public List<String> prepare() {
    return jdbc.prepare();
  }

  @Override
  public List<String> check() {
    return jdbc.check();
  }

  @Override
  public Optional<RowSink> sink() {
    return Optional.of(jdbc.sink());
  }

  @Override
  public Optional<StreamLedger> ledger() {
    return Optional.of(jdbc.ledger());
  }

  @Override
  public Optional<StoredOffsets> storedOffsets() {
    return Optional.of(jdbc.storedOffsets());
  }

  @Override
  public Outcome<Row> write(PCollection<Row> rows) {
    return rows.apply("Write to JDBC", jdbc);
  }
}
