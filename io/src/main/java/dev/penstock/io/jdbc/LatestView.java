package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A view on a table of changes that shows each key's newest row, and none of a deleted key.
 *
 * @param name the view
 * @param key columns that identify what the versions are of
 * @param everyVersion whether the table holds every version, or the newest alone
 */
record LatestView(TableName name, List<String> key, boolean everyVersion) implements Serializable {

  /** Creates the view unless it is there; who made it may have others that build on it. */
  void create(Connection connection, Dialect dialect, TableLayout table, boolean mayCreate)
      throws SQLException {
    if (!mayCreate || dialect.find(connection, name).isPresent()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql(table));
    }
  }

  /** The statement that creates it. */
  String sql(TableLayout table) {
    String deleted = TableName.quote(Bookkeeping.DELETED);
    String columns =
        table.columns().stream()
            .filter(column -> !column.name().startsWith(Bookkeeping.PREFIX))
            .map(Column::quoted)
            .collect(Collectors.joining(", "));
    String from = table.name().sql();
    if (everyVersion) {
      from =
          "(SELECT *, row_number() OVER (PARTITION BY "
              + key.stream().map(TableName::quote).collect(Collectors.joining(", "))
              + " ORDER BY "
              + order(table)
              + ") AS _penstock_place FROM "
              + from
              + ") AS versions";
    }
    return "CREATE VIEW "
        + name.sql()
        + " AS SELECT "
        + columns
        + " FROM "
        + from
        + " WHERE NOT coalesce("
        + deleted
        + ", false)"
        + (everyVersion ? " AND _penstock_place = 1" : "");
  }

  private static String order(TableLayout table) {
    List<String> columns = new ArrayList<>();
    if (table.version() != null) {
      columns.add(TableName.quote(table.version()) + " DESC NULLS LAST");
    }
    Bookkeeping.POSITION.forEach(column -> columns.add(TableName.quote(column) + " DESC"));
    return String.join(", ", columns);
  }
}
