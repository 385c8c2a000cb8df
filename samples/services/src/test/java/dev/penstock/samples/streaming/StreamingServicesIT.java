package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class StreamingServicesIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalKafka kafka;
  private static LocalPostgres source;
  private static LocalConnect connect;

  @BeforeClass
  public static void start() {
    Path folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    source = LocalPostgres.source(folder);
    connect = LocalConnect.start(folder, kafka);
  }

  @AfterClass
  public static void stop() {
    connect.close();
    source.close();
    kafka.close();
  }

  private static void createTable(String table) throws SQLException {
    source.execute(
        "CREATE TABLE " + table + " (id int PRIMARY KEY, amount numeric(10,2), status text)",
        "ALTER TABLE " + table + " REPLICA IDENTITY FULL");
  }

  private static String capture(String table) {
    String name = "capture-" + table;
    connect
        .connectors()
        .create(
            DebeziumConnector.of(name, "shop")
                .capturing(source, "public." + table)
                .withDecimals(DebeziumConnector.Decimals.STRING));
    connect.connectors().awaitRunning(name, PATIENCE);
    return name;
  }

  @Test
  public void aSnapshotAndEveryKindOfChangeArriveInOrder() throws Exception {
    createTable("orders");
    source.execute("INSERT INTO orders VALUES (5001, 999.99, 'pending')");
    String name = capture("orders");

    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), "shop.public.orders")) {
      assertEquals("r", op(topic.await(1).get(0)));
      source.execute(
          "INSERT INTO orders VALUES (5002, 0.10, 'pending')",
          "UPDATE orders SET status = 'shipped' WHERE id = 5001",
          "DELETE FROM orders WHERE id = 5002");
      List<ConsumerRecord<String, String>> events = topic.await(5);

      assertEquals(
          List.of("r", "c", "u", "d"),
          events.subList(0, 4).stream().map(StreamingServicesIT::op).toList());
      assertEquals("{\"id\":5002}", events.get(4).key());
      assertNull("a tombstone follows the delete", events.get(4).value());
      JsonNode update = json(events.get(2).value());
      assertEquals("pending", update.path("before").path("status").textValue());
      assertEquals("shipped", update.path("after").path("status").textValue());
      assertEquals("999.99", update.path("after").path("amount").textValue());
    }
    connect.connectors().restart(name);
    connect.connectors().awaitRunning(name, PATIENCE);
    assertThat(connect.connectors().names(), hasItem(name));
    connect.connectors().delete(name);
    assertEquals(ConnectorStatus.ABSENT, connect.connectors().status(name));
  }

  @Test
  public void nothingIsLostWhenServicesStopOrAreKilled() throws Exception {
    createTable("faults");
    String name = capture("faults");
    insert(1);
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), "shop.public.faults")) {
      assertEquals(List.of(1), ids(topic.await(1)));

      connect.process().stop();
      insert(2);
      connect.process().start();
      assertEquals(List.of(1, 2), ids(topic.await(2)));

      kafka.process().stop();
      insert(3);
      kafka.process().start();
      assertEquals(List.of(1, 2, 3), ids(topic.await(3)));

      connect.process().kill();
      kafka.process().kill();
      source.process().kill();
      assertFalse("killed", source.process().isRunning());
      source.process().start();
      insert(4);
      kafka.process().start();
      connect.process().start();
      connect.connectors().awaitRunning(name, PATIENCE);
      // What was sent shortly before a kill may come again.
      assertThat(topic.awaitKey("{\"id\":4}"), hasItem("{\"id\":3}"));
    }
  }

  private static void insert(int id) throws SQLException {
    source.execute("INSERT INTO faults VALUES (" + id + ", 1, 'new')");
  }

  @Test
  public void aConnectorThatCannotRunSaysWhy() throws Exception {
    DebeziumConnector wrong =
        DebeziumConnector.of("wrong", "wrong")
            .capturing(source, "public.orders")
            .with("database.dbname", "nowhere");

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> connect.connectors().create(wrong));

    String message = String.valueOf(refused.getMessage());
    assertThat(message, containsString("Kafka Connect refuses PUT"));
    assertThat(message, containsString("\"nowhere\" does not exist"));
    assertEquals("DebeziumConnector wrong public.orders", wrong.toString());
  }

  private static String op(ConsumerRecord<String, String> event) {
    return json(event.value()).path("op").asText();
  }

  private static List<Integer> ids(List<ConsumerRecord<String, String>> events) {
    return events.stream().map(event -> json(event.key()).path("id").intValue()).toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
