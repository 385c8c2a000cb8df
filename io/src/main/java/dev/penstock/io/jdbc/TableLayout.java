package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.RowKey;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param removal how rows are removed by changes that delete, or null where none are
 */
record TableLayout(
    TableName name,
    List<Column> columns,
    List<String> key,
    @Nullable String version,
    RowKey.Conflict conflict,
    String comment,
    @Nullable Removal removal)
    implements Serializable {

  /**
   * How rows are removed.
   *
   * @param deleted the staged column that tells deletions
   * @param tombstones the table that remembers removed keys with their versions and positions
   */
  record Removal(Column deleted, TableName tombstones) implements Serializable {}

  /** The columns that staged rows have. */
  List<Column> staged() {
    return removal == null
        ? columns
        : Stream.concat(columns.stream(), Stream.of(removal.deleted())).toList();
  }

  String stagedSql() {
    return list(staged(), Column::quoted);
  }

  /** The table of removed keys. */
  TableLayout tombstones(Removal by) {
    List<Column> kept =
        columns.stream()
            .filter(
                column ->
                    keyed(column.name())
                        || column.name().equals(version)
                        || Bookkeeping.POSITION.contains(column.name()))
            .toList();
    String about =
        "Keys that were deleted from " + name + ", so that no older change brings them back";
    return new TableLayout(by.tombstones(), kept, key, version, conflict, about, null);
  }

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
    int hash = (name.sql() + list(staged(), column -> column.quoted() + column.type())).hashCode();
    return "penstock_stage_" + Integer.toHexString(hash);
  }

  TableLayout withColumns(List<Column> others) {
    return new TableLayout(name, List.copyOf(others), key, version, conflict, comment, removal);
  }

  /** The same layout, of whose columns the stored types are known. */
  TableLayout withStored(ToIntFunction<Column> type) {
    Removal by =
        removal == null
            ? null
            : new Removal(
                removal.deleted().withStored(type.applyAsInt(removal.deleted())),
                removal.tombstones());
    List<Column> stored =
        columns.stream().map(column -> column.withStored(type.applyAsInt(column))).toList();
    return new TableLayout(name, stored, key, version, conflict, comment, by);
  }

  private static <T> String list(List<T> items, Function<T, String> each) {
    return items.stream().map(each).collect(Collectors.joining(", "));
  }
}
