package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.Damage.splice;
import static dev.penstock.transforms.parse.DebeziumEvents.captured;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Real events, damaged at random: never more than dead letters. */
@RunWith(JUnit4.class)
public class PoisonedEventsTest {
  private static final int DAMAGES = 60;

  private static final List<String> PIECES =
      List.of(
          "null",
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "-",
          "1e999999999",
          "NaN",
          "\\ud800",
          "\0",
          "{\"scale\":2,\"value\":\"AYaf\"}",
          "\"AYaf\"",
          "\"op\":\"d\",",
          "\"after\":null,",
          "9223372036854775808",
          "__debezium_unavailable_value",
          "\u00ff");

  private static final DataContract CONTRACT =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true",
          "name: total_views, logicalType: integer",
          "name: price, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: ratio, logicalType: number",
          "name: note, logicalType: string",
          "name: birthday, logicalType: date",
          "name: opens_at, logicalType: time",
          "name: changed_at, logicalType: timestamp,"
              + " customProperties: [{property: temporalEncoding, value: millis}]",
          "name: created_at, logicalType: timestamp",
          "name: seen_at, logicalType: timestamp",
          "name: attributes, logicalType: object, properties: [{name: colour, logicalType: string},"
              + " {name: sizes, logicalType: array, items: {logicalType: number}}]",
          "name: tags, logicalType: array, items: {logicalType: string}",
          "name: version, logicalType: integer,"
              + " customProperties: [{property: changeMetadata, value: version}]",
          "name: captured, logicalType: timestamp,"
              + " customProperties: [{property: changeMetadata, value: eventTime}]");

  private static List<byte[]> events() throws IOException {
    List<byte[]> events = new ArrayList<>();
    for (String form : List.of("envelope", "unwrapped")) {
      for (String mode : List.of("precise", "string", "double")) {
        for (String schemas : List.of("", "-with-schemas")) {
          captured(form + "-decimals-" + mode + schemas + ".jsonl").stream()
              .map(event -> event.getBytes(UTF_8))
              .forEach(events::add);
        }
      }
    }
    return events;
  }

  private static RecordBytes record(byte[] bytes) {
    RecordBytes record = new RecordBytes();
    record.set(bytes, 0, bytes.length);
    return record;
  }

  @Test
  public void damagedEventsAreRowsDeadLettersOrFilteredAndLeaveNoTrace() throws IOException {
    Random random = new Random(20261121);
    RowParser<RecordBytes> parser = ParseDebezium.to(CONTRACT).parser();
    int rows = 0;
    int deadLetters = 0;
    for (byte[] event : events()) {
      Row whole = ParseDebezium.to(CONTRACT).parser().parse(record(event));
      for (int i = 0; i < DAMAGES; i++) {
        Row row = parser.parse(record(damaged(event, random)));
        rows += row == null ? 0 : 1;
        deadLetters += parser.reasons().isEmpty() ? 0 : 1;
        assertTrue(row == null || parser.reasons().isEmpty());
        assertEquals(whole, parser.parse(record(event)));
      }
    }
    assertTrue("rows: " + rows, rows > 300);
    assertTrue("dead letters: " + deadLetters, deadLetters > 3_000);
  }

  private static byte[] damaged(byte[] event, Random random) {
    byte[] bytes = event.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      // Half of the damage to long events is done to their ends, where the payload is.
      int length = bytes.length;
      int from = random.nextBoolean() ? 0 : Math.max(0, length - 700);
      int at = from + random.nextInt(Math.max(1, length - from));
      int size = 1 + random.nextInt(random.nextBoolean() ? 4 : 80);
      bytes =
          switch (random.nextInt(5)) {
            case 0 ->
                splice(bytes, at, 0, PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
            case 1 -> splice(bytes, at, size, new byte[0]);
            case 2 -> splice(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 3 ->
                splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, Math.min(length, at + size)));
            default -> Arrays.copyOf(bytes, at);
          };
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  @Test
  public void anEventThatIsCutOffIsNeverARow() throws IOException {
    RowParser<RecordBytes> parser = ParseDebezium.to(CONTRACT).parser();
    for (String file :
        List.of(
            "envelope-decimals-precise-with-schemas.jsonl", "unwrapped-decimals-string.jsonl")) {
      byte[] event = captured(file).get(0).getBytes(UTF_8);
      assertNotNull(parser.parse(record(event)));
      for (int length = 1; length < event.length; length++) {
        assertNull(parser.parse(record(Arrays.copyOf(event, length))));
        assertFalse(parser.reasons().isEmpty());
      }
    }
  }
}
