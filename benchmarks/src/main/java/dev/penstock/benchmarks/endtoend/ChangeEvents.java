package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Changes of a table of orders as Debezium sends them, always the same for a number of events: 285
 * of a thousand are new orders, and of the others every fiftieth is a deletion. What is deleted may
 * come back. As with PostgreSQL's usual REPLICA IDENTITY, updates do not say what was before, and
 * deletions tell the key only.
 */
final class ChangeEvents {
  static final double KEYS_PER_EVENT = 0.285;
  private static final int DELETION = 50;

  /** Beyond what a double can tell apart, so that who reads it as one is found out. */
  private static final long FIRST_LSN = (1L << 53) + 1;

  private static final long FIRST_MICROS = 1_767_225_600_000_000L;
  private static final List<String> STATUSES =
      List.of("pending", "shipped", "delivered", "cancelled");
  private static final List<String> PRODUCTS =
      List.of("Widget A", "Gadget X", "Kaffeemühle", "12\" record", "Tea, green", "Garden chair");

  private final long events;
  private final int keys;
  private final Tally.Adder history = new Tally.Adder();
  private final Order[] orders;

  /** An order as it is now. */
  private static final class Order {
    private int customer;
    private String product = "";
    private String amount = "";
    private String status = "";
    private long created;
    private long updated;
    private boolean present;
  }

  /** Takes the bytes of a message. */
  interface Receiver {
    void accept(byte[] key, byte[] value) throws IOException;
  }

  /**
   * What must be in the tables.
   *
   * @param events messages
   * @param history every version
   * @param latest the newest version of each order that is not deleted
   */
  record Expected(long events, Tally history, Tally latest) {}

  ChangeEvents(long events) {
    this.events = events;
    this.keys = (int) Math.max(1, Math.round(events * KEYS_PER_EVENT));
    this.orders = new Order[keys];
  }

  /** Hands all messages over in order, and says what they come to. */
  Expected send(Receiver receiver) throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    int known = 0;
    for (long i = 0; i < events; i++) {
      int id;
      if (known < keys && known <= i * KEYS_PER_EVENT) {
        id = known++;
        orders[id] = new Order();
      } else {
        id = random.nextInt(known);
      }
      change(random, id, i, receiver);
    }
    Tally.Adder latest = new Tally.Adder();
    for (int id = 0; id < known; id++) {
      if (orders[id].present) {
        latest.add((id + 1) + columns(orders[id]));
      }
    }
    return new Expected(events, history.sum(), latest.sum());
  }

  private void change(SplittableRandom random, int id, long number, Receiver receiver)
      throws IOException {
    Order order = orders[id];
    boolean deletion = order.present && random.nextInt(DELETION) == 0;
    String op = deletion ? "d" : order.present ? "u" : "c";
    long micros = FIRST_MICROS + number * 500;
    if (deletion) {
      order.present = false;
    } else {
      if (!order.present) {
        order.present = true;
        order.customer = random.nextInt(1, 100_000);
        order.product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
        order.created = micros;
      }
      int cents = random.nextInt(100, 1_000_000);
      order.amount = String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
      order.status = STATUSES.get(random.nextInt(STATUSES.size()));
      order.updated = micros;
    }
    long lsn = FIRST_LSN + number * 56;
    history.add((id + 1) + "|" + lsn + "|" + (deletion ? "true||||||" : "false" + columns(order)));
    receiver.accept(
        bytes("{\"order_id\":" + (id + 1) + "}"), bytes(event(op, id + 1, order, lsn, micros)));
  }

  /** What follows the key in the text that is hashed; {@link ChangeTables} has the same in SQL. */
  private static String columns(Order order) {
    return String.join(
        "|",
        "",
        Integer.toString(order.customer),
        order.product,
        order.amount,
        order.status,
        Long.toString(order.created),
        Long.toString(order.updated));
  }

  private static String event(String op, int id, Order order, long lsn, long micros) {
    boolean deletion = op.equals("d");
    String row =
        deletion
            ? "{\"order_id\":"
                + id
                + ",\"customer_id\":null,\"product_name\":null,\"amount\":null,\"status\":null,"
                + "\"created_at\":null,\"updated_at\":null}"
            : row(id, order);
    long sent = micros + 80_000;
    return "{\"before\":"
        + (deletion ? row : "null")
        + ",\"after\":"
        + (deletion ? "null" : row)
        + ",\"source\":{\"version\":\"3.3.1.Final\",\"connector\":\"postgresql\",\"name\":\"shop\","
        + times(micros, "\"snapshot\":\"false\",\"db\":\"source\",\"sequence\":null,")
        + ",\"schema\":\"public\",\"table\":\"orders\",\"txId\":"
        + (795 + lsn % 1_000_000)
        + ",\"lsn\":"
        + lsn
        + ",\"xmin\":null},\"transaction\":null,\"op\":\""
        + op
        + "\","
        + times(sent, "")
        + "}";
  }

  private static String row(int id, Order order) {
    return "{\"order_id\":"
        + id
        + ",\"customer_id\":"
        + order.customer
        + ",\"product_name\":\""
        + order.product.replace("\"", "\\\"")
        + "\",\"amount\":\""
        + order.amount
        + "\",\"status\":\""
        + order.status
        + "\",\"created_at\":"
        + order.created
        + ",\"updated_at\":"
        + order.updated
        + "}";
  }

  private static String times(long micros, String between) {
    return "\"ts_ms\":"
        + micros / 1000
        + ","
        + between
        + "\"ts_us\":"
        + micros
        + ",\"ts_ns\":"
        + micros
        + "000";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
