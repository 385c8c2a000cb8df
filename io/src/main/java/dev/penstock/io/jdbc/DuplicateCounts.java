package dev.penstock.io.jdbc;

import dev.penstock.io.sink.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Reads how many staged rows another run had stored before, inside the merge's transaction. */
final class DuplicateCounts {
  private DuplicateCounts() {}

  static Merged read(Statement statement, TableLayout layout, String stage) throws SQLException {
    if (layout.conflict() == RowKey.Conflict.NEWEST) {
      return Merged.ALL_WRITTEN;
    }
    Map<String, Long> counts = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(MergeSql.duplicates(layout, stage))) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return new Merged(counts);
  }
}
