package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.services.CommandCall;
import dev.penstock.samples.services.PenstockProcess;
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
import java.util.concurrent.Callable;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * From a table through Debezium and Kafka into a warehouse, with servers that are the real ones.
 */
public final class KafkaToWarehouseIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String ORDERS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: orders
      version: 1.0.0
      status: active
      schema:
        - name: orders_fact
          logicalType: object
          properties:
            - {name: order_id, logicalType: integer, primaryKey: true, required: true}
            - {name: customer_id, logicalType: integer}
            - {name: product_name, logicalType: string, required: true}
            - {name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'}
            - {name: status, logicalType: string}
            - {name: created_at, logicalType: timestamp}
            - name: operation_type
              logicalType: string
              customProperties: [{property: changeMetadata, value: operation}]
      """;

  private static final String EVENTS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: events
      version: 1.0.0
      status: active
      schema:
        - name: events
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: version, logicalType: integer, required: true}
            - {name: price, logicalType: number, physicalType: 'DECIMAL(12,2)'}
      """;

  private static LocalKafka kafka;
  private static LocalPostgres source;
  private static LocalPostgres warehouse;
  private static LocalConnect connect;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    source = LocalPostgres.source(folder);
    warehouse = LocalPostgres.warehouse(folder);
    connect = LocalConnect.start(folder, kafka);
    Files.writeString(folder.resolve("orders.yaml"), ORDERS);
    Files.writeString(folder.resolve("events.yaml"), EVENTS);
    Files.writeString(folder.resolve("password"), warehouse.password());
  }

  @AfterClass
  public static void stop() {
    connect.close();
    warehouse.close();
    source.close();
    kafka.close();
  }

  private static List<String> words(String contract, String topic, String to, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "kafka-to-warehouse",
                "--contract=" + folder.resolve(contract),
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--topic=" + topic,
                "--to=" + to));
    if (to.startsWith("jdbc:postgresql:")) {
      words.add("--user=" + warehouse.user());
      words.add("--passwordFile=" + folder.resolve("password"));
    }
    words.addAll(List.of(more));
    return words;
  }

  private static String toWarehouse() {
    return warehouse.url();
  }

  @Test
  public void anOrderChangesInTheWarehouseAsItChangesAtTheSource() throws Exception {
    source.execute(
        """
        CREATE TABLE orders (
          order_id serial PRIMARY KEY, customer_id int, product_name varchar(255),
          amount DECIMAL(10,2), status varchar(50), created_at timestamp, updated_at timestamp)""",
        "ALTER TABLE orders REPLICA IDENTITY FULL",
        """
        INSERT INTO orders VALUES
          (5001, 123, 'iPhone 15', 999.99, 'pending', '2023-12-12 01:48:43', now()),
          (5002, 124, 'Widget', 0.10, 'pending', '1969-12-31 23:59:59.5', now())""");
    connect
        .connectors()
        .create(DebeziumConnector.of("orders", "dbserver1").capturing(source, "public.orders"));
    connect.connectors().awaitRunning("orders", PATIENCE);
    PenstockProcess stream =
        PenstockProcess.start(
            folder,
            words(
                "orders.yaml",
                "dbserver1.public.orders",
                toWarehouse(),
                "--messageFormat=debezium",
                "--mode=history",
                "--latestView=orders_latest",
                "--runner=FlinkRunner"));
    try {
      stream.until("the snapshot arrived", () -> count("orders_latest") == 2);
      assertEquals(
          List.of(
              "5001 123 iPhone 15 999.99 pending 2023-12-12 01:48:43 SNAPSHOT",
              "5002 124 Widget 0.10 pending 1969-12-31 23:59:59.5 SNAPSHOT"),
          orders("orders_latest"));

      source.execute("UPDATE orders SET status = 'shipped' WHERE order_id = 5001");
      source.execute("DELETE FROM orders WHERE order_id = 5002");
      source.execute("INSERT INTO orders VALUES (5003, 1, 'Gadget', 10, 'new', NULL, NULL)");
      stream.until("the changes arrived", () -> count("orders_fact") == 5);

      assertEquals(
          List.of(
              "5001 123 iPhone 15 999.99 shipped 2023-12-12 01:48:43 UPDATE",
              "5003 1 Gadget 10.00 new null INSERT"),
          orders("orders_latest"));
      assertEquals(
          List.of(
              "5002 124 Widget 0.10 pending 1969-12-31 23:59:59.5 SNAPSHOT",
              "5002 124 Widget 0.10 pending 1969-12-31 23:59:59.5 DELETE"),
          orders("orders_fact WHERE order_id = 5002"));
      assertEquals(0, deadLetters("dbserver1.public.orders"));
    } finally {
      stream.killAtOnce();
    }
  }

  private static List<String> orders(String from) throws SQLException {
    return warehouse(
        "SELECT concat_ws(' ', order_id, customer_id, product_name, amount, status,"
            + " coalesce((created_at AT TIME ZONE 'UTC')::text, 'null'), operation_type) FROM "
            + from
            + " ORDER BY order_id"
            + (from.startsWith("orders_fact") ? ", _penstock_version" : ""));
  }

  @Test
  public void aKilledStreamIsCompletedByTheSameCommandAndReplayingChangesNothing()
      throws Exception {
    int records = 20_000;
    fill("events", 3, records);
    List<String> words =
        words(
            "events.yaml",
            "events",
            toWarehouse(),
            "--mode=upsert",
            "--versionField=version",
            "--batchSize=500",
            "--runner=FlinkRunner");
    PenstockProcess.start(folder, words)
        .until("some rows arrived", () -> count("events") > 100)
        .killAtOnce();

    List<String> expected = List.of("6930 rows, versions 114339610, prices 90090.00");
    List<String> ledger = List.of("20000 read, 19800 written, 200 dead letters");
    Callable<Boolean> complete =
        () ->
            deadLetters("events") == 200
                && expected.equals(events())
                && ledger.equals(streamLedger());
    PenstockProcess.start(folder, words).until("all rows arrived", complete).killAtOnce();

    CommandCall again =
        CommandCall.of(with(words, "--until=latest", "--tempLocation=" + folder.resolve("tmp")));
    assertEquals(again.err(), 0, again.exitCode());
    assertEquals(expected, events());
    assertEquals(200, deadLetters("events"));
    assertEquals(ledger, streamLedger());
    assertEquals(
        List.of("JSON_MALFORMED 100", "REQUIRED 100"),
        warehouse(
            "SELECT concat_ws(' ', reasons->0->>'code', count(*)) FROM penstock_dead_letters"
                + " WHERE source LIKE 'events-%' GROUP BY reasons->0->>'code' ORDER BY 1"));
  }

  /** Every offset of the topic once, as a stream that was killed and a replay left it. */
  private static List<String> streamLedger() throws SQLException {
    return warehouse(
        "SELECT sum(\"read\") || ' read, ' || sum(written) || ' written, ' || sum(dead_lettered)"
            + " || ' dead letters' FROM penstock_ledger WHERE topic = 'events'");
  }

  private static List<String> events() throws SQLException {
    return warehouse(
        "SELECT count(*) || ' rows, versions ' || coalesce(sum(version), 0) || ', prices ' ||"
            + " coalesce(sum(price), 0) FROM events");
  }

  @Test
  public void whatIsThereIsLoadedAlikeByDirectAndFlinkAndLeavesABalancedLedger() throws Exception {
    fill("bounded", 3, 5_000);
    List<String> tables = new ArrayList<>();
    for (String runner : List.of("DirectRunner", "FlinkRunner")) {
      Path file = folder.resolve(runner + ".duckdb");
      CommandCall call =
          CommandCall.of(
              words(
                  "events.yaml",
                  "bounded",
                  "jdbc:duckdb:" + file,
                  "--until=latest",
                  "--runner=" + runner));

      assertEquals(call.err(), 0, call.exitCode());
      String ledger = call.out().replaceAll(" +", " ");
      assertThat(ledger, containsString("bounded-0 1,667 1,650 17 0 0 0"));
      assertThat(ledger, containsString("total 5,000 4,950 50 0 0 0"));
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
        tables.addAll(
            texts(
                connection,
                "SELECT count(*) || ' ' || sum(hash(id, version, price, _penstock_source,"
                    + " _penstock_offset))::text FROM events"));
      }
    }
    assertEquals(tables.get(0), tables.get(1));
  }

  @Test
  public void aTopicThatIsNotThereIsSaidBeforeAnythingIsStarted() {
    CommandCall call =
        CommandCall.of(words("events.yaml", "nowhere", "jdbc:duckdb:" + folder.resolve("no.db")));

    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("There is no topic nowhere"));
  }

  /** Ids from 0 to 6999 in growing versions; of a hundred records one is bad. */
  private static void fill(String topic, int partitions, int records) throws Exception {
    try (Topics topics = new Topics(kafka)) {
      topics.create(topic, partitions);
      for (int i = 0; i < records; i++) {
        int id = i % 7_000;
        String value =
            i % 200 == 77
                ? "{\"id\": " + id + ", \"version\": "
                : i % 200 == 177
                    ? "{\"id\": " + id + ", \"price\": 1}"
                    : "{\"id\": " + id + ", \"version\": " + i + ", \"price\": \"13.00\"}";
        topics.send(topic, i % partitions, null, value);
      }
      topics.flush();
    }
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  /** Rows of a table; 0 while there is no such table. */
  private static int count(String table) throws SQLException {
    String name = table.split(" ", 2)[0];
    String there = warehouse("SELECT coalesce(to_regclass('" + name + "')::text, '')").get(0);
    return there.isEmpty()
        ? 0
        : Integer.parseInt(warehouse("SELECT count(*) FROM " + table).get(0));
  }

  /** Dead letters of a topic. */
  private static int deadLetters(String topic) throws SQLException {
    return count("penstock_dead_letters WHERE source LIKE '" + topic + "-%'");
  }

  private static List<String> warehouse(String sql) throws SQLException {
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
