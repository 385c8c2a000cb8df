package dev.penstock.io.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads what was written, without changing anything. */
final class StoredTable {
  /** Rows that are fetched together: many enough, and far from filling the memory. */
  private static final int FETCH = 10_000;

  private final ConnectionSettings settings;
  private final TableName name;

  private StoredTable(ConnectionSettings settings, TableName name) {
    this.settings = settings;
    this.name = name;
  }

  static StoredTable of(ConnectionSettings settings, TableName name) {
    return new StoredTable(settings, name);
  }

  /** Takes a row. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Hands over the rows of a query on the table; none where there is no such table. */
  void read(String query, List<Object> parameters, RowReader reader) {
    if (Preflight.isNewFile(settings.url())) {
      return;
    }
    try {
      Databases.Shared shared = Databases.acquire(settings);
      try (Connection connection = shared.database().connect()) {
        connection.setAutoCommit(false);
        if (exists(connection)) {
          rows(connection, query, parameters, reader);
        }
        connection.rollback();
      } finally {
        shared.release();
      }
    } catch (SQLException e) {
      throw Destinations.unusable(settings, e);
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    return settings.dialect().find(connection, name).isPresent();
  }

  private static void rows(
      Connection connection, String query, List<Object> parameters, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setFetchSize(FETCH);
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }
}
