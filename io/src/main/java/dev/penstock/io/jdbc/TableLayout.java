package dev.penstock.io.jdbc;

import dev.penstock.io.sink.RowKey;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A destination table and how rows are merged into it.
 *
 * @param name table
 * @param columns all columns, in the order of staged values
 * @param key columns that identify a row
 * @param version column whose higher value wins, before the position; null for none
 * @param conflict what happens to a row whose key is there
 * @param comment comment on the table, or empty
 */
record TableLayout(
    TableName name,
    List<Column> columns,
    List<String> key,
    @Nullable String version,
    RowKey.Conflict conflict,
    String comment)
    implements Serializable {

  String keySql() {
    return list(key, TableName::quote);
  }

  String columnSql() {
    return list(columns, Column::quoted);
  }

  /** The columns, each made into SQL text, separated by commas. */
  String columnSql(Function<Column, String> each) {
    return list(columns, each);
  }

  /** Column definitions of a new table, one a line. */
  String definitions() {
    return columns.stream()
        .map(
            column ->
                column.quoted()
                    + " "
                    + column.type()
                    + (column.required() || keyed(column.name()) ? " NOT NULL" : ""))
        .collect(Collectors.joining(",\n  "));
  }

  /** The key columns, each made into a condition, joined by AND. */
  String keyCondition(String left, String right) {
    return key.stream()
        .map(TableName::quote)
        .map(column -> left + "." + column + " = " + right + "." + column)
        .collect(Collectors.joining(" AND "));
  }

  boolean has(String column) {
    return columns.stream().anyMatch(each -> each.name().equals(column));
  }

  boolean keyed(String column) {
    return key.contains(column);
  }

  /** A name for the session's staging table: the same for the same table and columns. */
  String stage() {
    int hash = (name.sql() + columnSql(column -> column.quoted() + column.type())).hashCode();
    return "penstock_stage_" + Integer.toHexString(hash);
  }

  TableLayout withColumns(List<Column> others) {
    return new TableLayout(name, List.copyOf(others), key, version, conflict, comment);
  }

  private static <T> String list(List<T> items, Function<T, String> each) {
    return items.stream().map(each).collect(Collectors.joining(", "));
  }
}
