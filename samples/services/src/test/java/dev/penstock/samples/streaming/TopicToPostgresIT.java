package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.samples.services.CommandCall;
import dev.penstock.samples.services.PenstockProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Topics that are read into a real PostgreSQL, whatever order and form their messages have. */
public final class TopicToPostgresIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final int PARTITIONS = 3;

  private static final String ORDERS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: orders
      version: 1.0.0
      status: active
      schema:
        - name: TABLE
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'}
            - {name: status, logicalType: string}
      """;

  private static LocalKafka kafka;
  private static LocalPostgres warehouse;
  private static Topics topics;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    warehouse = LocalPostgres.warehouse(folder);
    topics = new Topics(kafka);
    Files.writeString(folder.resolve("password"), warehouse.password());
  }

  @AfterClass
  public static void stop() {
    topics.close();
    warehouse.close();
    kafka.close();
  }

  @Test
  public void serversThatAreNotThereAreGivenUpSoon() throws Exception {
    List<String> words = words("kafka-to-warehouse", "--topic=orders");
    words.set(1, "--bootstrapServers=127.0.0.1:1");
    words.add("--contract=" + contract(ORDERS, "nobody"));
    long begin = System.nanoTime();

    CommandCall call = CommandCall.of(words);

    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("Kafka at 127.0.0.1:1 does not answer. Is it running"));
    assertTrue("gave up after " + seconds + " s", seconds < 25);
  }

  private static Path contract(String text, String table) throws IOException {
    return Files.writeString(folder.resolve(table + ".yaml"), text.replace("TABLE", table));
  }

  private static List<String> words(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--to=" + warehouse.url(),
                "--user=" + warehouse.user(),
                "--passwordFile=" + folder.resolve("password")));
    words.addAll(List.of(more));
    return words;
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  private static void succeeds(List<String> words) {
    CommandCall call = CommandCall.of(words);
    assertEquals(call.out() + call.err(), 0, call.exitCode());
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Rows of a table; 0 while there is no such table. */
  private static long rows(String table) throws SQLException {
    return number(table, "SELECT count(*) FROM " + table);
  }

  /** Records of these topics that are accounted for. */
  private static long accounted(String topics) throws SQLException {
    return number(
        "penstock_ledger",
        "SELECT coalesce(sum(\"read\"), 0) FROM penstock_ledger WHERE topic LIKE '" + topics + "'");
  }

  private static long number(String table, String sql) throws SQLException {
    String there = query("SELECT coalesce(to_regclass('" + table + "')::text, '')").get(0);
    return there.isEmpty() ? 0 : Long.parseLong(query(sql).get(0));
  }

  private static void feed(String topic, List<OrderChanges.Event> events) {
    events.forEach(event -> topics.send(topic, event.partition(PARTITIONS), null, event.json()));
    topics.flush();
  }

  private static String checksum(String table) throws SQLException {
    return query(
            "SELECT count(*) || ' orders, ' || md5(string_agg(concat_ws('|', id, amount, status),"
                + " ',' ORDER BY id)) FROM "
                + table)
        .get(0);
  }

  @Test
  public void anyOrderOfArrivalAcrossRestartsMakesTheTableOfTheOrderedChanges() throws Exception {
    OrderChanges changes = new OrderChanges(3_000, 250, 1);
    topics.create("ordered", PARTITIONS);
    feed("ordered", changes.inOrder());
    succeeds(
        words(
            "kafka-to-warehouse",
            "--contract=" + contract(ORDERS, "ordered"),
            "--topic=ordered",
            "--messageFormat=debezium",
            "--mode=upsert",
            "--until=latest",
            "--runner=DirectRunner"));
    String expected = checksum("ordered");
    assertEquals(changes.present() + " orders", expected.split(",", 2)[0]);
    assertEquals(
        List.of(String.valueOf(changes.deleted())),
        query(
            "SELECT count(*) FROM ordered_penstock_deleted d LEFT JOIN ordered o USING (id)"
                + " WHERE o.id IS NULL"));

    streamShuffled(changes);

    assertEquals(expected, checksum("shuffled_11"));
    assertEquals(expected, checksum("shuffled_12_latest"));
    assertEquals(expected, checksum("shuffled_13_latest"));
    assertEquals(
        "history has every version once",
        List.of("3000"),
        query("SELECT count(*) FROM shuffled_13"));
  }

  /** Three orders of arrival, each with its way of keeping changes, and two restarts amid them. */
  private void streamShuffled(OrderChanges changes) throws Exception {
    List<String> modes = List.of("upsert", "upsert --deletions=soft", "history");
    StringBuilder routes = new StringBuilder();
    List<List<OrderChanges.Event>> orders = new ArrayList<>();
    for (int i = 0; i < modes.size(); i++) {
      String name = "shuffled_1" + (i + 1);
      topics.create(name, PARTITIONS);
      routes.append("--topic=" + name + " --contract=" + contract(ORDERS, name));
      routes.append(" --mode=" + modes.get(i) + "\n");
      orders.add(changes.shuffled(11 + i));
    }
    Path file = Files.writeString(folder.resolve("shuffled.routes"), routes.toString());
    List<String> flags =
        List.of(
            "--contract=" + folder.resolve("shuffled_11.yaml"),
            "--routes=" + file,
            "--messageFormat=debezium");
    List<String> stream =
        with(
            words("kafka-to-warehouse", flags.toArray(new String[0])),
            "--batchSize=200",
            "--runner=FlinkRunner");
    int events = changes.inOrder().size();

    feedShuffled(orders, 0, events / 2);
    PenstockProcess.start(folder, stream)
        .until("some are stored", () -> rows("shuffled_13") > 0)
        .killAtOnce();
    PenstockProcess.start(folder, stream)
        .until("all are accounted for", () -> accounted("shuffled%") == 3L * (events / 2))
        .killAtOnce();

    feedShuffled(orders, events / 2, events);
    succeeds(
        with(
            words("kafka-to-warehouse", flags.toArray(new String[0])),
            "--start=" + storedPositions(),
            "--until=latest",
            "--runner=DirectRunner"));
    assertEquals(3L * events, accounted("shuffled%"));
    succeeds(words("reconcile", flags.toArray(new String[0])));
  }

  private static void feedShuffled(List<List<OrderChanges.Event>> orders, int from, int to) {
    for (int i = 0; i < orders.size(); i++) {
      feed("shuffled_1" + (i + 1), orders.get(i).subList(from, to));
    }
  }

  /** Where the ledger says that the stream was. */
  private static String storedPositions() throws SQLException {
    return String.join(
        ",",
        query(
            "SELECT topic || '-' || \"partition\" || '=' || max(next_offset) FROM penstock_ledger"
                + " WHERE topic LIKE 'shuffled%' GROUP BY topic, \"partition\""));
  }

  @Test
  public void messagesInAvroKeepEveryDigitAndThoseOfAnUnknownSchemaAreDeadLetters()
      throws Exception {
    topics.create("readings", 1);
    topics.create("accounts", 1);
    try (SchemaServer registry = new SchemaServer()) {
      AvroMessages messages = new AvroMessages(registry);
      for (byte[] reading : messages.readings()) {
        topics.send("readings", 0, null, reading);
      }
      for (byte[] change : messages.changes()) {
        topics.send("accounts", 0, null, change);
      }
      topics.flush();
      Path routes =
          Files.writeString(
              folder.resolve("avro.routes"),
              "--topic=readings --messageFormat=avro --contract="
                  + contract(AvroMessages.READINGS, "readings")
                  + "\n--topic=accounts --messageFormat=debezium-avro --mode=upsert --contract="
                  + contract(AvroMessages.ACCOUNTS, "accounts"));

      succeeds(
          words(
              "kafka-to-warehouse",
              "--contract=" + folder.resolve("readings.yaml"),
              "--routes=" + routes,
              "--schemaRegistry=" + registry.url(),
              "--until=latest",
              "--runner=DirectRunner"));
    }

    assertEquals(
        List.of(
            "1 12345678901234567.890123 9223372036854775807 2024-01-15 10:30:00.000001",
            "2 -0.000001 -9223372036854775808 2024-01-15 10:30:00.000001",
            "3 0.000000 0 null"),
        query(
            "SELECT concat_ws(' ', id, amount, count, coalesce((at AT TIME ZONE 'UTC')::text,"
                + " 'null')) FROM readings ORDER BY id"));
    assertEquals(
        List.of("9007199254740993 0.30 9007199254740995"),
        query("SELECT concat_ws(' ', id, balance, _penstock_version) FROM accounts"));
    assertEquals(
        List.of(
            "accounts-0 4 AVRO_SCHEMA_UNKNOWN",
            "readings-0 1 AVRO_SCHEMA_UNKNOWN",
            "readings-0 3 AVRO_MALFORMED",
            "readings-0 4 AVRO_FRAMING"),
        query(
            "SELECT concat_ws(' ', source, byte_offset, reason_codes) FROM penstock_dead_letters"
                + " WHERE source IN ('readings-0', 'accounts-0') ORDER BY source, byte_offset"));
  }
}
