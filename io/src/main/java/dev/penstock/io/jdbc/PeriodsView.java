package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import java.util.List;

/**
 * A view on a history of changes that shows for which time each version held: from its commit at
 * the source until that of the next one, or of the deletion. It is what dimensional models call a
 * slowly changing dimension of type 2.
 *
 * @param name the view
 * @param key columns that identify what the versions are of
 */
record PeriodsView(TableName name, List<String> key) implements TableView {

  @Override
  public String sql(TableLayout table) {
    String time = TableName.quote(Bookkeeping.TIME);
    return "CREATE VIEW "
        + name.sql()
        + " AS SELECT "
        + TableView.contractColumns(table)
        + ", "
        + time
        + " AS valid_from, _penstock_next AS valid_to, _penstock_place = 1 AS is_current FROM"
        + " (SELECT *, lead("
        + time
        + ") OVER "
        + TableView.versions(key, table, "ASC")
        + " AS _penstock_next, row_number() OVER "
        + TableView.versions(key, table, "DESC")
        + " AS _penstock_place FROM "
        + table.name().sql()
        + ") AS versions WHERE NOT coalesce("
        + TableName.quote(Bookkeeping.DELETED)
        + ", false)";
  }
}
