package dev.penstock.samples.streaming;

import static org.junit.Assert.assertEquals;

import dev.penstock.samples.streaming.DebeziumConnector.Decimals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Writes the files in {@code transforms/src/test/resources/debezium}: what the real connector sends
 * for one table with columns of every type, in each encoding. By its name it is no test of the
 * build; CONTRIBUTING.md says how to run it when Debezium's version changes.
 */
public final class CaptureDebeziumEvents {
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

  private static final Path OUTPUT =
      Path.of(System.getProperty("penstock.root"), "transforms/src/test/resources/debezium");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void everyEncodingIsWritten() throws Exception {
    Path folder = temporary.getRoot().toPath();
    try (LocalKafka kafka = LocalKafka.start(folder);
        LocalPostgres source = LocalPostgres.source(folder);
        LocalConnect connect = LocalConnect.start(folder, kafka)) {
      for (Decimals decimals : Decimals.values()) {
        for (boolean unwrapped : new boolean[] {false, true}) {
          for (boolean schemas : new boolean[] {false, true}) {
            String name = name(decimals, unwrapped, schemas);
            DebeziumConnector connector =
                DebeziumConnector.of(name, name)
                    .capturing(source, "public.everything")
                    .withDecimals(decimals)
                    .withSchemas(schemas)
                    .with("skipped.operations", "none")
                    // A deleted connector leaves its slot behind, and there are ten of them.
                    .with("slot.drop.on.stop", "true");
            prepare(source);
            connect.connectors().create(unwrapped ? connector.unwrapped() : connector);
            connect.connectors().awaitRunning(name, Duration.ofSeconds(60));
            // A truncation has no key and no row, so that unwrapping leaves nothing of it.
            write(name, kafka, source, unwrapped ? 9 : 10);
            connect.connectors().delete(name);
          }
        }
      }
    }
  }

  private static String name(Decimals decimals, boolean unwrapped, boolean schemas) {
    return (unwrapped ? "unwrapped" : "envelope")
        + "-decimals-"
        + decimals.name().toLowerCase(Locale.ROOT)
        + (schemas ? "-with-schemas" : "");
  }

  private static void prepare(LocalPostgres source) throws SQLException {
    source.execute(
        "DROP TABLE IF EXISTS everything",
        CREATE,
        "ALTER TABLE everything REPLICA IDENTITY FULL",
        USUAL,
        EMPTY);
  }

  private static void write(String name, LocalKafka kafka, LocalPostgres source, int events)
      throws IOException, SQLException {
    String topic = name + ".public.everything";
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), topic)) {
      assertEquals("snapshot", 2, reader.await(2).size());
      source.execute(
          EXTREME,
          "UPDATE everything SET price = 1000.10, active = NULL WHERE id = 1",
          "UPDATE everything SET id = 30 WHERE id = 3",
          "DELETE FROM everything WHERE id = 2",
          "TRUNCATE everything");
      String lines =
          reader.await(events).stream()
              .map(CaptureDebeziumEvents::line)
              .collect(Collectors.joining());
      Files.writeString(OUTPUT.resolve(name + ".jsonl"), lines);
    }
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
