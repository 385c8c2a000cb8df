package dev.penstock.samples.bigquery;

import com.google.errorprone.annotations.FormatMethod;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Upserts and deletes by primary key. The highest sequence number that a key has seen is kept, of
 * deletes too, so changes may come in any order.
 */
final class RowChanges {
  private static final String ARRIVED = "penstock_arrived";
  private static final String WINNERS = "penstock_winners";

  private final DuckDBConnection connection;
  private final Table table;
  private final List<String> key;

  private RowChanges(DuckDBConnection connection, Table table) {
    this.connection = connection;
    this.table = table;
    this.key = table.primaryKey();
  }

  /** The table that remembers the highest sequence number of each key. */
  private static String sequences(TableId table) {
    return Sql.quoted(table.project())
        + ".main."
        + Sql.quoted("penstock_sequences " + table.dataset() + "." + table.table());
  }

  static void dropSequences(DuckDBConnection connection, TableId table) throws SQLException {
    Store.run(connection, "DROP TABLE IF EXISTS " + sequences(table));
  }

  /** Applies changes in the order in which they came, within the connection's transaction. */
  static void apply(DuckDBConnection connection, Table table, List<Change> changes)
      throws SQLException {
    new RowChanges(connection, table).apply(changes);
  }

  private void apply(List<Change> changes) throws SQLException {
    String all = quoted(table.columns().stream().map(Column::name).toList());
    run(
        "CREATE TABLE IF NOT EXISTS %s AS SELECT %s, ''::VARCHAR AS sequence FROM %s LIMIT 0",
        sequences(table.id()), names(), table.id().sql());
    run(
        "CREATE TEMP TABLE %s AS SELECT %s, '' AS \"_type\", '' AS \"_sequence\", 0::BIGINT AS \"_position\" FROM %s LIMIT 0",
        ARRIVED, all, table.id().sql());
    append(changes);
    run(
        "CREATE TEMP TABLE %s AS SELECT * FROM %s QUALIFY row_number() OVER"
            + " (PARTITION BY %s ORDER BY \"_sequence\" DESC, \"_position\" DESC) = 1",
        WINNERS, ARRIVED, names());
    run(
        "DELETE FROM %s w USING %s s WHERE %s AND s.sequence > w.\"_sequence\"",
        WINNERS, sequences(table.id()), same("w", "s"));
    run("DELETE FROM %s t USING %s w WHERE %s", table.id().sql(), WINNERS, same("t", "w"));
    run(
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE \"_type\" = 'UPSERT'",
        table.id().sql(), all, all, WINNERS);
    run("DELETE FROM %s s USING %s w WHERE %s", sequences(table.id()), WINNERS, same("s", "w"));
    run("INSERT INTO %s SELECT %s, \"_sequence\" FROM %s", sequences(table.id()), names(), WINNERS);
    run("DROP TABLE %s", ARRIVED);
    run("DROP TABLE %s", WINNERS);
  }

  private void append(List<Change> changes) throws SQLException {
    try (RowAppender rows = RowAppender.toTemporary(connection, ARRIVED)) {
      long position = 0;
      for (Change change : changes) {
        List<@Nullable Object> values = new ArrayList<>(change.row());
        values.add(change.type());
        values.add(change.sequence());
        values.add(position++);
        rows.append(values.toArray());
      }
    }
  }

  private String names() {
    return quoted(key);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(Sql::quoted).collect(Collectors.joining(", "));
  }

  private String same(String left, String right) {
    Function<String, String> equal =
        name ->
            left
                + "."
                + Sql.quoted(name)
                + " IS NOT DISTINCT FROM "
                + right
                + "."
                + Sql.quoted(name);
    return key.stream().map(equal).collect(Collectors.joining(" AND "));
  }

  @FormatMethod
  private void run(String sql, Object... names) throws SQLException {
    Store.run(connection, String.format(sql, names));
  }

  /** One change: UPSERT or DELETE, its padded sequence number, and the row. */
  record Change(String type, String sequence, List<@Nullable Object> row) {}
}
