package dev.penstock.io.jdbc;

import com.google.auto.value.AutoValue;
import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.ContractRows;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RunOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into a table of a SQL database, such that writing them again changes nothing.
 *
 * <pre>{@code
 * Outcome<Row> stored =
 *     rows.apply(
 *         WriteToJdbc.to("jdbc:postgresql://localhost/kiva?user=penstock")
 *             .withContract(contract)
 *             .withMode(WriteMode.UPSERT)
 *             .withVersionField("updated_at"));
 * stored.deadLetters().apply(WriteDeadLetters.to("rejects/"));
 * }</pre>
 *
 * <p>Guarantees, on PostgreSQL and DuckDB alike:
 *
 * <ul>
 *   <li>append: each record once, by its deterministic id;
 *   <li>upsert: for each primary key the row of the highest version (then position), whatever order
 *       rows arrive in;
 *   <li>history: each primary key and version once.
 * </ul>
 *
 * <p>{@code accepted()} are the rows whose effect is durable: they, or for upsert a newer version,
 * are committed. The ledger counts a row as duplicate when an earlier run had stored it.
 *
 * <p>Dead letters have the reason code {@code SQLSTATE_<code>}. One bad row never fails its batch;
 * what is no row's fault ends the run with a {@link DestinationException}.
 *
 * <p>Cost: one COPY (or appender) and one merge for each batch, no shuffle. Rows wait in memory for
 * their batch.
 */
@AutoValue
public abstract class WriteToJdbc extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  abstract ConnectionSettings settings();

  abstract @Nullable DataContract contract();

  abstract WriteMode mode();

  abstract @Nullable String table();

  abstract @Nullable String versionField();

  abstract boolean createTables();

  abstract SchemaDrift schemaDrift();

  abstract @Nullable Deletions changes();

  abstract @Nullable TableName latestView();

  abstract Builder toBuilder();

  /** Writes to the database at a JDBC address without a password in it. */
  public static WriteToJdbc to(String uri) {
    return new AutoValue_WriteToJdbc.Builder()
        .setSettings(ConnectionSettings.to(uri))
        .setMode(WriteMode.APPEND)
        .setCreateTables(true)
        .setSchemaDrift(SchemaDrift.FAIL)
        .build();
  }

  /** The contract that the table comes from; required. */
  public WriteToJdbc withContract(DataContract contract) {
    return toBuilder().setContract(contract).build();
  }

  /** How rows are put into the table; append by default. */
  public WriteToJdbc withMode(WriteMode mode) {
    return toBuilder().setMode(mode).build();
  }

  /** Another table than the contract's: {@code table}, {@code schema.table}, quoted or not. */
  public WriteToJdbc withTable(String table) {
    TableName parsed = TableName.parse(table);
    return toBuilder().setTable(parsed.sql()).build();
  }

  /** The field whose higher value wins, before the position. */
  public WriteToJdbc withVersionField(String field) {
    return toBuilder().setVersionField(field).build();
  }

  /**
   * The rows are changes, which have {@link Change#rowSchema}: their versions order them, and what
   * a deletion does in mode upsert is said here. In mode history every change is a row, and
   * deletions are marked.
   */
  public WriteToJdbc withChanges(Deletions deletions) {
    return toBuilder().setChanges(deletions).build();
  }

  /**
   * Name of the view with the newest row of each key that is not deleted, where changes are written
   * as history or with soft deletions; {@code <table>_latest} by default.
   */
  public WriteToJdbc withLatestView(String view) {
    return toBuilder().setLatestView(TableName.parse(view)).build();
  }

  /** Whether missing schemas, tables and keys are created; true by default. */
  public WriteToJdbc withCreateTables(boolean create) {
    return toBuilder().setCreateTables(create).build();
  }

  /** What happens when an existing table lacks columns; by default the run fails. */
  public WriteToJdbc withSchemaDrift(SchemaDrift drift) {
    return toBuilder().setSchemaDrift(drift).build();
  }

  /** The database user, where the address names none. */
  public WriteToJdbc withUsername(String user) {
    return with(settings().withUser(user));
  }

  /** The environment variable with the password; {@code PENSTOCK_PASSWORD} by default. */
  public WriteToJdbc withPasswordVariable(String variable) {
    return with(settings().withPasswordVariable(variable));
  }

  /** A file, on any file system that the workers can read, with the password alone in it. */
  public WriteToJdbc withPasswordFile(String file) {
    return with(settings().withPasswordFile(file));
  }

  /** Most rows of a batch; 10 000 by default. */
  public WriteToJdbc withBatchRows(int rows) {
    return with(settings().withBatchRows(rows));
  }

  /** Most bytes of input of a batch; 16 MiB by default. */
  public WriteToJdbc withBatchBytes(long bytes) {
    return with(settings().withBatchBytes(bytes));
  }

  /** Most connections of one worker to PostgreSQL; 4 by default. */
  public WriteToJdbc withMaxConnections(int connections) {
    return with(settings().withMaxConnections(connections));
  }

  /** How long a batch waits for a free connection; 30 seconds by default. */
  public WriteToJdbc withAcquisitionTimeout(Duration timeout) {
    return with(settings().withAcquisitionTimeout(timeout));
  }

  /** How often a batch is tried (6), and the pause before the second attempt (250 ms, doubling). */
  public WriteToJdbc withRetries(int maxAttempts, Duration initialBackoff) {
    return with(settings().withRetries(maxAttempts, initialBackoff));
  }

  private WriteToJdbc with(ConnectionSettings settings) {
    return toBuilder().setSettings(settings).build();
  }

  /** The statements that create the table, without connecting. */
  public List<String> ddl() {
    TableLayout layout = layout();
    List<String> statements = new ArrayList<>();
    if (layout.name().schema() != null) {
      statements.add(settings().dialect().createSchema(layout.name().schema()));
    }
    statements.addAll(settings().dialect().createTable(layout));
    TableLayout.Removal removal = layout.removal();
    if (removal != null) {
      statements.addAll(settings().dialect().createTable(layout.tombstones(removal)));
    }
    views(layout).forEach(view -> statements.add(view.sql(layout)));
    return List.copyOf(statements);
  }

  /** Name of the table that is written, for people. */
  public String tableName() {
    return layout().name().toString();
  }

  /**
   * Connects and makes the table ready, as the workers do again later.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return preflight(false);
  }

  /**
   * Does everything that {@link #prepare} does and undoes it.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    return preflight(true);
  }

  private List<String> preflight(boolean rehearsal) {
    try {
      return Preflight.run(settings(), preparation(rehearsal));
    } catch (DestinationException e) {
      return e.problems();
    }
  }

  private TablePreparation preparation(boolean rehearsal) {
    TableLayout layout = layout();
    return new TablePreparation(
        settings().dialect(), layout, createTables(), schemaDrift(), rehearsal, views(layout));
  }

  /** The views that show the newest rows, where the table itself does not. */
  private List<LatestView> views(TableLayout layout) {
    boolean soft = mode() == WriteMode.UPSERT && changes() == Deletions.SOFT;
    boolean history = mode() == WriteMode.HISTORY && changes() != null;
    if (!soft && !history) {
      return List.of();
    }
    TableName view = latestView();
    List<String> key =
        requireContract().primaryKey().stream().map(ContractField::columnName).toList();
    return List.of(
        new LatestView(view == null ? layout.name().withSuffix("_latest") : view, key, history));
  }

  private TableLayout layout() {
    return ContractLayout.of(
        requireContract(), settings().dialect(), mode(), table(), versionField(), changes());
  }

  private DataContract requireContract() {
    DataContract contract = contract();
    if (contract == null) {
      throw new IllegalArgumentException(
          "Writing to " + settings().url() + " needs a contract: call withContract(…)");
    }
    return contract;
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
    Schema schema = rows.getSchema();
    ContractRows.check(requireContract(), schema);
    if (changes() == null && mode() == WriteMode.UPSERT && schema.hasField(Change.FIELD)) {
      return withChanges(Deletions.HARD).expand(rows);
    }
    if (changes() != null && !schema.hasField(Change.FIELD)) {
      throw new IllegalArgumentException(
          "The rows are no changes: they lack the field '"
              + Change.FIELD
              + "'. Parse change events (ParseDebezium), or leave withChanges(…) out");
    }
    TupleTag<Row> accepted = new TupleTag<>() {};
    TupleTag<DeadLetter> deadLetters = new TupleTag<>() {};
    TupleTag<LedgerEntry> ledger = new TupleTag<>() {};
    String runId = rows.getPipeline().getOptions().as(RunOptions.class).getRunId();
    WriteRowsFn write = new WriteRowsFn(target(schema), runId, accepted, deadLetters, ledger);
    PCollectionTuple written =
        rows.apply(
            "Write batches",
            ParDo.of(write).withOutputTags(accepted, TupleTagList.of(deadLetters).and(ledger)));
    return Outcome.of(
        written.get(accepted).setCoder(rows.getCoder()),
        written.get(deadLetters).setCoder(DeadLetterCoder.of()),
        written.get(ledger).setCoder(LedgerEntryCoder.of()));
  }

  /** The same writing for a reader that hands its rows over in the same pass. */
  public RowSink sink() {
    DataContract contract = requireContract();
    return new JdbcSink(
        target(changes() == null ? contract.rowSchema() : Change.rowSchema(contract)));
  }

  /** The ledger of a stream that is written, in the table {@code penstock_ledger}. */
  public StreamLedger ledger() {
    return new JdbcStreamLedger(settings(), tableName(), createTables(), Clock.systemUTC());
  }

  /** The records of streams that have a row in the table. */
  public StoredOffsets storedOffsets() {
    TableName name = layout().name();
    return (source, offsets) ->
        StoredTable.of(settings(), name)
            .read(
                "SELECT DISTINCT "
                    + TableName.quote(Bookkeeping.OFFSET)
                    + " FROM "
                    + name.sql()
                    + " WHERE "
                    + TableName.quote(Bookkeeping.SOURCE)
                    + " = ? ORDER BY 1",
                List.of(source),
                row -> offsets.accept(row.getLong(1)));
  }

  private TableWriter.Target target(Schema schema) {
    return new TableWriter.Target(
        settings(),
        preparation(false),
        new Refusals(requireContract()),
        schema,
        mode() == WriteMode.UPSERT && changes() == Deletions.IGNORE);
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSettings(ConnectionSettings value);

    abstract Builder setContract(@Nullable DataContract value);

    abstract Builder setMode(WriteMode value);

    abstract Builder setTable(@Nullable String value);

    abstract Builder setVersionField(@Nullable String value);

    abstract Builder setCreateTables(boolean value);

    abstract Builder setSchemaDrift(SchemaDrift value);

    abstract Builder setChanges(@Nullable Deletions value);

    abstract Builder setLatestView(@Nullable TableName value);

    abstract WriteToJdbc build();
  }
}
