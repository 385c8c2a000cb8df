package dev.penstock.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** An event as an Avro record, or a rejected line. */
public final class Event implements IndexedRecord {
  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "shop_events", "fields": [
                {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "event_type", "type": "string"},
                {"name": "product_id", "type": "string"},
                {"name": "category_id", "type": ["null", "string"]},
                {"name": "category_code", "type": ["null", "string"]},
                {"name": "brand", "type": ["null", "string"]},
                {"name": "price", "type": ["null",
                  {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}]},
                {"name": "user_id", "type": "string"},
                {"name": "user_session", "type": ["null", "string"]}
              ]}
              """);

  final String rejected;
  private final Object[] values;

  private Event(String rejected, Object[] values) {
    this.rejected = rejected;
    this.values = values;
  }

  /** A line that has just been read, with the reasons against it. */
  static Event of(Line line, String reasons, byte[] bytes, int from, int to) {
    if (!reasons.isEmpty()) {
      return new Event(
          reasons + "\t" + new String(bytes, from, to - from, StandardCharsets.UTF_8), null);
    }
    Object[] values = new Object[Line.FIELDS];
    for (int field = 0; field < Line.FIELDS; field++) {
      int start = line.start[field];
      if (field == Line.TIME) {
        values[field] = line.micros;
      } else if (line.length[field] == 0) {
        values[field] = null;
      } else if (field == Line.PRICE) {
        values[field] = bigEndian(line.cents);
      } else {
        values[field] =
            new Utf8(Arrays.copyOfRange(line.holder(field), start, start + line.length[field]));
      }
    }
    return new Event(null, values);
  }

  /** The shortest two's complement, as Avro writes the digits of a decimal. */
  private static ByteBuffer bigEndian(long digits) {
    int size = (64 - Long.numberOfLeadingZeros(digits)) / 8 + 1;
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[size - 1 - i] = (byte) (digits >>> 8 * i);
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public Object get(int field) {
    return values[field];
  }

  @Override
  public void put(int field, Object value) {
    values[field] = value;
  }

  @Override
  public Schema getSchema() {
    return SCHEMA;
  }
}
