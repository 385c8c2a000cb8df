package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.services.CommandCall;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** From CSV files into a real Kafka, and from there into a warehouse. */
public final class CsvToKafkaIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final int RECORDS = 3_000;

  /** Names, and the form of the time, are those of the file; an alias is one of them. */
  private static final String CONTRACT =
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
            - name: event_id
              logicalType: integer
              primaryKey: true
              required: true
            - name: event_time
              logicalType: timestamp
              required: true
              logicalTypeOptions: {format: "yyyy-MM-dd HH:mm:ss 'UTC'"}
              customProperties: [{property: aliases, value: timestamp}]
            - {name: event_type, logicalType: string, required: true}
            - {name: user_id, logicalType: integer, required: true}
            - {name: price, logicalType: number, physicalType: 'DECIMAL(20,6)'}
            - {name: day, logicalType: date}
            - {name: ok, logicalType: boolean}
      """;

  private static LocalKafka kafka;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    Files.writeString(folder.resolve("events.yaml"), CONTRACT);
    StringBuilder csv =
        new StringBuilder("timestamp,event_type,user_id,price,day,ok,event_id,session\n");
    for (int i = 0; i < RECORDS; i++) {
      csv.append(
          i % 100 == 7
              ? "yesterday,view," + i + ",1,,," + i + ",s\n"
              : String.format(
                  "2024-01-%02d 10:30:%02d UTC,\"view,\u00e9\n%d\",%d,%d.000001,2024-02-29,%s,%d,s%n",
                  i % 28 + 1, i % 60, i, i % 50, 90_071_992_547_409L + i, i % 2 == 0, i));
    }
    Files.writeString(folder.resolve("events.csv"), csv);
  }

  @AfterClass
  public static void stop() {
    kafka.close();
  }

  private static CommandCall call(String command, String... flags) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--contract=" + folder.resolve("events.yaml"));
    words.addAll(List.of(flags));
    return CommandCall.of(words);
  }

  private static CommandCall send(String topic, String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("--input=" + folder.resolve("events.csv"));
    flags.add("--bootstrapServers=" + kafka.bootstrapServers());
    flags.add("--topic=" + topic);
    return call("csv-to-kafka", flags.toArray(new String[0]));
  }

  private static CommandCall load(String topic, String database, String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("--bootstrapServers=" + kafka.bootstrapServers());
    flags.add("--topic=" + topic);
    flags.add("--until=latest");
    flags.add("--runner=DirectRunner");
    flags.add("--to=jdbc:duckdb:" + folder.resolve(database));
    return call("kafka-to-warehouse", flags.toArray(new String[0]));
  }

  private static String checksum(String database) throws SQLException {
    return text(
        database,
        "SELECT count(*) || ' ' || sum(hash(event_id, event_time, event_type, user_id, price, day,"
            + " ok))::text FROM events");
  }

  private static String text(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(database));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }

  @Test
  public void rowsThatGoThroughATopicAreThoseThatGoStraightIntoTheWarehouse() throws Exception {
    CommandCall straight =
        call(
            "csv-to-warehouse",
            "--input=" + folder.resolve("events.csv"),
            "--runner=DirectRunner",
            "--to=jdbc:duckdb:" + folder.resolve("straight.duckdb"));
    assertEquals(straight.err(), 0, straight.exitCode());

    CommandCall sent =
        send("raw_events", "--keyField=user_id", "--partitions=3", "--runner=FlinkRunner");

    assertEquals(sent.err(), 0, sent.exitCode());
    assertThat(sent.out().replaceAll(" +", " "), containsString("3,000 2,970 30 0 0 0"));
    CommandCall loaded = load("raw_events", "through.duckdb", "--mode=upsert");
    assertEquals(loaded.err(), 0, loaded.exitCode());
    assertEquals(checksum("straight.duckdb"), checksum("through.duckdb"));
    assertEquals("2970", text("through.duckdb", "SELECT count(*) FROM events"));

    CommandCall again =
        send("raw_events", "--keyField=user_id", "--partitions=3", "--runner=DirectRunner");
    assertEquals(again.err(), 0, again.exitCode());
    CommandCall twice = load("raw_events", "through.duckdb", "--mode=upsert");
    assertEquals(twice.err(), 0, twice.exitCode());
    assertThat(twice.out().replaceAll(" +", " "), containsString("total 5,940 "));
    assertEquals(checksum("straight.duckdb"), checksum("through.duckdb"));
    keysIdsAndDeadLetters();
  }

  private static void keysIdsAndDeadLetters() {
    Map<Integer, Set<String>> users = new HashMap<>();
    Set<String> ids = new HashSet<>();
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : WholeTopic.read(kafka, "raw_events")) {
      count++;
      users.computeIfAbsent(record.partition(), p -> new HashSet<>()).add(text(record.key()));
      ids.add(text(record.headers().lastHeader("penstock-id").value()));
    }
    assertEquals("every record twice", 5_940, count);
    assertEquals("with the same id", 2_970, ids.size());
    assertEquals(
        "a user is in one partition", 50, users.values().stream().mapToInt(Set::size).sum());
    Set<String> letters = new HashSet<>();
    int sent = 0;
    for (ConsumerRecord<byte[], byte[]> record :
        WholeTopic.read(kafka, "raw_events-dead-letters")) {
      sent++;
      letters.add(text(record.key()));
      assertThat(text(record.value()), containsString("\"code\":\"TYPE_TIMESTAMP\""));
      assertThat(text(record.value()), containsString("\"payload\":\"yesterday,view,"));
    }
    assertEquals("by both runs", 60, sent);
    assertEquals("under the same keys", 30, letters.size());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Test
  public void theRateIsTrue() {
    long begin = System.nanoTime();

    CommandCall call =
        send(
            "slow_events",
            "--maxRecords=1000",
            "--recordsPerSecond=400",
            "--deadLetters=" + folder.resolve("rejects"),
            "--runner=DirectRunner");

    assertEquals(call.err(), 0, call.exitCode());
    List<ConsumerRecord<byte[], byte[]>> records = WholeTopic.read(kafka, "slow_events");
    assertEquals(990, records.size());
    long took = records.get(records.size() - 1).timestamp() - records.get(0).timestamp();
    // 989 distances of 2.5 ms; producers give their time to a record when it is sent.
    assertThat("milliseconds", took, greaterThan(2_350L));
    assertThat("milliseconds", took, lessThan(4_000L));
    assertThat(Duration.ofNanos(System.nanoTime() - begin).toSeconds(), lessThan(40L));
  }

  @Test
  public void aTopicThatShallNotBeMadeMustBeThere() {
    CommandCall call = send("nowhere", "--createTopic=false", "--deadLetters=rejects");

    assertEquals(2, call.exitCode());
    assertThat(
        call.err().replaceAll("\\s+", " "),
        containsString(
            "There is no topic nowhere at "
                + kafka.bootstrapServers()
                + ". Create it, or name another"));
  }
}
