package dev.penstock.io.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro values as JSON, straight from their encoding: decimals digit by digit, dates and
 * times in ISO 8601, enums as their symbols, bytes in Base64, and what has no value as null.
 */
final class AvroJson {
  /** Values in each other; a schema that contains itself has no other end. */
  private static final int MAX_NESTING = 200;

  private static final long DAY_MICROS = 86_400_000_000L;

  private final Schema schema;
  private int depth;

  private AvroJson(Schema schema) {
    this.schema = schema;
  }

  /** A writer of values of this schema; serves one thread. */
  static AvroJson of(Schema schema) {
    return new AvroJson(schema);
  }

  /** Writes the value that the decoder stands at. */
  void write(Decoder in, JsonGenerator out) throws IOException {
    depth = 0;
    write(schema, in, out);
  }

  private void write(Schema type, Decoder in, JsonGenerator out) throws IOException {
    switch (type.getType()) {
      case NULL -> {
        in.readNull();
        out.writeNull();
      }
      case BOOLEAN -> out.writeBoolean(in.readBoolean());
      case INT -> integer(type.getLogicalType(), in.readInt(), out);
      case LONG -> integer(type.getLogicalType(), in.readLong(), out);
      case FLOAT -> out.writeNumber(in.readFloat());
      case DOUBLE -> out.writeNumber(in.readDouble());
      case STRING -> out.writeString(in.readString());
      case ENUM -> out.writeString(type.getEnumSymbols().get(in.readEnum()));
      case BYTES -> bytes(type, array(in.readBytes(null)), out);
      case FIXED -> {
        byte[] fixed = new byte[type.getFixedSize()];
        in.readFixed(fixed);
        bytes(type, fixed, out);
      }
      case UNION -> write(type.getTypes().get(in.readIndex()), in, out);
      case RECORD, ARRAY, MAP -> container(type, in, out);
    }
  }

  private void container(Schema type, Decoder in, JsonGenerator out) throws IOException {
    if (++depth > MAX_NESTING) {
      throw new IOException("a record nests more than " + MAX_NESTING + " values");
    }
    switch (type.getType()) {
      case RECORD -> record(type, in, out);
      case ARRAY -> items(type, in, out);
      default -> entries(type, in, out);
    }
    depth--;
  }

  private void record(Schema type, Decoder in, JsonGenerator out) throws IOException {
    out.writeStartObject();
    List<Schema.Field> fields = type.getFields();
    for (int i = 0; i < fields.size(); i++) {
      Schema.Field field = fields.get(i);
      out.writeFieldName(field.name());
      write(field.schema(), in, out);
    }
    out.writeEndObject();
  }

  private void items(Schema type, Decoder in, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        write(type.getElementType(), in, out);
      }
    }
    out.writeEndArray();
  }

  private void entries(Schema type, Decoder in, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
      for (long i = 0; i < left; i++) {
        out.writeFieldName(in.readString());
        write(type.getValueType(), in, out);
      }
    }
    out.writeEndObject();
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static void bytes(Schema type, byte[] value, JsonGenerator out) throws IOException {
    if (!(type.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
      out.writeBinary(value);
    } else if (value.length == 0) {
      throw new IOException("a decimal has no digits");
    } else {
      out.writeNumber(new BigDecimal(new BigInteger(value), decimal.getScale()));
    }
  }

  private static void integer(@Nullable LogicalType type, long value, JsonGenerator out)
      throws IOException {
    if (type instanceof LogicalTypes.Date) {
      out.writeString(LocalDate.ofEpochDay(value).toString());
    } else if (type instanceof LogicalTypes.TimestampMicros) {
      out.writeString(instant(value).toString());
    } else if (type instanceof LogicalTypes.TimestampMillis) {
      out.writeString(Instant.ofEpochMilli(value).toString());
    } else if (type instanceof LogicalTypes.LocalTimestampMicros) {
      out.writeString(local(instant(value)));
    } else if (type instanceof LogicalTypes.LocalTimestampMillis) {
      out.writeString(local(Instant.ofEpochMilli(value)));
    } else if (type instanceof LogicalTypes.TimeMicros) {
      time(value, 1, out);
    } else if (type instanceof LogicalTypes.TimeMillis) {
      time(value, 1_000, out);
    } else {
      out.writeNumber(value);
    }
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  private static String local(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  /** A time of day, or the bare number where it is none. */
  private static void time(long value, long unit, JsonGenerator out) throws IOException {
    if (value < 0 || value >= DAY_MICROS / unit) {
      out.writeNumber(value);
    } else {
      out.writeString(LocalTime.ofNanoOfDay(value * unit * 1_000).toString());
    }
  }
}
