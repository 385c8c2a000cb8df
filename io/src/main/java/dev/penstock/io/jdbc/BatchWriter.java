package dev.penstock.io.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes batches so that one bad row never fails the others: what passes is tried again, what is a
 * row's fault is narrowed down to the row, and everything else ends the writing.
 */
final class BatchWriter {
  private final ConnectionSettings settings;
  private final Database database;
  private final TableLayout layout;
  private final Retries retries;
  private final Dialect dialect;

  BatchWriter(
      ConnectionSettings settings, Database database, TableLayout layout, Retries.Pause pause) {
    this.settings = settings;
    this.database = database;
    this.layout = layout;
    this.retries = new Retries(settings, layout.name(), pause);
    this.dialect = settings.dialect();
  }

  private record Range(int from, int to) {
    int size() {
      return to - from;
    }
  }

  /** Takes rows until they are written. */
  StagedRows staged() {
    return dialect.staged();
  }

  /** Writes the rows; on return, each is either durably in the table or refused. */
  BatchResult write(StagedRows rows) {
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

  private void write(StagedRows rows, Range range, Deque<Range> open, BatchResult result) {
    try {
      result.add(persist(rows.part(range.from(), range.to())));
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
  private Merged persist(StagedRows rows) throws SQLException {
    return retries.run(() -> dialect.write(database, layout, rows));
  }
}
