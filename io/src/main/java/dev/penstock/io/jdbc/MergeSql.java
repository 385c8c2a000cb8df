package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.RowKey;
import java.util.stream.Collectors;

/** The parts of set-based merges that databases have in common. */
final class MergeSql {
  private MergeSql() {}

  /** One staged row for each key: the one that would win. */
  static String winners(TableLayout layout, String from, String collate) {
    StringBuilder sql = new StringBuilder("SELECT DISTINCT ON (").append(layout.keySql());
    sql.append(") ").append(layout.stagedSql()).append(" FROM ").append(from);
    sql.append(" ORDER BY ").append(layout.keySql());
    if (layout.conflict() == RowKey.Conflict.NEWEST && layout.version() != null) {
      sql.append(", ").append(TableName.quote(layout.version())).append(" DESC NULLS LAST");
    }
    if (layout.has(Bookkeeping.SOURCE)) {
      sql.append(", ").append(TableName.quote(Bookkeeping.SOURCE)).append(collate).append(" DESC");
      sql.append(", ").append(TableName.quote(Bookkeeping.MODIFIED)).append(" DESC");
      sql.append(", ").append(TableName.quote(Bookkeeping.OFFSET)).append(" DESC");
    }
    return sql.toString();
  }

  /** The staged rows that are to be stored: of a layout that removes rows, those that live. */
  static String rows(TableLayout layout, String from, String collate) {
    TableLayout.Removal removal = layout.removal();
    String winners = winners(layout, from, collate);
    if (removal == null) {
      return winners;
    }
    return "SELECT "
        + layout.columnSql(column -> "s." + column.quoted())
        + " FROM ("
        + winners
        + ") s WHERE NOT s."
        + removal.deleted().quoted()
        + " AND NOT EXISTS (SELECT 1 FROM "
        + removal.tombstones().sql()
        + " d WHERE "
        + layout.keyCondition("d", "s")
        + " AND NOT "
        + newer(layout, "s", "d", collate)
        + ")";
  }

  /** Removes the stored rows that staged rows of a higher version delete. */
  static String removals(TableLayout layout, TableLayout.Removal by, String from, String collate) {
    return "DELETE FROM "
        + layout.name().sql()
        + " AS t USING ("
        + winners(layout, from, collate)
        + ") s WHERE s."
        + by.deleted().quoted()
        + " AND "
        + layout.keyCondition("t", "s")
        + " AND "
        + newer(layout, "s", "t", collate);
  }

  /** The keys that staged rows delete, as rows of the table of tombstones. */
  static String removedKeys(
      TableLayout layout, TableLayout.Removal by, String from, String collate) {
    return "SELECT "
        + layout.tombstones(by).columnSql(column -> "s." + column.quoted())
        + " FROM ("
        + winners(layout, from, collate)
        + ") s WHERE s."
        + by.deleted().quoted();
  }

  /** The condition under which the incoming row replaces the stored one. */
  static String newer(TableLayout layout, String incoming, String stored, String collate) {
    String later =
        "("
            + at(stored, Bookkeeping.SOURCE)
            + " IS NULL OR "
            + position(incoming, collate)
            + " > "
            + position(stored, collate)
            + ")";
    if (layout.conflict() != RowKey.Conflict.NEWEST || layout.version() == null) {
      return later;
    }
    String mine = at(incoming, layout.version());
    String theirs = at(stored, layout.version());
    return "("
        + (mine + " > " + theirs)
        + (" OR (" + mine + " IS NOT NULL AND " + theirs + " IS NULL)")
        + (" OR (" + mine + " IS NOT DISTINCT FROM " + theirs + " AND " + later + "))");
  }

  /** Assignments of all columns that do not identify the row. */
  static String assignments(TableLayout layout, String incoming) {
    return layout.columns().stream()
        .filter(column -> !layout.keyed(column.name()))
        .map(column -> column.quoted() + " = " + incoming + "." + column.quoted())
        .collect(Collectors.joining(", "));
  }

  /** Counts staged rows whose stored row another run wrote, for each source. */
  static String duplicates(TableLayout layout, String stage) {
    return "SELECT s."
        + TableName.quote(Bookkeeping.SOURCE)
        + ", count(*) FROM "
        + stage
        + " s JOIN "
        + layout.name().sql()
        + " t ON "
        + layout.keyCondition("t", "s")
        + " WHERE t."
        + TableName.quote(Bookkeeping.RUN)
        + " IS DISTINCT FROM s."
        + TableName.quote(Bookkeeping.RUN)
        + " GROUP BY 1";
  }

  private static String position(String alias, String collate) {
    return "("
        + at(alias, Bookkeeping.SOURCE)
        + collate
        + ", "
        + at(alias, Bookkeeping.MODIFIED)
        + ", "
        + at(alias, Bookkeeping.OFFSET)
        + ")";
  }

  private static String at(String alias, String column) {
    return alias + "." + TableName.quote(column);
  }
}
