package dev.penstock.benchmarks.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings what lies in a staging table into both tables of orders, by a statement for each: every
 * version once, and the newest version of each key. A replay changes nothing.
 */
public final class Merge {
  public static final String COLUMNS =
      "order_id, version, deleted, customer_id, product_name, amount, status, created_at,"
          + " updated_at";

  private final String stage;

  public Merge(String stage) {
    this.stage = stage;
  }

  public void run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO orders_history ("
              + COLUMNS
              + ") SELECT "
              + COLUMNS
              + " FROM "
              + stage
              + " ON CONFLICT (order_id, version) DO NOTHING");
      statement.executeUpdate(
          "INSERT INTO orders_latest AS t ("
              + COLUMNS
              + ") SELECT DISTINCT ON (order_id) "
              + COLUMNS
              + " FROM "
              + stage
              + " ORDER BY order_id, version DESC ON CONFLICT (order_id) DO UPDATE SET version ="
              + " excluded.version, deleted = excluded.deleted, customer_id ="
              + " excluded.customer_id, product_name = excluded.product_name, amount ="
              + " excluded.amount, status = excluded.status, created_at = excluded.created_at,"
              + " updated_at = excluded.updated_at WHERE excluded.version > t.version");
    }
  }
}
