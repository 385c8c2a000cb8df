package dev.penstock.samples.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** The source's table. */
final class OrderTable implements AutoCloseable {
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement delete;
  private final OrderShape shape;

  OrderTable(Connection connection, OrderShape shape) throws SQLException {
    this.shape = shape;
    insert = connection.prepareStatement(shape.insert() + " RETURNING " + shape.key());
    update = connection.prepareStatement(shape.update());
    delete = connection.prepareStatement(shape.delete());
  }

  /** Places an order, and gives its number. */
  int insert(Order order) throws SQLException {
    shape.bind(order, insert);
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  void update(int order, String status, LocalDateTime now) throws SQLException {
    int next = 1;
    update.setString(next++, status);
    if (shape.tellsUpdates()) {
      update.setObject(next++, now);
    }
    update.setInt(next, order);
    update.executeUpdate();
  }

  void delete(int order) throws SQLException {
    delete.setInt(1, order);
    delete.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    update.close();
    delete.close();
  }
}
