package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.WriteMode;
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
import org.apache.beam.sdk.values.Row;
import org.junit.Test;

/** What every destination promises of its write modes, and what it takes to look into one. */
public abstract class WriteModesContract {

  /** A transform that writes to a fresh, empty database of this test. */
  abstract WriteToJdbc writer();

  /** A connection for looking into the database. */
  abstract Connection connection() throws SQLException;

  @Test
  public void appendTwiceLeavesTheTableUnchanged() throws SQLException {
    writingTwiceLeavesTheTableUnchanged(WriteMode.APPEND, 500);
  }

  @Test
  public void historyTwiceLeavesTheTableUnchanged() throws SQLException {
    writingTwiceLeavesTheTableUnchanged(WriteMode.HISTORY, 37 * 11);
  }

  private void writingTwiceLeavesTheTableUnchanged(WriteMode mode, int stored) throws SQLException {
    WriteToJdbc write = loans(mode);

    Load first = Load.of(write, Loans.changes(500, 1));
    List<String> before = rows("loans");
    Load second = Load.of(write, Loans.changes(500, 2));

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
    WriteToJdbc write = loans(WriteMode.UPSERT);

    Load first = Load.of(write, Loans.changes(500, 1));
    List<String> before = rows("loans");
    Load second = Load.of(write, Loans.changes(500, 2));

    assertEquals(37, before.size());
    assertEquals(before, rows("loans"));
    assertEquals(500, first.ledger().written());
    assertEquals(500, second.ledger().written());
  }

  @Test
  public void aBundleThatIsRetriedCountsTheSame() {
    WriteToJdbc write = loans(WriteMode.APPEND);
    String run = UUID.randomUUID().toString();

    Load first = Load.of(write, Loans.changes(100, 1), run);
    Load retried = Load.of(write, Loans.changes(100, 2), run);

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
      Load.of(
          loans(WriteMode.UPSERT).withTable(table).withBatchRows((int) (seed * seed)),
          Loans.changes(400, seed));
      assertEquals("seed " + seed, expected, query("SELECT id, version, note FROM " + table));
    }
  }

  private static final Comparator<Row> VERSION =
      Comparator.<Row, Long>comparing(row -> row.getInt64("version"))
          .thenComparing(row -> SourceRecord.of(row).position());

  @Test
  public void upsertWithoutAVersionFieldKeepsTheLastPosition() throws SQLException {
    WriteToJdbc write =
        writer().withContract(Loans.CONTRACT).withMode(WriteMode.UPSERT).withBatchRows(1);
    List<Row> rows =
        new ArrayList<>(
            List.of(
                Loans.row("/in/a.csv", 9, 1, 0, null, "a9"),
                Loans.row("/in/a.csv", 10, 1, 0, null, "a10"),
                Loans.row("/in/B.csv", 99, 1, 0, null, "B99"),
                Loans.row("/in/a.csv", 2, 1, 0, null, "a2")));
    for (long seed = 1; seed <= 3; seed++) {
      Collections.shuffle(rows, new Random(seed));
      Load.of(write.withTable("t" + seed), rows);
      assertEquals("seed " + seed, List.of("note=a10"), query("SELECT note FROM t" + seed));
    }
  }

  @Test
  public void aRowWithoutVersionIsOlderThanEveryOther() throws SQLException {
    WriteToJdbc write =
        writer().withContract(Loans.CONTRACT).withMode(WriteMode.UPSERT).withVersionField("amount");

    Load.of(write, List.of(Loans.row("/in/z.csv", 9, 1, 0, null, "none")));
    Load.of(write, List.of(Loans.row("/in/a.csv", 0, 1, 0, "9", "nine")));
    Load.of(write, List.of(Loans.row("/in/a.csv", 5, 1, 0, "10.5", "ten")));
    Load.of(write, List.of(Loans.row("/in/z.csv", 99, 1, 0, null, "none again")));

    assertEquals(List.of("note=ten"), query("SELECT note FROM loans"));
  }

  WriteToJdbc loans(WriteMode mode) {
    WriteToJdbc write = writer().withContract(Loans.CONTRACT).withMode(mode).withBatchRows(64);
    return mode == WriteMode.APPEND ? write : write.withVersionField("version");
  }

  List<String> rows(String table) throws SQLException {
    return query("SELECT * FROM " + table);
  }

  List<String> query(String sql) throws SQLException {
    try (Connection connection = connection()) {
      return TableText.of(connection, sql);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
