package dev.penstock.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.io.warehouse.Load;
import dev.penstock.io.warehouse.Loans;
import dev.penstock.io.warehouse.WriteModesContract;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;

/** What a database promises of changes: any order in which they arrive gives the same rows. */
public abstract class ChangeWritesContract extends WriteModesContract {
  /** A place in a log that neither 32 bits nor a floating-point number could hold. */
  private static final long LOG = 9_007_199_254_740_993L;

  private static final int KEYS = 23;
  private static final int CHANGES = 7;

  private record Event(long id, long version, Operation operation, Row row) {}

  /** Each key is inserted, and then changed, deleted and inserted again as the seed has it. */
  private static List<Event> events() {
    Random random = new Random(5);
    List<Event> events = new ArrayList<>();
    for (int change = 0; change < CHANGES; change++) {
      for (long id = 0; id < KEYS; id++) {
        Event before = change == 0 ? null : events.get(events.size() - KEYS);
        boolean isThere = before != null && before.operation() != Operation.DELETE;
        Operation operation =
            !isThere
                ? Operation.INSERT
                : random.nextInt(3) == 0 ? Operation.DELETE : Operation.UPDATE;
        events.add(event(id, LOG + events.size(), operation, "change " + change));
      }
    }
    return events;
  }

  private static Event event(long id, long version, Operation operation, String note) {
    Position position = Position.of("loans-" + id % 3, 0, version - LOG, version - LOG);
    byte[] payload = (id + " " + version).getBytes(StandardCharsets.UTF_8);
    boolean gone = operation == Operation.DELETE;
    Instant time = Instant.ofEpochSecond(1_700_000_000L + version - LOG);
    Row row =
        Row.withSchema(Change.rowSchema(Loans.CONTRACT))
            // Of what is gone, the key is all that is known by default.
            .addValues(id, gone ? null : 1L, gone ? null : new BigDecimal("1.25"))
            .addValues(gone ? null : note, SourceRecord.of(position, payload).toRow())
            .addValue(new Change(operation, version, time).toRow())
            .build();
    return new Event(id, version, operation, row);
  }

  /** Id and note of each key as the last change left it. */
  private static List<String> latest(List<Event> events, boolean withDeletions) {
    Map<Long, String> notes = new TreeMap<>();
    for (Event event : events) {
      if (event.operation() != Operation.DELETE) {
        notes.put(event.id(), event.row().getString("note"));
      } else if (withDeletions) {
        notes.remove(event.id());
      }
    }
    List<String> rows = new ArrayList<>();
    notes.forEach((id, note) -> rows.add("id=" + id + "; note=" + note));
    rows.sort(null);
    return rows;
  }

  private WriteToWarehouse changes(WriteMode mode, String table) {
    return inBatches(warehouse().withContract(Loans.CONTRACT).withMode(mode), 16).withTable(table);
  }

  /** In two loads one after the other, so that each finds what the others left. */
  @CanIgnoreReturnValue
  private long shuffled(WriteToWarehouse write, List<Event> events, long seed) {
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(seed));
    long filtered = 0;
    int half = shuffled.size() / 2 + 1;
    for (int from = 0; from < shuffled.size(); from += half) {
      List<Event> some = shuffled.subList(from, Math.min(from + half, shuffled.size()));
      Load load = load(write, some.stream().map(Event::row).toList());
      assertEquals(List.of(), load.deadLetters());
      assertEquals(some.size(), load.ledger().written() + load.ledger().filtered());
      filtered += load.ledger().filtered();
    }
    return filtered;
  }

  @Test
  public void whatWasDeletedIsGoneInWhateverOrderTheChangesArrive() throws SQLException {
    List<Event> events = events();
    for (long seed = 1; seed <= 2; seed++) {
      WriteToWarehouse write = changes(WriteMode.UPSERT, "hard" + seed).withChanges(Deletions.HARD);

      assertEquals(0, shuffled(write, events, seed));

      assertEquals(latest(events, true), query("SELECT id, note FROM hard" + seed));
      assertEquals(0, shuffled(write, events, seed + 100));
      assertEquals("again", latest(events, true), query("SELECT id, note FROM hard" + seed));
    }
  }

  @Test
  public void rowsOfChangesRemoveWhatTheyDeleteUnlessToldOtherwise() throws SQLException {
    List<Event> events = events();

    shuffled(changes(WriteMode.UPSERT, "untold"), events, 4);

    assertEquals(latest(events, true), query("SELECT id, note FROM untold"));
  }

  @Test
  public void softDeletionsMarkTheRowAndTheViewLeavesItOut() throws SQLException {
    List<Event> events = events();

    shuffled(changes(WriteMode.UPSERT, "soft").withChanges(Deletions.SOFT), events, 1);

    assertEquals(latest(events, true), query("SELECT id, note FROM soft_latest"));
    assertEquals(KEYS, query("SELECT id FROM soft").size());
    assertEquals(
        KEYS - latest(events, true).size(),
        query("SELECT id FROM soft WHERE _penstock_deleted AND note IS NULL").size());
  }

  @Test
  public void deletionsThatAreIgnoredAreCountedAsFiltered() throws SQLException {
    List<Event> events = events();
    long deletions = events.stream().filter(event -> event.operation() == Operation.DELETE).count();

    long filtered =
        shuffled(changes(WriteMode.UPSERT, "kept").withChanges(Deletions.IGNORE), events, 1);

    assertEquals(latest(events, false), query("SELECT id, note FROM kept"));
    assertEquals(deletions, filtered);
  }

  @Test
  public void historyHoldsEveryChangeOnceAndItsViewTheNewestRows() throws SQLException {
    List<Event> events = events();
    WriteToWarehouse write =
        changes(WriteMode.HISTORY, "every")
            .withChanges(Deletions.HARD)
            .withLatestView("newest_loans");

    shuffled(write, events, 1);
    List<String> once = rows("every");
    for (Row row : events.subList(0, 5).stream().map(Event::row).toList()) {
      assertEquals(1, load(write, List.of(row)).ledger().duplicate());
    }

    assertEquals(KEYS * CHANGES, once.size());
    assertEquals(once, rows("every"));
    assertEquals(latest(events, true), query("SELECT id, note FROM newest_loans"));
  }

  @Test
  public void periodsAreTheTableAsItWasAtAnyTimeAlthoughChangesComeInAnyOrder()
      throws SQLException {
    List<Event> events = events();
    WriteToWarehouse write =
        changes(WriteMode.HISTORY, "dated")
            .withChanges(Deletions.HARD)
            .withPeriodsView("loan_periods");

    shuffled(write, events, 3);

    for (int at : List.of(0, KEYS, 2 * KEYS + 5, 5 * KEYS, events.size() - 1)) {
      String time = "TIMESTAMPTZ '" + Instant.ofEpochSecond(1_700_000_000L + at) + "'";
      assertEquals(
          latest(events.subList(0, at + 1), true),
          query(
              "SELECT id, note FROM loan_periods WHERE valid_from <= "
                  + time
                  + " AND (valid_to > "
                  + time
                  + " OR valid_to IS NULL)"));
    }
    assertEquals(latest(events, true), query("SELECT id, note FROM loan_periods WHERE is_current"));
  }

  @Test
  public void anOlderChangeThatComesLateBringsNothingBack() throws SQLException {
    WriteToWarehouse write = changes(WriteMode.UPSERT, "late").withChanges(Deletions.HARD);

    load(write, List.of(event(1, LOG + 20, Operation.DELETE, "").row()));
    load(write, List.of(event(1, LOG + 10, Operation.INSERT, "older").row()));
    assertEquals(List.of(), query("SELECT note FROM late"));

    load(write, List.of(event(1, LOG + 30, Operation.INSERT, "newer").row()));
    load(write, List.of(event(1, LOG + 20, Operation.DELETE, "").row()));
    assertEquals(List.of("note=newer"), query("SELECT note FROM late"));
  }

  @Test
  public void rowsThatAreNoChangesAreRefusedWithTheWayOut() {
    WriteToWarehouse write = changes(WriteMode.UPSERT, "none").withChanges(Deletions.HARD);

    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> load(write, Loans.changes(2, 1)));

    assertThat(
        refused.getMessage(), containsString("The rows are no changes: they lack the field"));
  }
}
