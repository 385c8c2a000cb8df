package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** A view that shows a table of changes in another way. */
interface TableView extends Serializable {

  /** The view. */
  TableName name();

  /** The statement that creates it. */
  String sql(TableLayout table);

  /** Creates the view unless it is there; who made it may have others that build on it. */
  default void create(Connection connection, Dialect dialect, boolean mayCreate, TableLayout table)
      throws SQLException {
    if (!mayCreate || dialect.find(connection, name()).isPresent()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql(table));
    }
  }

  /** The columns that the contract knows. */
  static String contractColumns(TableLayout table) {
    return table.columns().stream()
        .filter(column -> !column.name().startsWith(Bookkeeping.PREFIX))
        .map(Column::quoted)
        .collect(Collectors.joining(", "));
  }

  /** The versions of each key, in an order. */
  static String versions(List<String> key, TableLayout table, String direction) {
    StringBuilder over = new StringBuilder("(PARTITION BY ");
    over.append(key.stream().map(TableName::quote).collect(Collectors.joining(", ")));
    over.append(" ORDER BY ");
    if (table.version() != null) {
      over.append(TableName.quote(table.version())).append(' ').append(direction);
      over.append(direction.equals("DESC") ? " NULLS LAST, " : " NULLS FIRST, ");
    }
    over.append(
        Bookkeeping.POSITION.stream()
            .map(column -> TableName.quote(column) + " " + direction)
            .collect(Collectors.joining(", ")));
    return over.append(')').toString();
  }
}
