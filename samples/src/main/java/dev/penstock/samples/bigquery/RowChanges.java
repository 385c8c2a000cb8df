package dev.penstock.samples.bigquery;

import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** Upserts and deletes by primary key. */
final class RowChanges {
  private RowChanges() {}

  /** The table that remembers the highest sequence number of each key. */
  static String sequences(TableId table) {
    return Sql.quoted(table.project())
        + ".main."
        + Sql.quoted("penstock_sequences " + table.dataset() + "." + table.table());
  }

  static void dropSequences(DuckDBConnection connection, TableId table) throws SQLException {
    Store.run(connection, "DROP TABLE IF EXISTS " + sequences(table));
  }
}
