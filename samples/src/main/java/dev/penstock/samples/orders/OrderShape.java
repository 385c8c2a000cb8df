package dev.penstock.samples.orders;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.Immutable;
import dev.penstock.samples.sql.SqlFile;
import dev.penstock.transforms.contract.DataContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns that a source's table {@code orders} has. Each shape has a contract, and a file of
 * SQL that makes the table.
 *
 * <pre>{@code
 * OrderShape.ORDERS.source().run(connection);
 * DataContract contract = OrderShape.ORDERS.contract();
 * }</pre>
 */
public enum OrderShape {
  /** Product and amount. */
  ORDERS(
      "orders",
      "order_id",
      Catalog.WIDGETS,
      List.of("pending", "shipped", "delivered"),
      "INSERT INTO orders (customer_id, product_name, amount, status, created_at, updated_at)"
          + " VALUES (?, ?, ?, ?, ?, ?)",
      (order, row) -> {
        row.setInt(1, order.customer());
        row.setString(2, Catalog.WIDGETS.name(order.product()));
        row.setBigDecimal(3, order.total());
        row.setString(4, order.status());
        row.setObject(5, order.time());
        row.setObject(6, order.time());
      }),

  /** The customer's name and address, and the total. */
  CUSTOMER_ORDERS(
      "customer-orders",
      "id",
      Catalog.ELECTRONICS,
      Statuses.OF_FIVE,
      "INSERT INTO orders (customer_name, customer_email, total_amount, status, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, ?)",
      (order, row) -> {
        row.setString(1, "Customer " + order.customer());
        row.setString(2, "customer" + order.customer() + "@example.com");
        row.setBigDecimal(3, order.total());
        row.setString(4, order.status());
        row.setObject(5, order.time());
        row.setObject(6, order.time());
      }),

  /** Product, quantity and price. */
  ORDER_EVENTS(
      "order-events",
      "order_id",
      Catalog.ELECTRONICS,
      Statuses.OF_FIVE,
      "INSERT INTO orders (customer_id, product_name, quantity, unit_price, status, order_date,"
          + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      (order, row) -> {
        row.setInt(1, order.customer());
        row.setString(2, Catalog.ELECTRONICS.name(order.product()));
        row.setInt(3, order.quantity());
        row.setBigDecimal(4, order.price());
        row.setString(5, order.status());
        row.setObject(6, order.time());
        row.setObject(7, order.time());
        row.setObject(8, order.time());
      }),

  /** The product's id, quantity and price. */
  PRODUCT_ORDERS(
      "product-orders",
      "id",
      Catalog.ELECTRONICS,
      Statuses.OF_FIVE,
      "INSERT INTO orders (customer_id, product_id, quantity, price, status, order_date)"
          + " VALUES (?, ?, ?, ?, ?, ?)",
      (order, row) -> {
        row.setInt(1, order.customer());
        row.setString(2, String.format(Locale.ROOT, "P%03d", order.product() + 1));
        row.setInt(3, order.quantity());
        row.setBigDecimal(4, order.price());
        row.setString(5, order.status());
        row.setObject(6, order.time());
      });

  /** Puts an order into the parameters of an insert. */
  @Immutable
  @FunctionalInterface
  private interface Binder {
    void bind(Order order, PreparedStatement row) throws SQLException;
  }

  private static final class Statuses {
    static final List<String> OF_FIVE =
        List.of("pending", "confirmed", "shipped", "delivered", "cancelled");
  }

  private final String label;
  private final String key;
  private final Catalog catalog;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of
  private final List<String> statuses;

  private final String insert;
  private final Binder binder;

  OrderShape(
      String label,
      String key,
      Catalog catalog,
      List<String> statuses,
      String insert,
      Binder binder) {
    this.label = label;
    this.key = key;
    this.catalog = catalog;
    this.statuses = statuses;
    this.insert = insert;
    this.binder = binder;
  }

  /** The shape of a label, such as {@code order-events}. */
  public static Optional<OrderShape> labelled(String label) {
    return Arrays.stream(values()).filter(shape -> shape.label.equals(label)).findFirst();
  }

  /** The labels of all shapes. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(OrderShape::label).toList();
  }

  /** The word for it on the command line, and the beginning of its files' names. */
  public String label() {
    return label;
  }

  /** The statements that make the source's table; nothing happens where it is. */
  public SqlFile source() {
    return SqlFile.of(label + "-source.sql");
  }

  /** Contract of the changes and of the table made from them. */
  public DataContract contract() {
    return DataContract.parse(contractText(), contractFile());
  }

  /** Puts a copy of the contract into a folder, for commands that want a file; gives its name. */
  @CanIgnoreReturnValue
  public Path copyContractTo(Path folder) throws IOException {
    return Files.writeString(folder.resolve(contractFile()), contractText());
  }

  private String contractFile() {
    return label + ".yaml";
  }

  private String contractText() {
    try (InputStream in = OrderShape.class.getResourceAsStream(contractFile())) {
      if (in == null) {
        throw new IllegalStateException(
            "The samples were built without their contract " + contractFile());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in contract " + contractFile(), e);
    }
  }

  /** The column that orders are known by. */
  String key() {
    return key;
  }

  Catalog catalog() {
    return catalog;
  }

  List<String> statuses() {
    return statuses;
  }

  String insert() {
    return insert;
  }

  void bind(Order order, PreparedStatement row) throws SQLException {
    binder.bind(order, row);
  }

  /** Whether an order has the time of its last change. */
  boolean tellsUpdates() {
    return this != PRODUCT_ORDERS;
  }

  String update() {
    String changed = tellsUpdates() ? ", updated_at = ?" : "";
    return "UPDATE orders SET status = ?" + changed + " WHERE " + key + " = ?";
  }

  String delete() {
    return "DELETE FROM orders WHERE " + key + " = ?";
  }
}
