package dev.penstock.benchmarks.endtoend;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** The latencies of the rows in the warehouse: percentiles, the whole histogram, and by minute. */
final class LatencyTables {
  /** The end of the bucket that a latency is in: fine ones, and wider ones for the few beyond. */
  private static final String BUCKET =
      "CASE WHEN ms < 500 THEN (floor(ms / 25) + 1) * 25 ELSE (floor(ms / 250) + 1) * 250 END";

  private static final int LONGEST_BAR = 50;

  private final Connection connection;
  private final String latencies;

  LatencyTables(Connection connection, int warmUp) {
    this.connection = connection;
    this.latencies =
        "(SELECT _penstock_time AS committed, extract(epoch FROM"
            + " pg_xact_commit_timestamp(xmin) - _penstock_time) * 1000 AS ms FROM orders_fact"
            + " WHERE _penstock_time >= (SELECT min(_penstock_time) FROM orders_fact"
            + " WHERE product_name <> 'first') + interval '"
            + warmUp
            + " seconds') AS latencies";
  }

  void describe(List<String> page) throws SQLException {
    page.add("| events | p50 ms | p90 | p95 | p99 | p99.9 | highest |");
    page.add("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    String percentiles =
        "percentile_disc(ARRAY[0.5, 0.9, 0.95, 0.99, 0.999, 1]) WITHIN GROUP (ORDER BY ms)";
    rows(
        "SELECT count(*), " + percentiles + " FROM " + latencies,
        row -> {
          Object[] values = (Object[]) row.getArray(2).getArray();
          StringBuilder line = new StringBuilder(count(row.getLong(1)).insert(0, "| "));
          for (Object value : values) {
            line.append(" | ").append(Math.round(((Number) value).doubleValue()));
          }
          page.add(line.append(" |").toString());
        });
    histogram(page);
    page.add("");
    page.add("| minute | events | p50 ms | p99 | highest |");
    page.add("| ---: | ---: | ---: | ---: | ---: |");
    rows(
        "SELECT floor(extract(epoch FROM committed - (SELECT min(committed) FROM "
            + latencies
            + ")) / 60) + 1, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY ms),"
            + " percentile_disc(0.99) WITHIN GROUP (ORDER BY ms), max(ms) FROM "
            + latencies
            + " GROUP BY 1 ORDER BY 1",
        row ->
            page.add(
                String.format(
                    Locale.ROOT,
                    "| %d | %,d | %.0f | %.0f | %.0f |",
                    row.getLong(1),
                    row.getLong(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5))));
  }

  private void histogram(List<String> page) throws SQLException {
    page.add("");
    page.add("| up to ms | events | of all | |");
    page.add("| ---: | ---: | ---: | --- |");
    rows(
        "SELECT bucket, count(*), 100.0 * sum(count(*)) OVER (ORDER BY bucket)"
            + " / sum(count(*)) OVER (), 1.0 * count(*) / max(count(*)) OVER () FROM (SELECT "
            + BUCKET
            + " AS bucket FROM "
            + latencies
            + ") AS buckets GROUP BY bucket ORDER BY bucket",
        row ->
            page.add(
                String.format(
                    Locale.ROOT,
                    "| %d | %,d | %.3f %% | %s |",
                    row.getLong(1),
                    row.getLong(2),
                    row.getDouble(3),
                    "█".repeat((int) Math.ceil(LONGEST_BAR * row.getDouble(4))))));
  }

  private static StringBuilder count(long events) {
    return new StringBuilder(String.format(Locale.ROOT, "%,d", events));
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void rows(String sql, RowReader reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
