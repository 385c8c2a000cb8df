package dev.penstock.io.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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

  /** Takes rows until they are written. */
  StagedRows staged() {
    return dialect.staged(layout);
  }

  /** Writes the rows; on return, each is either durably in the table or refused. */
  BatchResult write(StagedRows rows) {
    BatchResult result = new BatchResult();
    Narrowing.store(rows.size(), (from, to) -> write(rows.part(from, to), result), result);
    return result;
  }

  /** Why one of the rows cannot be written, or null when all are. */
  private @Nullable Failure write(StagedRows rows, BatchResult result) {
    try {
      result.add(persist(rows));
      return null;
    } catch (SQLException e) {
      Failure failure = dialect.failure(e);
      if (failure.kind() != Failure.Kind.DATA) {
        throw Destinations.unusable(settings, e);
      }
      return failure;
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
