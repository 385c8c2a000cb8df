package dev.penstock.io.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries what failed for a passing reason again, after pauses that grow. */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final long MAX_PAUSE_MILLIS = 30_000;

  /** Waits between attempts. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  /** Something that a database does. */
  interface Work<T> {
    T run() throws SQLException;
  }

  private final ConnectionSettings settings;
  private final TableName table;
  private final Pause pause;

  Retries(ConnectionSettings settings, TableName table, Pause pause) {
    this.settings = settings;
    this.table = table;
    this.pause = pause;
  }

  /** Works until it succeeds, fails for good, or was tried often enough. */
  <T> T run(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.run();
      } catch (SQLException e) {
        Failure failure = settings.dialect().failure(e);
        if (failure.kind() != Failure.Kind.TRANSIENT || attempt == settings.maxAttempts()) {
          throw e;
        }
        long millis = pauseBefore(attempt + 1);
        LOG.warn(
            "{}, table {}: {} (SQLSTATE {}); attempt {} of {} in {} ms",
            settings.url(),
            table,
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
