package dev.penstock.io.warehouse;

import static org.junit.Assert.assertEquals;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.SourceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;

/** What every destination promises of its write modes, and what it takes to look into one. */
public abstract class WriteModesContract {

  /** A transform that writes to a fresh, empty database of this test. */
  protected abstract WriteToWarehouse warehouse();

  /** A connection for looking into the database. */
  protected abstract Connection connection() throws SQLException;

  /** Makes the writes small, where the destination has a say in that. */
  protected WriteToWarehouse inBatches(WriteToWarehouse write, int rows) {
    return write.withBatchRows(rows);
  }

  /** Options that the destination needs. */
  protected PipelineOptions options() {
    return PipelineOptionsFactory.create();
  }

  @Test
  public void appendTwiceLeavesTheTableUnchanged() throws SQLException {
    writingTwiceLeavesTheTableUnchanged(WriteMode.APPEND, 500);
  }

  @Test
  public void historyTwiceLeavesTheTableUnchanged() throws SQLException {
    writingTwiceLeavesTheTableUnchanged(WriteMode.HISTORY, 37 * 11);
  }

  private void writingTwiceLeavesTheTableUnchanged(WriteMode mode, int stored) throws SQLException {
    WriteToWarehouse write = writing(mode);

    Load first = load(write, Loans.changes(500, 1));
    List<String> before = rows("loans");
    Load second = load(write, Loans.changes(500, 2));

    assertEquals(stored, before.size());
    assertEquals(before, rows("loans"));
    assertEquals(500, first.ledger().written());
    assertEquals(0, first.ledger().duplicate());
    assertEquals(0, second.ledger().written());
    assertEquals(500, second.ledger().duplicate());
    assertEquals(500, second.accepted().size());
    assertEquals(List.of(), second.deadLetters());
  }

  @Test
  public void upsertTwiceLeavesTheTableUnchanged() throws SQLException {
    WriteToWarehouse write = writing(WriteMode.UPSERT);

    Load first = load(write, Loans.changes(500, 1));
    List<String> before = rows("loans");
    Load second = load(write, Loans.changes(500, 2));

    assertEquals(37, before.size());
    assertEquals(before, rows("loans"));
    assertEquals(500, first.ledger().written());
    assertEquals(500, second.ledger().written());
  }

  @Test
  public void aBundleThatIsRetriedCountsTheSame() {
    WriteToWarehouse write = writing(WriteMode.APPEND);
    String run = UUID.randomUUID().toString();

    Load first = load(write, Loans.changes(100, 1), run);
    Load retried = load(write, Loans.changes(100, 2), run);

    assertEquals(100, first.ledger().written());
    assertEquals(first.ledger(), retried.ledger());
  }

  @Test
  public void upsertKeepsTheHighestVersionWhateverTheOrderOfArrival() throws SQLException {
    Map<Long, Row> newest = new HashMap<>();
    for (Row row : Loans.changes(400, 0)) {
      newest.merge(row.getInt64("id"), row, (a, b) -> VERSION.compare(a, b) >= 0 ? a : b);
    }
    List<String> expected = new ArrayList<>();
    newest
        .values()
        .forEach(
            row ->
                expected.add(
                    "id=%d; version=%d; note=%s"
                        .formatted(
                            row.getInt64("id"), row.getInt64("version"), row.getString("note"))));
    expected.sort(null);

    for (long seed = 1; seed <= 4; seed++) {
      String table = "t" + seed;
      load(
          inBatches(writing(WriteMode.UPSERT).withTable(table), (int) (seed * seed)),
          Loans.changes(400, seed));
      assertEquals("seed " + seed, expected, query("SELECT id, version, note FROM " + table));
    }
  }

  private static final Comparator<Row> VERSION =
      Comparator.<Row, Long>comparing(row -> row.getInt64("version"))
          .thenComparing(row -> SourceRecord.of(row).position());

  @Test
  public void upsertWithoutAVersionFieldKeepsTheLastPosition() throws SQLException {
    WriteToWarehouse write =
        inBatches(warehouse().withContract(Loans.CONTRACT).withMode(WriteMode.UPSERT), 1);
    List<Row> rows =
        new ArrayList<>(
            List.of(
                Loans.row("/in/a.csv", 9, 1, 0, null, "a9"),
                Loans.row("/in/a.csv", 10, 1, 0, null, "a10"),
                Loans.row("/in/B.csv", 99, 1, 0, null, "B99"),
                Loans.row("/in/a.csv", 2, 1, 0, null, "a2")));
    for (long seed = 1; seed <= 3; seed++) {
      Collections.shuffle(rows, new Random(seed));
      load(write.withTable("t" + seed), rows);
      assertEquals("seed " + seed, List.of("note=a10"), query("SELECT note FROM t" + seed));
    }
  }

  @Test
  public void aRowWithoutVersionIsOlderThanEveryOther() throws SQLException {
    WriteToWarehouse write =
        warehouse()
            .withContract(Loans.CONTRACT)
            .withMode(WriteMode.UPSERT)
            .withVersionField("amount");

    load(write, List.of(Loans.row("/in/z.csv", 9, 1, 0, null, "none")));
    load(write, List.of(Loans.row("/in/a.csv", 0, 1, 0, "9", "nine")));
    load(write, List.of(Loans.row("/in/a.csv", 5, 1, 0, "10.5", "ten")));
    load(write, List.of(Loans.row("/in/z.csv", 99, 1, 0, null, "none again")));

    assertEquals(List.of("note=ten"), query("SELECT note FROM loans"));
  }

  private WriteToWarehouse writing(WriteMode mode) {
    WriteToWarehouse write = inBatches(warehouse().withContract(Loans.CONTRACT).withMode(mode), 64);
    return mode == WriteMode.APPEND ? write : write.withVersionField("version");
  }

  /** Runs a pipeline that writes the rows. */
  @CanIgnoreReturnValue
  protected final Load load(WriteToWarehouse write, List<Row> rows) {
    return load(write, rows, UUID.randomUUID().toString());
  }

  private Load load(WriteToWarehouse write, List<Row> rows, String runId) {
    PipelineOptions options = options();
    options.as(RunOptions.class).setRunId(runId);
    return Load.of(write, rows, options);
  }

  protected final List<String> rows(String table) throws SQLException {
    return query("SELECT * FROM " + table);
  }

  protected final List<String> query(String sql) throws SQLException {
    try (Connection connection = connection()) {
      return TableText.of(connection, sql);
    }
  }

  protected final void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
