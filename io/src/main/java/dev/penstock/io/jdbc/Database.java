package dev.penstock.io.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** An open database that all writers of this JVM share. */
interface Database extends AutoCloseable {

  /** A connection of one's own; close it to give it back. */
  Connection connect() throws SQLException;

  /** Held around what may not run twice at once in this JVM. */
  ReentrantLock lock();

  /** Tables that last refused a row because of its key; shared by all writers. */
  Set<TableName> tablesWithConflicts();

  @Override
  void close();

  /** Opens a database for one user alone. */
  static Database open(ConnectionSettings settings) throws SQLException {
    return switch (settings.url().product()) {
      case DUCKDB -> DuckDbDatabase.open(settings);
      case POSTGRESQL -> PostgresDatabase.open(settings);
    };
  }
}
