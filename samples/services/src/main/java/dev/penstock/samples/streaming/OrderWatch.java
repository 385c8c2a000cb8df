package dev.penstock.samples.streaming;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** One order, changed at the source and waited for in the warehouse. */
final class OrderWatch {
  /** How often it is changed in all, and how many of these changes are deletes. */
  static final int CHANGES = 4;

  static final int DELETES = 1;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 2;

  private final Connection source;
  private final Connection warehouse;
  private final OrdersChain chain;
  private final Story story;
  private int order;

  OrderWatch(Connection source, Connection warehouse, OrdersChain chain, Story story) {
    this.source = source;
    this.warehouse = warehouse;
    this.chain = chain;
    this.story = story;
  }

  /** It is placed, shipped and delivered. */
  void comesAndShips() throws SQLException {
    try (PreparedStatement insert =
            source.prepareStatement(
                "INSERT INTO orders (customer_id, product_name, amount, status, created_at,"
                    + " updated_at) VALUES (123, 'iPhone 15', 999.99, 'pending', now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')"
                    + " RETURNING order_id");
        ResultSet row = insert.executeQuery()) {
      long committed = System.nanoTime();
      row.next();
      order = row.getInt(1);
      arrives(committed, "INSERT iPhone 15, 999.99, pending", latest("status = 'pending'"));
    }
    for (String status : new String[] {"shipped", "delivered"}) {
      change("UPDATE orders SET status = '" + status + "', updated_at = now() AT TIME ZONE 'UTC'");
      arrives(
          System.nanoTime(),
          "UPDATE status = '" + status + "'",
          latest("status = '" + status + "'"));
    }
  }

  /** It is deleted: the view loses it, the history keeps it. */
  void goes() throws SQLException {
    change("DELETE FROM orders");
    arrives(
        System.nanoTime(),
        "DELETE",
        "SELECT NOT EXISTS (SELECT FROM orders_latest WHERE order_id = " + order + ")");
    story.say("%n");
    story.table(
        warehouse,
        "orders_latest no longer has it; orders_fact still has every version",
        "SELECT order_id AS \"order\", operation_type, product_name, amount, status FROM"
            + " orders_fact WHERE order_id = "
            + order
            + " ORDER BY _penstock_version");
  }

  private void change(String sql) throws SQLException {
    try (PreparedStatement statement =
        source.prepareStatement(sql + " WHERE order_id = " + order)) {
      int unused = statement.executeUpdate();
    }
  }

  private String latest(String condition) {
    return "SELECT EXISTS (SELECT FROM orders_latest WHERE order_id = "
        + order
        + " AND "
        + condition
        + ")";
  }

  private void arrives(long committed, String what, String question) throws SQLException {
    until(question);
    long millis = (System.nanoTime() - committed) / 1_000_000;
    story.say(
        "%s%n",
        String.format(Locale.ROOT, "order %d  %-34s visible after %,5d ms", order, what, millis));
  }

  /** Asks until the answer is true. */
  void until(String question) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Asked asked = new Asked(warehouse);
    while (!asked.text(question).equals("t")) {
      chain.checkStream();
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "Within " + PATIENCE.toSeconds() + " seconds this did not become true: " + question);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for: " + question, e);
      }
    }
  }
}
