package dev.penstock.io.jdbc;

import static org.junit.Assert.assertEquals;

import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.sink.Stretch;
import dev.penstock.io.warehouse.Loans;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.Test;

/** What a database promises of the ledger of a stream. */
public abstract class StreamLedgerContract extends ChangeWritesContract {
  private static final String RUN = "11111111-2222-3333-4444-555555555555";
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:30Z");

  /** A transform that writes to a fresh, empty database of this test. */
  abstract WriteToJdbc writer();

  private static Stretch.Fate fate(long offset) {
    return offset % 10 == 3
        ? Stretch.Fate.DEAD_LETTERED
        : offset % 10 == 7 ? Stretch.Fate.FILTERED : Stretch.Fate.WRITTEN;
  }

  /** Every fiftieth offset is that of no record, as the marks of transactions are. */
  private static Stretch stretch(String source, long from, long to) {
    Stretch stretch = Stretch.of(source);
    for (long offset = from; offset < to; offset++) {
      if (offset % 50 != 0) {
        stretch.add(offset, fate(offset));
      }
    }
    return stretch;
  }

  @Test
  public void everyRecordIsEnteredOnceHoweverOftenItComesAgain() throws SQLException {
    StreamLedger ledger = writer().withContract(Loans.CONTRACT).ledger();
    Random random = new Random(3);
    try (StreamLedger.Book first = ledger.open(RUN);
        StreamLedger.Book second = ledger.open(UUID.randomUUID().toString())) {
      for (int i = 0; i < 60; i++) {
        long from = random.nextInt(1_000);
        Stretch stretch = stretch("a-topic-with-2-0", from, from + 1 + random.nextInt(40));
        (i % 2 == 0 ? first : second).enter(stretch);
      }
      first.enter(stretch("a-topic-with-2-0", 0, 1_040));
      second.enter(stretch("a-topic-with-2-0", 0, 1_040));
      second.enter(stretch("a-topic-with-2-1", 0, 10));
      second.enter(Stretch.of("a-topic-with-2-1"));
    }

    assertEquals(
        List.of(
            "part=0; sum_read=1019; written=811; dead=104; filtered=104",
            "part=1; sum_read=9; written=7; dead=1; filtered=1"),
        query(
            """
            SELECT CAST("partition" AS VARCHAR(9)) AS part,
                   CAST(sum("read") AS VARCHAR(9)) AS sum_read,
                   CAST(sum(written) AS VARCHAR(9)) AS written,
                   CAST(sum(dead_lettered) AS VARCHAR(9)) AS dead,
                   CAST(sum(filtered) AS VARCHAR(9)) AS filtered
            FROM penstock_ledger WHERE target = 'loans' AND topic = 'a-topic-with-2'
            GROUP BY "partition" ORDER BY 1"""));
    assertEquals(
        "no range overlaps another",
        List.of(),
        query(
            """
            SELECT a.first_offset FROM penstock_ledger a JOIN penstock_ledger b
            ON a."partition" = b."partition" AND a.first_offset < b.first_offset
               AND b.first_offset < a.next_offset"""));
  }

  @Test
  public void whatIsEnteredWithinAMinuteIsOneRange() throws SQLException {
    Clock noon = Clock.fixed(NOON, ZoneOffset.UTC);
    Clock later = Clock.offset(noon, Duration.ofSeconds(31));
    enter(noon, stretch("orders-0", 101, 120));
    enter(noon, stretch("orders-0", 120, 140));
    enter(later, stretch("orders-0", 130, 145));
    enter(later, stretch("orders-0", 145, 149));

    assertEquals(
        List.of(
            "first_offset=101; next_offset=140; n=39; run_id=" + RUN,
            "first_offset=140; next_offset=149; n=9; run_id=" + RUN),
        query(
            "SELECT first_offset, next_offset, \"read\" AS n, run_id FROM penstock_ledger"
                + " ORDER BY first_offset"));
  }

  @Test
  public void offsetsOfNoRecordBeforeARecordAreInItsRangeAndRangesAdjoin() throws SQLException {
    Clock noon = Clock.fixed(NOON, ZoneOffset.UTC);
    Stretch behindMarks = Stretch.of("orders-0");
    behindMarks.add(110, 113, Stretch.Fate.WRITTEN);
    behindMarks.add(114, 116, Stretch.Fate.FILTERED);
    enter(noon, stretch("orders-0", 101, 110));
    enter(Clock.offset(noon, Duration.ofMinutes(2)), behindMarks);
    enter(Clock.offset(noon, Duration.ofMinutes(4)), behindMarks);

    assertEquals(
        List.of("first_offset=101; next_offset=110; n=9", "first_offset=110; next_offset=117; n=2"),
        query(
            "SELECT first_offset, next_offset, \"read\" AS n FROM penstock_ledger"
                + " ORDER BY first_offset"));
  }

  @Test
  public void aLedgerThatMayNotBeMadeIsSaidBeforeTheRun() throws SQLException {
    WriteToJdbc write = writer().withContract(Loans.CONTRACT);
    // So that the database is there, and the ledger alone is missing.
    execute("CREATE TABLE something_else (id INTEGER)");

    assertEquals(List.of(), write.ledger().check());
    assertEquals(
        List.of(
            "Table penstock_ledger does not exist. Create it (the plan command prints the"
                + " statements), or pass --createTables=true"),
        write.withCreateTables(false).ledger().check());
  }

  private void enter(Clock clock, Stretch stretch) {
    WriteToJdbc write = writer();
    try (StreamLedger.Book book =
        new JdbcStreamLedger(write.settings(), "loans", true, clock).open(RUN)) {
      book.enter(stretch);
    }
  }
}
