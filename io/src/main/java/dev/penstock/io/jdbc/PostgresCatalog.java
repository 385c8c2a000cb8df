package dev.penstock.io.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PostgreSQL's own tables say of schemas, tables and columns. */
final class PostgresCatalog {
  private PostgresCatalog() {}

  static boolean schemaExists(Connection connection, String schema) throws SQLException {
    return !strings(connection, "SELECT nspname FROM pg_namespace WHERE nspname = ?", schema)
        .isEmpty();
  }

  static Optional<ExistingTable> find(Connection connection, TableName table) throws SQLException {
    List<String> kinds =
        strings(
            connection,
            "SELECT relkind::text FROM pg_class WHERE oid = to_regclass(?)",
            table.sql());
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    List<ExistingTable.ExistingColumn> columns = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT a.attname,
                   CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)
                        ELSE format_type(a.atttypid, a.atttypmod) END,
                   NOT a.attnotnull OR a.atthasdef OR a.attidentity <> ''
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""")) {
      query.setString(1, table.sql());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new ExistingTable.ExistingColumn(
                  rows.getString(1), rows.getString(2), rows.getBoolean(3)));
        }
      }
    }
    boolean ordinary = kinds.contains("r") || kinds.contains("p");
    return Optional.of(new ExistingTable(ordinary, columns));
  }

  /** The columns of each unique index that holds for all rows at once. */
  static Collection<Set<String>> uniqueKeys(Connection connection, TableName table)
      throws SQLException {
    Map<String, Set<String>> indexes = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT i.indexrelid::text, a.attname
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL AND k.place <= i.indnkeyatts""")) {
      query.setString(1, table.sql());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          indexes
              .computeIfAbsent(rows.getString(1), index -> new HashSet<>())
              .add(rows.getString(2));
        }
      }
    }
    return indexes.values();
  }

  /** The numbers of the types that the columns have, by name. */
  static Map<String, Integer> types(Connection connection, String table) throws SQLException {
    Map<String, Integer> types = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT attname, atttypid::int4 FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped""")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getInt(2));
        }
      }
    }
    return types;
  }

  private static List<String> strings(Connection connection, String sql, String parameter)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, parameter);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }
}
