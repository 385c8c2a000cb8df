package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/**
 * Bytes that are no UTF-8 are found wherever they stand, although readers look closely only at
 * records with other bytes than ASCII. Java's own decoder says what is right.
 */
@RunWith(JUnit4.class)
public class JsonEncodingTest {
  private static final int RECORDS = 20_000;

  private static final String THING =
      "{\"order_id\":7,\"größe\":\"Kaffeemühle 😀\",\"amount\":\"1.50\",\"status\":\"new\","
          + "\"tags\":[\"ä\",{\"ö\":\"\\u00fc\"}]}";
  private static final String EVENT =
      "{\"before\":null,\"after\":"
          + THING
          + ",\"source\":{\"db\":\"läden\",\"table\":\"orders\",\"lsn\":4294967297,"
          + "\"sequence\":\"[\\\"ß%d\\\"]\",\"ts_ms\":1702346123456},\"op\":\"c\","
          + "\"ts_ms\":1702346123999}";

  /** Where the bytes stop being UTF-8, or -1. */
  private static int malformedAt(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    boolean malformed =
        UTF_8.newDecoder().decode(rest, CharBuffer.allocate(bytes.length), true).isMalformed();
    return malformed ? rest.position() : -1;
  }

  private static byte[] broken(Random random, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, at);
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] |= (byte) 0x80;
      default -> {
        return bytes;
      }
    }
    return bytes;
  }

  private static void assertFound(RowParser<RecordBytes> parser, String text) {
    Random random = new Random(5);
    int malformed = 0;
    int rows = 0;
    for (int i = 0; i < RECORDS; i++) {
      byte[] bytes = broken(random, text.replace("%d", Integer.toString(i)));
      RecordBytes record = new RecordBytes();
      record.set(bytes, 0, bytes.length);
      boolean read = parser.parse(record) != null;
      int at = malformedAt(bytes);
      List<Reason> expected =
          at < 0
              ? parser.reasons().stream().filter(each -> !isEncoding(each)).toList()
              : List.of(JsonFaults.encoding(at, bytes[at]));
      assertEquals(new String(bytes, UTF_8), expected, parser.reasons());
      malformed += at < 0 ? 0 : 1;
      rows += read ? 1 : 0;
    }
    assertThat(malformed, greaterThan(RECORDS / 4));
    assertThat(rows, greaterThan(RECORDS / 4));
  }

  private static boolean isEncoding(Reason reason) {
    return reason.code().equals("JSON_ENCODING");
  }

  @Test
  public void inRecordsOfJson() {
    assertFound(ParseJson.to(DebeziumEvents.ORDERS).parser(), THING);
  }

  @Test
  public void inChangeEventsThatAreComparedWithEarlierOnes() {
    assertFound(DebeziumEvents.PARSE.parser(), EVENT);
  }

  @Test
  public void inTheOneTextThatDiffersFromEarlierEvents() {
    String ascii = EVENT.replace(THING, DebeziumEvents.ROW).replace("läden", "shops");
    assertFound(DebeziumEvents.PARSE.parser(), ascii);
    assertFound(DebeziumEvents.PARSE.parser(), ascii.replace("ß%d", "%dß"));
  }

  @Test
  public void inEventAfterEventOfWhichEachHasTheSameMalformedBytes() {
    RowParser<RecordBytes> parser = DebeziumEvents.PARSE.parser();
    byte[] event = EVENT.replace(THING, DebeziumEvents.ROW).getBytes(UTF_8);
    int at = new String(event, ISO_8859_1).indexOf("l\u00c3\u00a4den") + 2;
    event[at] = 'x';
    RecordBytes record = new RecordBytes();
    record.set(event, 0, event.length);
    for (int i = 0; i < 5; i++) {
      assertNull(parser.parse(record));
      assertEquals(List.of(JsonFaults.encoding(at - 1, event[at - 1])), parser.reasons());
    }
  }

  @Test
  public void inChangeEventsWithTheirSchema() {
    assertFound(
        DebeziumEvents.PARSE.parser(),
        "{\"schema\":{\"type\":\"struct\",\"name\":\"läden\"},\"payload\":" + EVENT + "}");
  }
}
