package dev.penstock.io.bigquery;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.RowKey.Conflict;
import java.util.stream.Collectors;

/** The statements that bring a run's staged rows into their table. */
record MergeSql(TableLayout layout, TableRef stage) {

  /** One statement that changes nothing when it is run again. */
  String merge() {
    StringBuilder sql = new StringBuilder("MERGE INTO ").append(layout.ref().sql());
    sql.append(" AS t USING (").append(winners()).append(") AS s ON ").append(keys("t", "s"));
    if (layout.key().conflict() != Conflict.IGNORE) {
      sql.append(" WHEN MATCHED AND ").append(newer("s", "t")).append(" THEN UPDATE SET ");
      sql.append(
          layout.columns().stream()
              .filter(column -> !layout.keyed(column))
              .map(column -> column.quoted() + " = s." + column.quoted())
              .collect(Collectors.joining(", ")));
    }
    sql.append(" WHEN NOT MATCHED THEN INSERT (").append(layout.columnSql(Column::quoted));
    sql.append(") VALUES (").append(layout.columnSql(column -> "s." + column.quoted()));
    return sql.append(')').toString();
  }

  /** One staged row for each key: the one that would win. */
  private String winners() {
    StringBuilder order = new StringBuilder();
    String version = layout.key().version();
    if (layout.key().conflict() == Conflict.NEWEST && version != null) {
      order.append(Sql.quoted(version)).append(" DESC NULLS LAST, ");
    }
    order.append(
        Bookkeeping.POSITION.stream()
            .map(column -> Sql.quoted(column) + " DESC")
            .collect(Collectors.joining(", ")));
    String keys =
        layout.key().columns().stream().map(Sql::quoted).collect(Collectors.joining(", "));
    return "SELECT "
        + layout.columnSql(Column::quoted)
        + " FROM "
        + stage.sql()
        + " WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY "
        + keys
        + " ORDER BY "
        + order
        + ") = 1";
  }

  /** The condition under which the incoming row replaces the stored one. */
  private String newer(String incoming, String stored) {
    String later =
        "(" + at(stored, Bookkeeping.SOURCE) + " IS NULL OR " + later(incoming, stored, 0) + ")";
    String version = layout.key().version();
    if (layout.key().conflict() != Conflict.NEWEST || version == null) {
      return later;
    }
    String mine = at(incoming, version);
    String theirs = at(stored, version);
    return "("
        + (mine + " > " + theirs)
        + (" OR (" + mine + " IS NOT NULL AND " + theirs + " IS NULL)")
        + (" OR (" + mine + " IS NOT DISTINCT FROM " + theirs + " AND " + later + "))");
  }

  /** Positions compared column by column. */
  private static String later(String incoming, String stored, int index) {
    String column = Bookkeeping.POSITION.get(index);
    String greater = at(incoming, column) + " > " + at(stored, column);
    if (index == Bookkeeping.POSITION.size() - 1) {
      return greater;
    }
    return "("
        + greater
        + " OR ("
        + at(incoming, column)
        + " = "
        + at(stored, column)
        + " AND "
        + later(incoming, stored, index + 1)
        + "))";
  }

  private String keys(String left, String right) {
    return layout.key().columns().stream()
        .map(column -> at(left, column) + " = " + at(right, column))
        .collect(Collectors.joining(" AND "));
  }

  /** Counts the staged rows whose stored row another run wrote, for each source. */
  String duplicates() {
    return "SELECT s."
        + Sql.quoted(Bookkeeping.SOURCE)
        + ", COUNT(*) FROM "
        + stage.sql()
        + " AS s JOIN "
        + layout.ref().sql()
        + " AS t ON "
        + keys("t", "s")
        + " WHERE "
        + at("t", Bookkeeping.RUN)
        + " IS DISTINCT FROM "
        + at("s", Bookkeeping.RUN)
        + " GROUP BY 1";
  }

  /** Counts the staged rows of each part. */
  String partCounts() {
    return "SELECT "
        + Sql.quoted(StageTable.PART)
        + ", COUNT(*) FROM "
        + stage.sql()
        + " GROUP BY 1";
  }

  /** The places in their source of the staged rows of one part. */
  String offsets(long part) {
    return "SELECT "
        + Sql.quoted(Bookkeeping.OFFSET)
        + " FROM "
        + stage.sql()
        + " WHERE "
        + Sql.quoted(StageTable.PART)
        + " = "
        + part;
  }

  private static String at(String alias, String column) {
    return alias + "." + Sql.quoted(column);
  }
}
