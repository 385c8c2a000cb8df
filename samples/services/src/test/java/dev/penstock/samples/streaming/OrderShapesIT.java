package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.Assert.assertEquals;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.samples.orders.OrderSeeder;
import dev.penstock.samples.orders.OrderShape;
import dev.penstock.samples.orders.SeededChanges;
import dev.penstock.samples.services.CommandCall;
import dev.penstock.samples.sql.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Tables called {@code orders} of several systems, each by its own connector, in one warehouse. */
public final class OrderShapesIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EARLIER = 30;
  private static final int LATER = 60;

  private static LocalKafka kafka;
  private static LocalPostgres source;
  private static LocalPostgres warehouse;
  private static LocalConnect connect;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException, SQLException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    source = LocalPostgres.source(folder);
    warehouse = LocalPostgres.warehouse(folder);
    connect = LocalConnect.start(folder, kafka);
    Files.writeString(folder.resolve("password"), warehouse.password());
    for (OrderShape shape : OrderShape.values()) {
      shape.copyContractTo(folder);
    }
  }

  @AfterClass
  public static void stop() {
    connect.close();
    warehouse.close();
    source.close();
    kafka.close();
  }

  @Test
  public void fullEnvelopesWithSchemasGiveTheOrdersOfTheSource() throws Exception {
    DebeziumConnector connector =
        DebeziumConnector.of("orders-connector", "orders_db")
            .withSchemas(true)
            .withDecimals(DebeziumConnector.Decimals.PRECISE)
            .with("slot.name", "orders_slot")
            .with("publication.name", "orders_pub");
    capture(OrderShape.CUSTOMER_ORDERS, "customers", connector, "orders_db.public.orders");

    load("customer-orders", "orders_db.public.orders", "--mode=upsert");

    String columns = "id, customer_name, customer_email, total_amount, status";
    assertEquals(
        rows(database("customers"), columns, "orders"),
        rows(warehouse.connect(), columns, "customer_orders"));
    assertEquals(
        "log positions have 64 bits",
        List.of("true"),
        query("SELECT bool_and(lsn > 0)::text FROM customer_orders"));
  }

  @Test
  public void unwrappedRowsGiveEveryEventWithItsExactTotal() throws Exception {
    DebeziumConnector connector =
        DebeziumConnector.of("orders-postgres-connector", "orders-db")
            .unwrapped()
            .withHeartbeat(Duration.ofSeconds(10));
    SeededChanges changes =
        capture(OrderShape.ORDER_EVENTS, "lines", connector, "orders-db.public.orders");

    load("order-events", "orders-db.public.orders", "--mode=history");
    try (Connection connection = warehouse.connect()) {
      SqlFile.of("order-events-warehouse.sql").run(connection);
    }

    assertEquals(
        List.of(
            "DELETE " + changes.deletes(),
            "INSERT " + changes.inserts(),
            "SNAPSHOT 15",
            "UPDATE " + changes.updates()),
        query(
            "SELECT event_type || ' ' || count(*) FROM order_events GROUP BY event_type ORDER BY"
                + " 1"));
    String columns = "order_id, customer_id, product_name, quantity, unit_price, status";
    assertEquals(
        rows(database("lines"), columns, "orders"),
        rows(warehouse.connect(), columns, "order_events_latest"));
    assertEquals(
        List.of("true"),
        query("SELECT bool_and(total_amount = quantity * unit_price)::text FROM order_events"));
    String before =
        query("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM order_events t").get(0);

    load("order-events", "orders-db.public.orders", "--mode=history");

    assertEquals(
        "reading it again changes nothing, with columns beside those of the contract",
        before,
        query("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM order_events t").get(0));
    assertEquals(
        query(
            "SELECT count(*) || ' orders, ' || sum(quantity * unit_price) FROM order_events_latest"
                + " WHERE status <> 'cancelled'"),
        query(
            "SELECT sum(total_orders) || ' orders, ' || sum(total_revenue) FROM"
                + " daily_order_summary"));
  }

  @Test
  public void ordersOfAnalystsArriveWithPricesAsPlainNumbers() throws Exception {
    DebeziumConnector connector =
        DebeziumConnector.of("analytics", "analytics")
            .withDecimals(DebeziumConnector.Decimals.DOUBLE);
    capture(OrderShape.PRODUCT_ORDERS, "products", connector, "analytics.public.orders");

    load("product-orders", "analytics.public.orders", "--mode=upsert");

    String columns = "id, customer_id, product_id, quantity, price, status";
    assertEquals(
        rows(database("products"), columns, "orders"),
        rows(warehouse.connect(), columns, "product_orders"));
  }

  @Test
  public void whatCannotBeReadIsADeadLetterAndNeverZeroOrOne() throws Exception {
    String good = "\"order_id\": 1, \"customer_id\": 7, \"product_name\": \"Phone\"";
    send(
        "poison",
        "{" + good + ", \"quantity\": 2, \"unit_price\": 99.99, \"__op\": \"c\"}",
        "{\"order_id\": 2, \"customer_id\": 7, \"product_name\": \"Phone\", \"quantity\": 1,"
            + " \"unit_price\": \"25.50\", \"__op\": \"c\"}",
        "{\"customer_id\": 7, \"product_name\": \"Phone\", \"quantity\": 1, \"unit_price\":"
            + " 1, \"__op\": \"c\"}",
        "{\"order_id\": 3,",
        "{" + good + ", \"quantity\": 2, \"unit_price\": \"n/a\", \"__op\": \"u\"}",
        "{" + good + ", \"quantity\": \"two\", \"unit_price\": 1, \"__op\": \"u\"}",
        "{" + good + ", \"quantity\": 0, \"unit_price\": 0, \"__op\": \"u\"}",
        "{" + good + ", \"quantity\": null, \"unit_price\": null, \"__op\": \"u\"}");
    Path file = folder.resolve("poison.duckdb");

    CommandCall call = call("order-events", "poison", "jdbc:duckdb:" + file, "--mode=history");

    assertEquals(call.out() + call.err(), 0, call.exitCode());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      assertEquals(
          List.of("1 199.98", "2 25.50"),
          texts(
              connection,
              "SELECT order_id || ' ' || quantity * unit_price FROM order_events ORDER BY"
                  + " order_id"));
      assertEquals(
          List.of(
              "2 REQUIRED",
              "3 JSON_MALFORMED",
              "4 TYPE_NUMBER",
              "5 TYPE_INTEGER",
              "6 MINIMUM",
              "7 REQUIRED"),
          texts(
              connection,
              "SELECT byte_offset || ' ' || (reasons->0->>'code') FROM penstock_dead_letters"
                  + " ORDER BY byte_offset"));
    }
  }

  @Test
  public void anAmountIsExactInWhicheverWayItIsWrittenAndTheQueriesFindIt() throws Exception {
    send(
        "dbserver1.public.orders",
        envelope(5001, "999.99", "c", 1),
        "{\"payload\": " + envelope(5002, "\"999.99\"", "c", 2) + "}",
        envelope(5003, "\"AYaf\"", "r", 3),
        envelope(5004, "{\"scale\": 2, \"value\": \"AYaf\"}", "c", 4),
        envelope(5001, "999.99", "u", 5).replace("pending", "shipped"),
        envelope(5004, "999.99", "d", 6).replace("\"after\"", "\"before\""),
        envelope(5005, "999.99", "c", 7).replace("5005", "null"),
        "not json at all");

    CommandCall loaded =
        load(
            "orders",
            "dbserver1.public.orders",
            "--mode=history",
            "--table=orders_fact",
            "--latestView=orders_latest");

    assertThat(
        loaded.out().replaceAll(" +", " "), containsString("dbserver1.public.orders-0 8 6 2 0"));
    try (Connection connection = warehouse.connect()) {
      SqlFile.of("orders-warehouse.sql").run(connection);
      assertEquals(
          List.of(
              "5001 999.99 pending INSERT 2023-12-12 01:48:43",
              "5001 999.99 shipped UPDATE 2023-12-12 01:48:43",
              "5002 999.99 pending INSERT 2023-12-12 01:48:43",
              "5003 999.99 pending SNAPSHOT 2023-12-12 01:48:43",
              "5004 999.99 pending INSERT 2023-12-12 01:48:43",
              "5004 999.99 pending DELETE 2023-12-12 01:48:43"),
          texts(
              connection,
              "SELECT concat_ws(' ', order_id, amount, status, operation_type, created_at AT TIME"
                  + " ZONE 'UTC') FROM orders_fact ORDER BY order_id, _penstock_version"));
      assertEquals(
          List.of("pending 2 1999.98 999.99", "shipped 1 999.99 999.99"),
          texts(
              connection,
              "SELECT concat_ws(' ', status, order_count, total_revenue, avg_order_value) FROM"
                  + " sales_dashboard ORDER BY status"));
      List<String> answers = new ArrayList<>();
      for (SqlFile.Titled query : SqlFile.of("orders-queries.sql").statements()) {
        answers.add(query.title() + ": " + texts(connection, query.sql()));
      }
      assertEquals(
          List.of(
              "The last ten changes: [5004, 5001, 5004, 5003, 5002, 5001]",
              "Orders by customer: [123]",
              "Orders by status: [pending, shipped]",
              "Orders by day: [2023-12-12]",
              "Products with the most revenue: [iPhone 15]",
              "What changed within a day: [5004, 5001, 5004, 5003, 5002, 5001]",
              "Average order of a customer: [123]",
              "The last hour by status: []"),
          answers);
    }
  }

  private static String envelope(int order, String amount, String op, int lsn) {
    return """
    {"op": "%s", "after": {"order_id": %d, "customer_id": 123, "product_name": "iPhone 15",
     "amount": %s, "status": "pending", "created_at": 1702345723000000},
     "source": {"lsn": %d}, "ts_ms": 1702346123456}"""
        .formatted(op, order, amount, lsn);
  }

  @Test
  public void theCommandMakesTheTableAndChangesItAtTheRateThatWasAskedFor() throws Exception {
    CommandCall call =
        CommandCall.of(
            List.of(
                "generate",
                "orders",
                "--source=" + database("shop"),
                "--user=" + source.user(),
                "--passwordFile=" + folder.resolve("password"),
                "--rows=60",
                "--eventsPerSecond=40"));

    assertEquals(call.err(), 0, call.exitCode());
    // Never faster; a busy machine may be late with the last ones.
    assertThat(call.out(), matchesPattern("(?s)60 changes in (1\\.[4-9]|[2-9]\\.[0-9]) s .*"));
    assertThat(call.out(), containsString("a second): 40 inserts, 10 updates, 10 deletes"));
    assertEquals(30, rows(database("shop"), "order_id", "orders").size());
  }

  /** A database with orders, some of which are there before it is captured and some come after. */
  @CanIgnoreReturnValue
  private static SeededChanges capture(
      OrderShape shape, String database, DebeziumConnector connector, String topic)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(database(database), login())) {
      shape.source().run(connection);
      OrderSeeder seeder = OrderSeeder.of(shape).perSecond(0);
      SeededChanges earlier = seeder.changes(EARLIER).run(connection, done -> {});
      connect
          .connectors()
          .create(connector.capturing(source, "public.orders").with("database.dbname", database));
      connect.connectors().awaitRunning(connector.name(), PATIENCE);
      int there = (int) (earlier.inserts() - earlier.deletes());
      try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), topic)) {
        var unused = reader.await(there);
        SeededChanges later = seeder.withSeed(2).changes(LATER).run(connection, done -> {});
        // A delete is followed by its tombstone.
        unused = reader.await((int) (there + later.total() + later.deletes()));
        return later;
      }
    }
  }

  /** The address of a database at the source, which is made where needed. */
  private static String database(String name) throws SQLException {
    try (Connection connection = source.connect()) {
      if (texts(connection, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'").isEmpty()) {
        source.execute("CREATE DATABASE " + name);
      }
    }
    return source.url().replaceFirst("[^/]*$", name);
  }

  private static Properties login() {
    Properties login = new Properties();
    login.put("user", source.user());
    login.put("password", source.password());
    return login;
  }

  private static void send(String topic, String... messages) {
    Topics.fill(kafka, topic, List.of(messages));
  }

  @CanIgnoreReturnValue
  private static CommandCall load(String contract, String topic, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("--user=" + warehouse.user());
    words.add("--passwordFile=" + folder.resolve("password"));
    CommandCall call = call(contract, topic, warehouse.url(), words.toArray(new String[0]));
    assertEquals(call.out() + call.err(), 0, call.exitCode());
    return call;
  }

  private static CommandCall call(String contract, String topic, String to, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "kafka-to-warehouse",
                "--contract=" + folder.resolve(contract + ".yaml"),
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--topic=" + topic,
                "--messageFormat=debezium",
                "--until=latest",
                "--tempLocation=" + folder.resolve("temporary"),
                "--runner=DirectRunner",
                "--to=" + to));
    words.addAll(List.of(more));
    return CommandCall.of(words);
  }

  private static List<String> rows(String url, String columns, String table) throws SQLException {
    return rows(DriverManager.getConnection(url, login()), columns, table);
  }

  /** Rows in the order of their first column; closes the connection. */
  private static List<String> rows(Connection connection, String columns, String table)
      throws SQLException {
    try (connection) {
      return texts(
          connection, "SELECT concat_ws('|', " + columns + ") FROM " + table + " ORDER BY 1");
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = warehouse.connect()) {
      return texts(connection, sql);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
