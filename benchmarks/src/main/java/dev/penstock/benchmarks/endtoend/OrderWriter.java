package dev.penstock.benchmarks.endtoend;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One of several writers that together commit events at a rate. When an event is due does not
 * depend on how long those before it took, so that a slow moment is not forgiven.
 */
final class OrderWriter implements Callable<Long> {
  private static final String[] PRODUCTS = {"Widget A", "Widget B", "Gadget X", "Gadget Y"};
  private static final String[] STATUSES = {"pending", "shipped", "delivered", "cancelled"};

  private final Connection connection;
  private final int number;
  private final int writers;
  private final int eventsPerSecond;
  private final long start;
  private final int seconds;

  OrderWriter(
      Connection connection,
      int number,
      int writers,
      int eventsPerSecond,
      long start,
      int seconds) {
    this.connection = connection;
    this.number = number;
    this.writers = writers;
    this.eventsPerSecond = eventsPerSecond;
    this.start = start;
    this.seconds = seconds;
  }

  /** Writes until the time is over; how many events it has committed. */
  @Override
  public Long call() throws SQLException {
    long events = 0;
    long all = (long) eventsPerSecond * seconds;
    try (connection;
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO orders (order_id, customer_id, product_name, amount, status,"
                    + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, now(), now())");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE orders SET status = ?, updated_at = now() WHERE order_id = ?")) {
      for (long i = number; i < all; i += writers) {
        await(start + i * TimeUnit.SECONDS.toNanos(1) / eventsPerSecond);
        // Each writer changes orders that it has inserted itself a while ago.
        long turn = i / writers;
        if (turn % 5 == 4) {
          update.setString(1, STATUSES[(int) (turn / 5 % STATUSES.length)]);
          update.setLong(2, id(i - 3L * writers));
          events += update.executeUpdate();
        } else {
          insert.setLong(1, id(i));
          insert.setInt(2, (int) (i % 1000) + 1);
          insert.setString(3, PRODUCTS[(int) (i % PRODUCTS.length)]);
          insert.setBigDecimal(4, BigDecimal.valueOf(1000 + i % 49_000, 2));
          insert.setString(5, STATUSES[0]);
          events += insert.executeUpdate();
        }
      }
    }
    return events;
  }

  /** Beside the first order, which has the number 1. */
  private static long id(long event) {
    return event + 10;
  }

  private static void await(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }
}
