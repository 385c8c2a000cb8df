package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Short ways to parse one change event. */
final class DebeziumEvents {
  static final DataContract ORDERS =
      Contracts.of(
          "name: order_id, logicalType: integer, primaryKey: true",
          "name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: status, logicalType: string");

  static final ParseDebezium PARSE = ParseDebezium.to(ORDERS);
  static final String ROW = "{\"order_id\":1,\"amount\":9.50,\"status\":\"new\"}";
  static final String OLD = "{\"order_id\":1,\"amount\":8.50,\"status\":\"old\"}";

  private static final String VALUE = ",\"value\":";

  private DebeziumEvents() {}

  /** The text in the middle of a buffer, where readers have it. */
  static RecordBytes bytes(String json) {
    byte[] text = ("xyz" + json + "}}").getBytes(UTF_8);
    RecordBytes bytes = new RecordBytes();
    bytes.set(text, 3, text.length - 2);
    return bytes;
  }

  /** An envelope. */
  static String event(String op, String before, String after) {
    return "{\"before\":"
        + before
        + ",\"after\":"
        + after
        + ",\"source\":{\"lsn\":4294967297,\"ts_ms\":1702346123456,\"table\":\"orders\"},"
        + "\"transaction\":null,\"op\":\""
        + op
        + "\",\"ts_ms\":1702346123999}";
  }

  /** The values of the fields of {@link #ORDERS}. */
  static List<Object> fields(Row row) {
    return row.getValues().subList(0, 3);
  }

  /** The row of an event that gives one. */
  static Row row(ParseDebezium parse, String json) {
    return row(parse.parser(), json);
  }

  static Row row(RowParser<RecordBytes> parser, String json) {
    Row row = parser.parse(bytes(json));
    assertEquals(List.of(), parser.reasons());
    return Objects.requireNonNull(row, json);
  }

  /** What the event says of its row. */
  static Change change(ParseDebezium parse, String json) {
    return Objects.requireNonNull(Change.of(row(parse, json)));
  }

  /** Why an event gives no row; empty when it counts as filtered. */
  static List<Reason> reasons(ParseDebezium parse, String json) {
    return reasons(parse.parser(), json);
  }

  static List<Reason> reasons(RowParser<RecordBytes> parser, String json) {
    assertNull(parser.parse(bytes(json)));
    return parser.reasons();
  }

  static List<String> codes(ParseDebezium parse, String json) {
    return codes(parse.parser(), json);
  }

  static List<String> codes(RowParser<RecordBytes> parser, String json) {
    return reasons(parser, json).stream().map(Reason::code).toList();
  }

  /** The value of one field in the after image of an insert of this row. */
  static @Nullable Object value(ParseDebezium parse, String field, String json) {
    return row(parse, insert("{\"" + field + "\":" + json + "}")).getValue(field);
  }

  /** An envelope around a row. */
  static String insert(String row) {
    return "{\"before\":null,\"after\":"
        + row
        + ",\"source\":{\"lsn\":7,\"ts_ms\":1702346123456},\"op\":\"c\",\"ts_ms\":1702346123500}";
  }

  /** The same event with a schema that has these fields, each in JSON. */
  static String withSchema(String event, String fields) {
    return "{\"schema\":{\"type\":\"struct\",\"fields\":["
        + "{\"type\":\"struct\",\"fields\":["
        + fields
        + "],\"optional\":true,\"field\":\"before\"},{\"type\":\"struct\",\"fields\":["
        + fields
        + "],\"optional\":true,\"field\":\"after\"}]},\"payload\":"
        + event
        + "}";
  }

  /** Values of captured Kafka records, byte for byte; "null" where there is none. */
  static List<String> captured(String file) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(
                DebeziumEvents.class.getResourceAsStream("/debezium/" + file), file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines
          .lines()
          .map(line -> line.substring(line.indexOf(VALUE) + VALUE.length(), line.length() - 1))
          .toList();
    }
  }
}
