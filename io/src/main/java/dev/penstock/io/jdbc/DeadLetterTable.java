package dev.penstock.io.jdbc;

import com.google.auto.value.AutoValue;
import dev.penstock.io.sink.LetterValues;
import dev.penstock.io.sink.StoredOffsets;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RunOptions;
import java.util.List;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Stores dead letters in the table {@code penstock_dead_letters} of a SQL database.
 *
 * <pre>{@code
 * PCollection<LedgerEntry> stored =
 *     outcome.deadLetters().apply(DeadLetterTable.to("jdbc:duckdb:penstock.duckdb"));
 * }</pre>
 *
 * <p>Each dead letter is stored once, by its deterministic id, with its payload byte for byte. An
 * entry of the ledger is emitted when the dead letters that it counts are committed.
 *
 * <p>Cost: one batch of statements for each bundle or 10 000 dead letters; no shuffle.
 */
@AutoValue
public abstract class DeadLetterTable
    extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
  private static final long serialVersionUID = 1L;

  /** Name of the table where no other is given. */
  public static final String NAME = LetterValues.TABLE;

  abstract ConnectionSettings settings();

  abstract TableName table();

  /** Stores dead letters in the database at a JDBC address without a password in it. */
  public static DeadLetterTable to(String uri) {
    return of(ConnectionSettings.to(uri), TableName.parse(NAME));
  }

  private static DeadLetterTable of(ConnectionSettings settings, TableName table) {
    return new AutoValue_DeadLetterTable(settings, table);
  }

  /** Another table: {@code table} or {@code schema.table}. */
  public DeadLetterTable withTable(String table) {
    return of(settings(), TableName.parse(table));
  }

  /** The database user, where the address names none. */
  public DeadLetterTable withUsername(String user) {
    return of(settings().withUser(user), table());
  }

  /** The environment variable with the password; {@code PENSTOCK_PASSWORD} by default. */
  public DeadLetterTable withPasswordVariable(String variable) {
    return of(settings().withPasswordVariable(variable), table());
  }

  /** A file, on any file system that the workers can read, with the password alone in it. */
  public DeadLetterTable withPasswordFile(String file) {
    return of(settings().withPasswordFile(file), table());
  }

  /** The statements that create the table, without connecting. */
  public List<String> ddl() {
    return settings().dialect().createTable(preparation(false).wanted());
  }

  /**
   * Connects and makes the table ready.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> prepare() {
    return Preflight.run(settings(), preparation(false));
  }

  /**
   * Does everything that {@link #prepare} does and undoes it.
   *
   * @return what stands in the way, one line each; empty when all is well
   */
  public List<String> check() {
    return Preflight.run(settings(), preparation(true));
  }

  /**
   * Looks for the table, and changes nothing.
   *
   * @return what stands in the way of reading it, one line each; empty when all is well
   */
  public List<String> checkThere() {
    return Preflight.find(settings(), table());
  }

  /** The dead letters that no replay has repaired so far. */
  public PTransform<PBegin, PCollection<DeadLetter>> unrepaired() {
    return new Unrepaired(settings(), table());
  }

  /**
   * Marks dead letters as repaired: the columns {@code repaired_at} and {@code repaired_by} tell
   * when, and by which run. The first mark stays.
   */
  public PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> repaired() {
    return new Repaired(settings(), preparation(false));
  }

  private static final class Unrepaired extends PTransform<PBegin, PCollection<DeadLetter>> {
    private static final long serialVersionUID = 1L;
    private final ConnectionSettings settings;
    private final TableName table;

    Unrepaired(ConnectionSettings settings, TableName table) {
      this.settings = settings;
      this.table = table;
    }

    @Override
    public PCollection<DeadLetter> expand(PBegin begin) {
      return begin
          .apply("Impulse", Impulse.create())
          .apply("Select letters", ParDo.of(new ReadLettersFn(settings, table)))
          .setCoder(DeadLetterCoder.of())
          .apply("Spread letters", Reshuffle.viaRandomKey());
    }
  }

  private static final class Repaired
      extends PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> {
    private static final long serialVersionUID = 1L;
    private final ConnectionSettings settings;
    private final TablePreparation preparation;

    Repaired(ConnectionSettings settings, TablePreparation preparation) {
      this.settings = settings;
      this.preparation = preparation;
    }

    @Override
    public PCollection<DeadLetter> expand(PCollection<DeadLetter> letters) {
      String runId = letters.getPipeline().getOptions().as(RunOptions.class).getRunId();
      return letters
          .apply("Mark letters", ParDo.of(new MarkLettersFn(settings, preparation, runId)))
          .setCoder(DeadLetterCoder.of());
    }
  }

  /** The records that have a dead letter in the table which was held against this contract. */
  public StoredOffsets storedOffsets(DataContract contract) {
    return (source, offsets) ->
        StoredTable.of(settings(), table())
            .read(
                "SELECT DISTINCT byte_offset FROM "
                    + table().sql()
                    + " WHERE source = ? AND contract_id = ? ORDER BY 1",
                List.of(source, contract.id()),
                row -> offsets.accept(row.getLong(1)));
  }

  private TablePreparation preparation(boolean rehearsal) {
    Dialect dialect = settings().dialect();
    TableLayout layout = LetterLayout.of(dialect, table());
    return new TablePreparation(dialect, layout, true, SchemaDrift.ADD, rehearsal, List.of());
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
    String runId = letters.getPipeline().getOptions().as(RunOptions.class).getRunId();
    return letters
        .apply("Write batches", ParDo.of(new WriteLettersFn(settings(), preparation(false), runId)))
        .setCoder(LedgerEntryCoder.of());
  }
}
