package dev.penstock.io.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handle on a DuckDB file: the file's lock is taken once and given back on close. */
final class DuckDbDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbDatabase.class);

  private final DuckDBConnection root;
  private final ReentrantLock lock = new ReentrantLock();

  private DuckDbDatabase(DuckDBConnection root) {
    this.root = root;
  }

  static DuckDbDatabase open(ConnectionSettings settings) throws SQLException {
    return new DuckDbDatabase(
        DriverManager.getConnection(settings.url().text()).unwrap(DuckDBConnection.class));
  }

  @Override
  public Connection connect() throws SQLException {
    return root.duplicate();
  }

  @Override
  public ReentrantLock lock() {
    return lock;
  }

  @Override
  public Set<TableName> tablesWithConflicts() {
    // Its batches are always merged.
    return Set.of();
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      LOG.warn("A DuckDB file could not be closed; its write-ahead log stays beside it", e);
    }
  }
}
