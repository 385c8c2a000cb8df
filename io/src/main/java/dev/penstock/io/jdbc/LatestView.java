package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import java.util.List;

/**
 * A view on a table of changes that shows each key's newest row, and none of a deleted key.
 *
 * @param name the view
 * @param key columns that identify what the versions are of
 * @param everyVersion whether the table holds every version, or the newest alone
 */
record LatestView(TableName name, List<String> key, boolean everyVersion) implements TableView {

  @Override
  public String sql(TableLayout table) {
    String from = table.name().sql();
    if (everyVersion) {
      from =
          "(SELECT *, row_number() OVER "
              + TableView.versions(key, table, "DESC")
              + " AS _penstock_place FROM "
              + from
              + ") AS versions";
    }
    return "CREATE VIEW "
        + name.sql()
        + " AS SELECT "
        + TableView.contractColumns(table)
        + " FROM "
        + from
        + " WHERE NOT coalesce("
        + TableName.quote(Bookkeeping.DELETED)
        + ", false)"
        + (everyVersion ? " AND _penstock_place = 1" : "");
  }
}
