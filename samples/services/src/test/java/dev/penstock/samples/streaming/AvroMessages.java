package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Messages in Avro whose values floating point could not hold, among them some that cannot be read:
 * plain records of two versions of a schema, and Debezium's events.
 */
final class AvroMessages {
  static final String READINGS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: readings
      version: 1.0.0
      status: active
      schema:
        - name: TABLE
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: amount, logicalType: number, physicalType: 'DECIMAL(23,6)'}
            - {name: count, logicalType: integer}
            - {name: at, logicalType: timestamp}
      """;

  static final String ACCOUNTS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: accounts
      version: 1.0.0
      status: active
      schema:
        - name: TABLE
          logicalType: object
          properties:
            - {name: id, logicalType: integer, primaryKey: true, required: true}
            - {name: balance, logicalType: number, physicalType: 'DECIMAL(10,2)'}
      """;

  private static final String AMOUNT =
      "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 23, \"scale\": 6}";

  private static final Schema OLD =
      schema(
          """
          {"type": "record", "name": "Reading", "fields": [
            {"name": "count", "type": "long"},
            {"name": "id", "type": "int"},
            {"name": "amount", "type": %s}]}"""
              .formatted(AMOUNT));

  private static final Schema NEW =
      schema(
          """
          {"type": "record", "name": "Reading", "fields": [
            {"name": "id", "type": "long"},
            {"name": "amount", "type": %s},
            {"name": "count", "type": ["null", "long"]},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}"""
              .formatted(AMOUNT));

  private static final Schema ENVELOPE =
      schema(
          """
          {"type": "record", "name": "Envelope", "namespace": "bank", "fields": [
            {"name": "before", "default": null, "type": ["null", {
              "type": "record", "name": "Value", "fields": [
                {"name": "id", "type": "long"},
                {"name": "balance", "type": ["null", {"type": "bytes", "scale": 2, "precision": 10,
                  "connect.name": "org.apache.kafka.connect.data.Decimal",
                  "logicalType": "decimal"}]}]}]},
            {"name": "after", "type": ["null", "bank.Value"], "default": null},
            {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
              {"name": "ts_ms", "type": "long"},
              {"name": "lsn", "type": ["null", "long"]}]}},
            {"name": "op", "type": "string"}]}""");

  private static final int UNKNOWN = 4_711;
  private static final long LARGE = 9_007_199_254_740_993L;

  private final int old;
  private final int present;
  private final int envelope;

  AvroMessages(SchemaServer registry) {
    old = registry.register(OLD);
    present = registry.register(NEW);
    envelope = registry.register(ENVELOPE);
  }

  private static Schema schema(String text) {
    return new Schema.Parser().parse(text);
  }

  private static ByteBuffer decimal(String digits) {
    return ByteBuffer.wrap(new BigDecimal(digits).unscaledValue().toByteArray());
  }

  /** Three that can be read, at the offsets 0, 2 and 5. */
  List<byte[]> readings() throws IOException {
    byte[] good = SchemaServer.message(present, reading(2, "-0.000001", Long.MIN_VALUE));
    GenericRecord small = new GenericData.Record(OLD);
    small.put("id", 3);
    small.put("amount", decimal("0.000000"));
    small.put("count", 0L);
    return List.of(
        SchemaServer.message(present, reading(1, "12345678901234567.890123", Long.MAX_VALUE)),
        SchemaServer.message(UNKNOWN, reading(9, "9.000000", 9)),
        good,
        Arrays.copyOf(good, good.length - 3),
        "{\"id\": 9}".getBytes(UTF_8),
        SchemaServer.message(old, small));
  }

  private static GenericRecord reading(long id, String amount, long count) {
    GenericRecord reading = new GenericData.Record(NEW);
    reading.put("id", id);
    reading.put("amount", decimal(amount));
    reading.put("count", count);
    reading.put("at", 1_705_314_600_000_001L);
    return reading;
  }

  /** An account that changes twice, one that is deleted, and one of an unknown schema. */
  List<byte[]> changes() throws IOException {
    GenericRecord first = account(LARGE, "0.10");
    GenericRecord other = account(LARGE + 1, "99999999.99");
    return List.of(
        SchemaServer.message(envelope, change("c", null, first, 0)),
        SchemaServer.message(envelope, change("c", null, other, 1)),
        SchemaServer.message(envelope, change("u", first, account(LARGE, "0.30"), 2)),
        SchemaServer.message(envelope, change("d", other, null, 3)),
        SchemaServer.message(UNKNOWN, change("d", first, null, 4)));
  }

  private static GenericRecord account(long id, String balance) {
    GenericRecord account =
        new GenericData.Record(ENVELOPE.getField("before").schema().getTypes().get(1));
    account.put("id", id);
    account.put("balance", decimal(balance));
    return account;
  }

  private static GenericRecord change(
      String op, @Nullable GenericRecord before, @Nullable GenericRecord after, int number) {
    GenericRecord source = new GenericData.Record(ENVELOPE.getField("source").schema());
    source.put("ts_ms", 1_702_346_123_456L);
    source.put("lsn", LARGE + number);
    GenericRecord change = new GenericData.Record(ENVELOPE);
    change.put("before", before);
    change.put("after", after);
    change.put("source", source);
    change.put("op", op);
    return change;
  }
}
