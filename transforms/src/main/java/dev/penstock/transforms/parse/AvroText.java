package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.transforms.parse.AvroBytes.Malformed;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Says a value in Avro's binary encoding as JSON: decimals digit by digit, dates and times in ISO
 * 8601, enums by their symbols, bytes in Base64. Reused; one instance serves one thread.
 */
final class AvroText {
  /** Items and entries that take no bytes, of which a few bytes could claim any number. */
  private static final int MOST_EMPTY_ITEMS = 100_000;

  private static final long DAY_MICROS = 86_400_000_000L;

  private final AvroBytes in;
  private int depth;
  private int emptyItems;

  AvroText(AvroBytes in) {
    this.in = in;
  }

  /** Writes one value of this schema. */
  void write(Schema schema, JsonGenerator out) throws IOException, Malformed {
    depth = 0;
    emptyItems = 0;
    value(schema, out);
  }

  private void value(Schema type, JsonGenerator out) throws IOException, Malformed {
    switch (type.getType()) {
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(in.readBoolean());
      case INT -> whole(type.getLogicalType(), in.readInt(), out);
      case LONG -> whole(type.getLogicalType(), in.readLong(), out);
      case FLOAT -> out.writeNumber(in.readFloat());
      case DOUBLE -> out.writeNumber(in.readDouble());
      case STRING -> out.writeString(in.readString());
      case BYTES -> bytes(type.getLogicalType(), in.readBytes(), out);
      case FIXED -> bytes(type.getLogicalType(), in.readFixed(type.getFixedSize()), out);
      case ENUM -> out.writeString(choice(type.getEnumSymbols()));
      case UNION -> value(choice(type.getTypes()), out);
      case RECORD, ARRAY, MAP -> nested(type, out);
    }
  }

  private <T> T choice(List<T> among) throws Malformed {
    long index = in.readLong();
    if (index < 0 || index >= among.size()) {
      throw new Malformed("an enum or union has no part " + index);
    }
    return among.get((int) index);
  }

  private void nested(Schema type, JsonGenerator out) throws IOException, Malformed {
    if (++depth > JsonReader.MAX_NESTING) {
      throw new Malformed("it has more than " + JsonReader.MAX_NESTING + " values in each other");
    }
    switch (type.getType()) {
      case RECORD -> {
        out.writeStartObject();
        for (Schema.Field field : type.getFields()) {
          out.writeFieldName(field.name());
          value(field.schema(), out);
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        blocks(type.getElementType(), false, out);
        out.writeEndArray();
      }
      default -> {
        out.writeStartObject();
        blocks(type.getValueType(), true, out);
        out.writeEndObject();
      }
    }
    depth--;
  }

  private void blocks(Schema item, boolean named, JsonGenerator out) throws IOException, Malformed {
    for (long count = in.readLong(); count != 0; count = in.readLong()) {
      if (count < 0) {
        // The number of the block's bytes follows, for readers that skip it.
        long unused = in.readLong();
      }
      for (long i = count; i != 0; i -= Long.signum(count)) {
        int before = in.position();
        if (named) {
          out.writeFieldName(in.readString());
        }
        value(item, out);
        if (in.position() == before && ++emptyItems > MOST_EMPTY_ITEMS) {
          throw new Malformed("it has more than " + MOST_EMPTY_ITEMS + " items without bytes");
        }
      }
    }
  }

  private static void bytes(@Nullable LogicalType type, byte[] value, JsonGenerator out)
      throws IOException, Malformed {
    if (!(type instanceof LogicalTypes.Decimal decimal)) {
      out.writeBinary(value);
    } else if (value.length == 0) {
      throw new Malformed("a decimal has no digits");
    } else {
      out.writeNumber(new BigDecimal(new BigInteger(value), decimal.getScale()));
    }
  }

  /** A number, or the date or time that it stands for; what is none of these stays a number. */
  private static void whole(@Nullable LogicalType type, long value, JsonGenerator out)
      throws IOException {
    String text = type == null ? null : temporal(type, value);
    if (text == null) {
      out.writeNumber(value);
    } else {
      out.writeString(text);
    }
  }

  private static @Nullable String temporal(LogicalType type, long value) {
    if (type instanceof LogicalTypes.Date) {
      return ChronoField.EPOCH_DAY.range().isValidValue(value)
          ? LocalDate.ofEpochDay(value).toString()
          : null;
    }
    if (type instanceof LogicalTypes.TimestampMicros) {
      return micros(value).toString();
    }
    if (type instanceof LogicalTypes.TimestampMillis) {
      return Instant.ofEpochMilli(value).toString();
    }
    if (type instanceof LogicalTypes.LocalTimestampMicros) {
      return local(micros(value));
    }
    if (type instanceof LogicalTypes.LocalTimestampMillis) {
      return local(Instant.ofEpochMilli(value));
    }
    if (type instanceof LogicalTypes.TimeMicros) {
      return time(value, 1);
    }
    return type instanceof LogicalTypes.TimeMillis ? time(value, 1_000) : null;
  }

  private static Instant micros(long value) {
    return Instant.ofEpochSecond(
        Math.floorDiv(value, 1_000_000), Math.floorMod(value, 1_000_000) * 1_000L);
  }

  private static String local(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  private static @Nullable String time(long value, long micros) {
    boolean within = value >= 0 && value < DAY_MICROS / micros;
    return within ? LocalTime.ofNanoOfDay(value * micros * 1_000).toString() : null;
  }
}
