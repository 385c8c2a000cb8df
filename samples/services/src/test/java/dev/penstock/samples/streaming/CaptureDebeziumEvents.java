package dev.penstock.samples.streaming;

import dev.penstock.samples.streaming.DebeziumConnector.Decimals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes the files in {@code transforms/src/test/resources/debezium}: what the real connector sends
 * for one table with columns of every type, in each encoding. A main class, to be run by hand when
 * Debezium's version changes; it takes the folder to write to.
 */
final class CaptureDebeziumEvents {
  private static final String CREATE =
      """
      CREATE TABLE everything (
        id serial PRIMARY KEY,
        quantity int,
        total_views bigint,
        price numeric(10,2),
        ratio numeric,
        name varchar(40),
        note text,
        active boolean,
        birthday date,
        opens_at time,
        changed_at timestamp(3),
        created_at timestamp(6),
        seen_at timestamptz,
        attributes jsonb,
        token uuid,
        picture bytea,
        tags text[])
      """;

  private static final String USUAL =
      """
      INSERT INTO everything VALUES (DEFAULT, 3, 5000000000, 999.99, 0.3333333333333333333333, 'iPhone 15',
        'two lines:\nsecond "quoted" \\ line', true, '2023-12-11', '10:15:23.123456', '2023-12-11 10:15:23.123',
        '2023-12-11 10:15:23.123456', '2023-12-11 11:15:23.123456+01', '{"colour": "blue", "sizes": [1, 2.50]}',
        '6f1b4f3e-8d2a-4b6a-9a57-0c5d2f0e7c11', '\\x00ff10', ARRAY['new', 'Zürich', NULL])
      """;

  private static final String EMPTY = "INSERT INTO everything (id) VALUES (DEFAULT)";

  private static final String EXTREME =
      """
      INSERT INTO everything VALUES (DEFAULT, -2147483648, 9223372036854775807, -99999999.99,
        123456789012345678901234567890.000000000001, '', '日本語 😀', false, '1899-12-31', '23:59:59.999999',
        '1969-12-31 23:59:59.999', '0001-01-01 00:00:00.000001', '9999-12-31 23:59:59.999999+00', '[]',
        '00000000-0000-0000-0000-000000000000', '', ARRAY[]::text[])
      """;

  private final LocalPostgres source;
  private final LocalKafka kafka;
  private final LocalConnect connect;
  private final Path output;

  private CaptureDebeziumEvents(
      LocalPostgres source, LocalKafka kafka, LocalConnect connect, Path output) {
    this.source = source;
    this.kafka = kafka;
    this.connect = connect;
    this.output = output;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("capture");
    try (LocalKafka kafka = LocalKafka.start(folder);
        LocalPostgres source = LocalPostgres.source(folder);
        LocalConnect connect = LocalConnect.start(folder, kafka)) {
      CaptureDebeziumEvents capture =
          new CaptureDebeziumEvents(
              source, kafka, connect, Files.createDirectories(Path.of(args[0])));
      for (Decimals decimals : Decimals.values()) {
        for (boolean unwrapped : new boolean[] {false, true}) {
          for (boolean schemas : new boolean[] {false, true}) {
            capture.write(decimals, unwrapped, schemas);
          }
        }
      }
    }
  }

  private void write(Decimals decimals, boolean unwrapped, boolean schemas)
      throws IOException, SQLException {
    String name =
        (unwrapped ? "unwrapped" : "envelope")
            + "-decimals-"
            + decimals.name().toLowerCase(Locale.ROOT)
            + (schemas ? "-with-schemas" : "");
    DebeziumConnector connector =
        DebeziumConnector.of(name, name)
            .capturing(source, "public.everything")
            .withDecimals(decimals)
            .withSchemas(schemas)
            .with("skipped.operations", "none")
            // A deleted connector leaves its slot behind, and there are ten of them.
            .with("slot.drop.on.stop", "true");
    source.execute("DROP TABLE IF EXISTS everything", CREATE, identity(), USUAL, EMPTY);
    connect.connectors().create(unwrapped ? connector.unwrapped() : connector);
    connect.connectors().awaitRunning(name, Duration.ofSeconds(60));
    try (TopicReader topic =
        new TopicReader(kafka.bootstrapServers(), name + ".public.everything")) {
      var snapshot = topic.await(2);
      change();
      // A truncation has no key and no row, so that unwrapping leaves nothing of it.
      var all = topic.await(snapshot.size() + (unwrapped ? 7 : 8));
      Files.writeString(
          output.resolve(name + ".jsonl"),
          all.stream().map(CaptureDebeziumEvents::line).collect(Collectors.joining()));
    }
    connect.connectors().delete(name);
    System.out.println(name);
  }

  private static String identity() {
    return "ALTER TABLE everything REPLICA IDENTITY FULL";
  }

  private void change() throws SQLException {
    source.execute(
        EXTREME,
        "UPDATE everything SET price = 1000.10, active = NULL WHERE id = 1",
        "UPDATE everything SET id = 30 WHERE id = 3",
        "DELETE FROM everything WHERE id = 2",
        "TRUNCATE everything");
  }

  /** Key and value as they were sent, byte for byte, in one JSON object. */
  private static String line(ConsumerRecord<String, String> record) {
    return "{\"offset\":"
        + record.offset()
        + ",\"timestamp\":"
        + record.timestamp()
        + ",\"key\":"
        + record.key()
        + ",\"value\":"
        + record.value()
        + "}\n";
  }
}
