package dev.penstock.io.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches so that one bad row never fails the others: what passes is tried again, what is a
 * row's fault is narrowed down to the row, and everything else ends the writing.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final long MAX_PAUSE_MILLIS = 30_000;

  /** Waits between attempts. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  private final ConnectionSettings settings;
  private final Database database;
  private final TableLayout layout;
  private final Pause pause;
  private final Dialect dialect;

  BatchWriter(ConnectionSettings settings, Database database, TableLayout layout, Pause pause) {
    this.settings = settings;
    this.database = database;
    this.layout = layout;
    this.pause = pause;
    this.dialect = settings.dialect();
  }

  private record Range(int from, int to) {
    int size() {
      return to - from;
    }
  }

  /** Writes the rows; on return, each is either durably in the table or refused. */
  BatchResult write(List<Object[]> rows) {
    BatchResult result = new BatchResult();
    Deque<Range> open = new ArrayDeque<>();
    open.push(new Range(0, rows.size()));
    while (!open.isEmpty()) {
      Range range = open.pop();
      if (range.size() > 0) {
        write(rows, range, open, result);
      }
    }
    return result;
  }

  private void write(List<Object[]> rows, Range range, Deque<Range> open, BatchResult result) {
    try {
      result.add(persist(rows.subList(range.from(), range.to())));
    } catch (SQLException e) {
      Failure failure = dialect.failure(e);
      if (failure.kind() != Failure.Kind.DATA) {
        throw Destinations.unusable(settings, e);
      }
      if (range.size() == 1) {
        result.reject(range.from(), failure);
      } else if (failure.line() >= 0 && failure.line() < range.size()) {
        // The database named the row: those before it are good so far, those after it unknown.
        int bad = range.from() + failure.line();
        result.reject(bad, failure);
        open.push(new Range(bad + 1, range.to()));
        open.push(new Range(range.from(), bad));
      } else {
        int middle = range.from() + range.size() / 2;
        open.push(new Range(middle, range.to()));
        open.push(new Range(range.from(), middle));
      }
    }
  }

  /**
   * Tries until the rows are stored. A commit whose answer was lost may have happened; the next
   * attempt then finds the rows there and counts them as this run's own.
   */
  private Merged persist(List<Object[]> rows) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return dialect.write(database, layout, rows);
      } catch (SQLException e) {
        Failure failure = dialect.failure(e);
        if (failure.kind() != Failure.Kind.TRANSIENT || attempt == settings.maxAttempts()) {
          throw e;
        }
        long millis = pauseBefore(attempt + 1);
        LOG.warn(
            "{}, table {}: {} (SQLSTATE {}); attempt {} of {} in {} ms",
            settings.url(),
            layout.name(),
            failure.message(),
            failure.state(),
            attempt + 1,
            settings.maxAttempts(),
            millis);
        rest(millis, e);
      }
    }
  }

  private long pauseBefore(int attempt) {
    long doubled = settings.initialBackoff().toMillis() << Math.min(20, attempt - 2);
    long ceiling = Math.max(1, Math.min(MAX_PAUSE_MILLIS, doubled));
    // Half of it at random, so that workers that failed together do not come back together.
    return ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
  }

  private void rest(long millis, SQLException failure) throws SQLException {
    try {
      pause.millis(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
