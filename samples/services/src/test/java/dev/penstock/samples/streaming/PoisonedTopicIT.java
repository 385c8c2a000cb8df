package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A real topic with every kind of bad message among good ones: each bad one becomes a dead letter
 * with its reason and position, and nothing else does.
 */
public final class PoisonedTopicIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: events
      version: VERSION
      status: active
      schema:
        - name: events
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - name: kind
              logicalType: string
              logicalTypeOptions: {pattern: 'KINDS'}
            - {name: price, logicalType: number, physicalType: 'DECIMAL(12,2)'}
            - {name: at, logicalType: timestamp}
            - {name: tags, logicalType: array, items: {logicalType: string}}
      """;

  private static LocalKafka kafka;
  private static Path folder;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath();
    kafka = LocalKafka.start(folder);
    contract("strict.yaml", "1.0.0", "^view$");
    contract("mended.yaml", "1.1.0", "^(view|cart)$");
  }

  private static void contract(String name, String version, String kinds) throws IOException {
    Files.writeString(
        folder.resolve(name), CONTRACT.replace("VERSION", version).replace("KINDS", kinds));
  }

  @AfterClass
  public static void stop() {
    kafka.close();
  }

  /** Bad messages by the reason that is expected of them. */
  private static Map<String, byte[]> poison() {
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("JSON_MALFORMED empty", new byte[0]);
    bad.put("JSON_MALFORMED cut off", "{\"id\": 1, \"kind\": \"vi".getBytes(UTF_8));
    bad.put("JSON_MALFORMED trailing garbage", "{\"id\": 1} {\"id\": 2}".getBytes(UTF_8));
    bad.put("JSON_MALFORMED not a number", "{\"id\": NaN}".getBytes(UTF_8));
    bad.put("JSON_ENCODING binary", new byte[] {0, 0, 0, 0, 1, 14});
    bad.put("JSON_NOT_OBJECT array", "[{\"id\": 1}]".getBytes(UTF_8));
    bad.put("JSON_NOT_OBJECT null", "null".getBytes(UTF_8));
    bad.put("JSON_DUPLICATE_KEY", "{\"id\": 1, \"id\": 2}".getBytes(UTF_8));
    bad.put("JSON_ENCODING", new byte[] {'{', '"', 'k', (byte) 0xFF, '"', ':', '1', '}'});
    bad.put(
        "JSON_NESTING",
        ("{\"id\": 1, \"more\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(UTF_8));
    bad.put("TYPE_INTEGER text", "{\"id\": \"one\"}".getBytes(UTF_8));
    bad.put("TYPE_INTEGER digits", ("{\"id\": " + "9".repeat(5_000) + "}").getBytes(UTF_8));
    bad.put("TYPE_STRING", "{\"id\": 1, \"kind\": 5}".getBytes(UTF_8));
    bad.put("TYPE_NUMBER", "{\"id\": 1, \"price\": \"cheap\"}".getBytes(UTF_8));
    bad.put("TYPE_TIMESTAMP", "{\"id\": 1, \"at\": \"yesterday\"}".getBytes(UTF_8));
    bad.put("TYPE_ARRAY", "{\"id\": 1, \"tags\": \"a\"}".getBytes(UTF_8));
    bad.put("REQUIRED", "{\"kind\": \"view\"}".getBytes(UTF_8));
    bad.put("PATTERN", "{\"id\": 1, \"kind\": \"cart\"}".getBytes(UTF_8));
    bad.put("PRECISION", "{\"id\": 1, \"price\": 1.234}".getBytes(UTF_8));
    byte[] huge = new byte[900_000];
    Arrays.fill(huge, (byte) '{');
    bad.put("JSON_MALFORMED huge", huge);
    return bad;
  }

  private static byte[] good(int id) {
    return ("{\"id\": "
            + id
            + ", \"kind\": \"view\", \"price\": 9999999999.99, \"at\": \"2024-01-15T10:30:00Z\","
            + " \"tags\": [\"a\"]}")
        .getBytes(UTF_8);
  }

  private static CommandCall load(String topic, String contract, String database, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "kafka-to-warehouse",
                "--contract=" + folder.resolve(contract),
                "--bootstrapServers=" + kafka.bootstrapServers(),
                "--topic=" + topic,
                "--until=latest",
                "--runner=DirectRunner",
                "--to=jdbc:duckdb:" + folder.resolve(database)));
    words.addAll(List.of(more));
    return CommandCall.of(words);
  }

  private static List<String> texts(String database, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(database));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        texts.add(found.getString(1));
      }
    }
    return texts;
  }

  @Test
  public void everyBadMessageIsADeadLetterWithReasonAndPositionAndNothingElseIs() throws Exception {
    List<byte[]> messages = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, byte[]> bad : poison().entrySet()) {
      messages.add(good(1_000 + messages.size()));
      expected.add(
          messages.size() + " " + bad.getKey().split(" ", 2)[0] + " " + bad.getValue().length);
      messages.add(bad.getValue());
    }
    messages.add(good(2_000));
    WholeTopic.fill(kafka, "poisoned", messages);

    CommandCall call = load("poisoned", "strict.yaml", "poisoned.duckdb");

    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        expected,
        texts(
            "poisoned.duckdb",
            "SELECT byte_offset || ' ' || reason_codes || ' ' || octet_length(payload) FROM"
                + " penstock_dead_letters WHERE source = 'poisoned-0' ORDER BY byte_offset"));
    assertEquals(
        List.of(String.valueOf(poison().size() + 1)),
        texts("poisoned.duckdb", "SELECT count(*)::text FROM events WHERE price = 9999999999.99"));
    assertThat(
        call.out().replaceAll(" +", " "),
        containsString(
            "poisoned-0 " + messages.size() + " " + (poison().size() + 1) + " " + poison().size()));
  }

  @Test
  public void lettersInATopicAreReplayedOnceAndBuried() throws Exception {
    WholeTopic.fill(
        kafka,
        "shop",
        List.of(
            good(1),
            "{\"id\": 2, \"kind\": \"cart\", \"price\": 2.50}".getBytes(UTF_8),
            "{\"id\": 3, \"kind\": \"none\"}".getBytes(UTF_8),
            "{".getBytes(UTF_8)));
    CommandCall first = load("shop", "strict.yaml", "shop.duckdb", "--deadLetters=kafka:rejects");
    assertEquals(first.err(), 0, first.exitCode());
    CommandCall again = load("shop", "strict.yaml", "shop.duckdb", "--deadLetters=kafka:rejects");
    assertEquals(again.err(), 0, again.exitCode());
    assertEquals("three by each run", 6, WholeTopic.read(kafka, "rejects").size());

    CommandCall replay = replay();

    assertEquals(replay.err(), 0, replay.exitCode());
    assertThat(replay.out().replaceAll(" +", " "), containsString("shop-0 3 1 2 0 0 0"));
    assertThat(replay.out(), containsString("Repaired 1; 2 do not pass and stay as they are."));
    String rows =
        "SELECT concat_ws(' ', id, kind, price, _penstock_id, _penstock_source, _penstock_offset)"
            + " FROM events ORDER BY id";
    CommandCall undisturbed = load("shop", "mended.yaml", "undisturbed.duckdb");
    assertEquals(undisturbed.err(), 0, undisturbed.exitCode());
    assertEquals(texts("undisturbed.duckdb", rows), texts("shop.duckdb", rows));
    List<ConsumerRecord<byte[], byte[]>> letters = WholeTopic.read(kafka, "rejects");
    assertEquals(7, letters.size());
    assertEquals(1, letters.stream().filter(record -> record.value() == null).count());

    CommandCall nothing = replay();

    assertEquals(nothing.err(), 0, nothing.exitCode());
    assertThat(nothing.out(), containsString("Nothing to repair; 2 do not pass"));
    assertEquals(7, WholeTopic.read(kafka, "rejects").size());
  }

  private static CommandCall replay() {
    return CommandCall.of(
        List.of(
            "replay-dead-letters",
            "--contract=" + folder.resolve("mended.yaml"),
            "--from=kafka://" + kafka.bootstrapServers() + "/rejects",
            "--recordFormat=json",
            "--runner=DirectRunner",
            "--to=jdbc:duckdb:" + folder.resolve("shop.duckdb")));
  }
}
