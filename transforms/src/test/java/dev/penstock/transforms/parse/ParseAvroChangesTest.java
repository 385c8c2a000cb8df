package dev.penstock.transforms.parse;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Change events of Debezium in Avro, as its converter for Avro lays them out. */
@RunWith(JUnit4.class)
public class ParseAvroChangesTest {
  private static final String VALUE =
      """
      {"type": "record", "name": "Value", "namespace": "shop.public.orders", "fields": [
        {"name": "id", "type": "int"},
        {"name": "amount", "type": ["null", {"type": "bytes", "scale": 2, "precision": 10,
          "connect.name": "org.apache.kafka.connect.data.Decimal", "logicalType": "decimal"}]},
        {"name": "created_at", "type": ["null", {"type": "long",
          "connect.name": "io.debezium.time.MicroTimestamp"}]}
      ]}""";

  private static final Schema ENVELOPE =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Envelope", "namespace": "shop.public.orders", "fields": [
                {"name": "before", "type": ["null", %s], "default": null},
                {"name": "after", "type": ["null", "shop.public.orders.Value"], "default": null},
                {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
                  {"name": "ts_ms", "type": "long"},
                  {"name": "lsn", "type": ["null", "long"]}]}},
                {"name": "op", "type": "string"},
                {"name": "ts_ms", "type": ["null", "long"]}
              ]}"""
                  .formatted(VALUE));

  private static final DataContract ORDERS =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true, required: true",
          "name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: created_at, logicalType: timestamp");

  private final RowParser<RecordBytes> parser =
      ParseAvro.to(ORDERS).withSchema(ENVELOPE.toString()).withChanges(true).parser();

  private static GenericRecord order(int id, String amount) {
    Schema schema = ENVELOPE.getField("before").schema().getTypes().get(1);
    GenericRecord order = new GenericData.Record(schema);
    order.put("id", id);
    order.put("amount", ByteBuffer.wrap(new BigDecimal(amount).unscaledValue().toByteArray()));
    order.put("created_at", 1_702_346_123_000_001L);
    return order;
  }

  private static RecordBytes event(
      String op, @Nullable GenericRecord before, @Nullable GenericRecord after) throws IOException {
    GenericRecord source = new GenericData.Record(ENVELOPE.getField("source").schema());
    source.put("ts_ms", 1_702_346_123_456L);
    source.put("lsn", 9_007_199_254_740_993L);
    GenericRecord event = new GenericData.Record(ENVELOPE);
    event.put("before", before);
    event.put("after", after);
    event.put("source", source);
    event.put("op", op);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(ENVELOPE).write(event, encoder);
    encoder.flush();
    return bytes(out.toByteArray());
  }

  private static RecordBytes bytes(byte[] bytes) {
    RecordBytes record = new RecordBytes();
    record.set(bytes, 0, bytes.length);
    return record;
  }

  @Test
  public void anEventIsTheRowAsItIsAfterItWithEveryDigitAndMicrosecond() throws Exception {
    Row row = Objects.requireNonNull(parser.parse(event("c", null, order(7, "999.99"))));

    assertEquals(7L, (Object) row.getInt64("id"));
    assertEquals(new BigDecimal("999.99"), row.getDecimal("amount"));
    assertEquals(
        Instant.parse("2023-12-12T01:55:23.000001Z"),
        row.getLogicalTypeValue("created_at", Instant.class));
    Change change = Objects.requireNonNull(Change.of(row));
    assertEquals(Change.Operation.INSERT, change.operation());
    assertEquals(9_007_199_254_740_993L, (Object) change.version());
    assertEquals(Instant.parse("2023-12-12T01:55:23.456Z"), change.time());
  }

  @Test
  public void aDeletionIsTheRowAsItWas() throws Exception {
    Row row = Objects.requireNonNull(parser.parse(event("d", order(8, "0.10"), null)));

    assertEquals(8L, (Object) row.getInt64("id"));
    assertEquals(Change.Operation.DELETE, Objects.requireNonNull(Change.of(row)).operation());
  }

  @Test
  public void aTombstoneIsLeftOutAndOtherBytesAreADeadLetter() {
    assertNull(parser.parse(bytes(new byte[0])));
    assertEquals(List.of(), parser.reasons());

    assertNull(parser.parse(bytes(BigInteger.ONE.toByteArray())));
    assertEquals(List.of("AVRO_MALFORMED"), parser.reasons().stream().map(Reason::code).toList());
    assertNotNull(parser.reasons().get(0).message());
  }
}
