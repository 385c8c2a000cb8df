package dev.penstock.io.jdbc;

import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.sink.Stretch;
import dev.penstock.transforms.contract.SchemaDrift;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The ledger of a stream in the table {@code penstock_ledger} of the database that the rows go to.
 * A row of it is a range of offsets that were entered within a minute.
 *
 * @param settings how to connect
 * @param target name of the table that rows go to
 * @param createTables whether the ledger's table is created
 * @param clock tells the minute
 */
record JdbcStreamLedger(
    ConnectionSettings settings, String target, boolean createTables, Clock clock)
    implements StreamLedger {
  private static final long serialVersionUID = 1L;

  private static TablePreparation preparation(
      ConnectionSettings settings, boolean createTables, boolean rehearsal) {
    return new TablePreparation(
        settings.dialect(),
        LedgerLayout.of(settings.dialect()),
        createTables,
        SchemaDrift.ADD,
        rehearsal,
        List.of());
  }

  @Override
  public List<String> ddl() {
    return settings.dialect().createTable(LedgerLayout.of(settings.dialect()));
  }

  @Override
  public List<String> check() {
    return Preflight.run(settings, preparation(settings, createTables, true));
  }

  @Override
  public List<Entry> entries(String topic, int partition) {
    List<Entry> entries = new ArrayList<>();
    StoredTable.of(settings, LedgerLayout.NAME)
        .read(
            """
            SELECT first_offset, next_offset, minute, "read", written, dead_lettered, filtered
            FROM penstock_ledger WHERE target = ? AND topic = ? AND "partition" = ?
            ORDER BY first_offset""",
            List.of(target, topic, partition),
            row ->
                entries.add(
                    new Entry(
                        row.getLong(1),
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7))));
    return entries;
  }

  @Override
  public Book open(String runId) {
    Databases.Shared shared = null;
    try {
      shared = Databases.acquire(settings);
      TableLayout unused = shared.prepare(preparation(settings, createTables, false));
      Book book = new TableBook(shared, UUID.fromString(runId));
      shared = null;
      return book;
    } catch (SQLException e) {
      throw Destinations.unusable(settings, e);
    } finally {
      if (shared != null) {
        shared.release();
      }
    }
  }

  /** A row of the ledger, as far as others adjoin it. */
  private record Entered(long first, long next, OffsetDateTime minute) {}

  private final class TableBook implements Book {
    private final Databases.Shared shared;
    private final UUID run;
    private final Retries retries;

    TableBook(Databases.Shared shared, UUID run) {
      this.shared = shared;
      this.run = run;
      this.retries = new Retries(settings, LedgerLayout.NAME, Thread::sleep);
    }

    @Override
    public void enter(Stretch stretch) {
      if (stretch.size() == 0) {
        return;
      }
      try {
        int unused = retries.run(() -> inTransaction(stretch));
      } catch (SQLException e) {
        throw Destinations.unusable(settings, e);
      }
    }

    private int inTransaction(Stretch stretch) throws SQLException {
      shared.database().lock().lock();
      try (Connection connection = shared.database().connect()) {
        connection.setAutoCommit(false);
        try {
          // Two workers may hold the same partition for a moment, when one of them is given up.
          settings
              .dialect()
              .lock(connection, target + " " + stretch.topic() + "-" + stretch.partition());
          List<Entered> entered = entered(connection, stretch);
          List<OffsetSpan> fresh = OffsetSpan.fresh(stretch, spans(entered));
          for (OffsetSpan span : fresh) {
            put(connection, stretch, span, entered);
          }
          connection.commit();
          return fresh.size();
        } catch (SQLException | RuntimeException e) {
          rollback(connection, e);
          throw e;
        }
      } finally {
        shared.database().lock().unlock();
      }
    }

    private void rollback(Connection connection, Exception cause) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }

    private List<OffsetSpan> spans(List<Entered> entered) {
      return entered.stream().map(row -> new OffsetSpan(row.first(), row.next(), 0, 0, 0)).toList();
    }

    /** What overlaps the stretch, or ends where it begins. */
    private List<Entered> entered(Connection connection, Stretch stretch) throws SQLException {
      List<Entered> rows = new ArrayList<>();
      try (PreparedStatement query =
          connection.prepareStatement(
              """
              SELECT first_offset, next_offset, minute FROM penstock_ledger
              WHERE target = ? AND topic = ? AND "partition" = ?
                AND next_offset >= ? AND first_offset <= ?
              ORDER BY first_offset""")) {
        query.setString(1, target);
        query.setString(2, stretch.topic());
        query.setLong(3, stretch.partition());
        query.setLong(4, stretch.from());
        query.setLong(5, stretch.offset(stretch.size() - 1));
        try (ResultSet found = query.executeQuery()) {
          while (found.next()) {
            rows.add(
                new Entered(
                    found.getLong(1), found.getLong(2), found.getObject(3, OffsetDateTime.class)));
          }
        }
      }
      return rows;
    }

    private void put(Connection connection, Stretch stretch, OffsetSpan span, List<Entered> entered)
        throws SQLException {
      OffsetDateTime minute =
          OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
      for (Entered row : entered) {
        if (row.next() == span.first() && row.minute().isEqual(minute)) {
          prolong(connection, stretch, span, row.first());
          return;
        }
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO penstock_ledger (next_offset, \"read\", written, dead_lettered,"
                  + " filtered, target, topic, \"partition\", first_offset, minute, run_id)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
        counts(insert, span);
        key(insert, stretch, span.first());
        insert.setObject(10, minute);
        insert.setObject(11, run);
        insert.executeUpdate();
      }
    }

    private void prolong(Connection connection, Stretch stretch, OffsetSpan span, long first)
        throws SQLException {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE penstock_ledger SET next_offset = ?, \"read\" = \"read\" + ?,"
                  + " written = written + ?, dead_lettered = dead_lettered + ?,"
                  + " filtered = filtered + ? WHERE target = ? AND topic = ?"
                  + " AND \"partition\" = ? AND first_offset = ?")) {
        counts(update, span);
        key(update, stretch, first);
        update.executeUpdate();
      }
    }

    private void counts(PreparedStatement statement, OffsetSpan span) throws SQLException {
      statement.setLong(1, span.next());
      statement.setLong(2, span.written() + span.deadLettered() + span.filtered());
      statement.setLong(3, span.written());
      statement.setLong(4, span.deadLettered());
      statement.setLong(5, span.filtered());
    }

    private void key(PreparedStatement statement, Stretch stretch, long first) throws SQLException {
      statement.setString(6, target);
      statement.setString(7, stretch.topic());
      statement.setLong(8, stretch.partition());
      statement.setLong(9, first);
    }

    @Override
    public void close() {
      shared.release();
    }
  }
}
