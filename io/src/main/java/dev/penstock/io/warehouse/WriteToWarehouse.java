package dev.penstock.io.warehouse;

import com.google.auto.value.AutoValue;
import dev.penstock.io.jdbc.WriteToJdbc;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

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
 * <p>Destinations: {@code jdbc:duckdb:<file>} and {@code
 * jdbc:postgresql://<host>:<port>/<database>?user=<name>}. Every mode is idempotent on every
 * destination; {@link WriteToJdbc} has the guarantees, what {@code accepted()} means, the reason
 * codes of dead letters ({@code SQLSTATE_<code>}) and the cost.
 */
@AutoValue
public abstract class WriteToWarehouse extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  abstract WriteToJdbc jdbc();

  /** Writes to the warehouse at a URI. */
  public static WriteToWarehouse to(String uri) {
    if (!uri.startsWith("jdbc:")) {
      int colon = uri.indexOf(':');
      throw new IllegalArgumentException(
          "No warehouse is known by '"
              + (colon < 0 ? uri : uri.substring(0, colon + 1) + "…")
              + "'. Use jdbc:duckdb:<file> or jdbc:postgresql://<host>:<port>/<database>");
    }
    return of(WriteToJdbc.to(uri));
  }

  private static WriteToWarehouse of(WriteToJdbc jdbc) {
    return new AutoValue_WriteToWarehouse(jdbc);
  }

  /** The contract that the table comes from; required. */
  public WriteToWarehouse withContract(DataContract contract) {
    return of(jdbc().withContract(contract));
  }

  /** How rows are put into the table; append by default. */
  public WriteToWarehouse withMode(WriteMode mode) {
    return of(jdbc().withMode(mode));
  }

  /** Another table than the contract's: {@code table} or {@code schema.table}. */
  public WriteToWarehouse withTable(String table) {
    return of(jdbc().withTable(table));
  }

  /** The field whose higher value wins, before the position. */
  public WriteToWarehouse withVersionField(String field) {
    return of(jdbc().withVersionField(field));
  }

  /** Whether missing schemas, tables and keys are created; true by default. */
  public WriteToWarehouse withCreateTables(boolean create) {
    return of(jdbc().withCreateTables(create));
  }

  /** What happens when an existing table lacks columns; by default the run fails. */
  public WriteToWarehouse withSchemaDrift(SchemaDrift drift) {
    return of(jdbc().withSchemaDrift(drift));
  }

  /** The database user, where the URI names none. */
  public WriteToWarehouse withUsername(String user) {
    return of(jdbc().withUsername(user));
  }

  /** The environment variable with the password; {@code PENSTOCK_PASSWORD} by default. */
  public WriteToWarehouse withPasswordVariable(String variable) {
    return of(jdbc().withPasswordVariable(variable));
  }

  /** A file, on any file system that the workers can read, with the password alone in it. */
  public WriteToWarehouse withPasswordFile(String file) {
    return of(jdbc().withPasswordFile(file));
  }

  /** Most rows of a batch; 10 000 by default. */
  public WriteToWarehouse withBatchRows(int rows) {
    return of(jdbc().withBatchRows(rows));
  }

  /** The statements that create the table, without connecting. */
  public List<String> ddl() {
    return jdbc().ddl();
  }

  /** Name of the table that is written. */
  public String tableName() {
    return jdbc().tableName();
  }

  /**
   * Connects and makes the table ready, once before a run; workers do it again.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return jdbc().prepare();
  }

  /**
   * Does everything that {@link #prepare} does and undoes it.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    return jdbc().check();
  }

  /**
   * The same writing for a reader that hands its rows over in the same pass; empty where the
   * destination has none.
   */
  public Optional<RowSink> sink() {
    return Optional.of(jdbc().sink());
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    return rows.apply("Write to JDBC", jdbc());
  }
}
