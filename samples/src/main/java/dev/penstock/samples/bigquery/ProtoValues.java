package dev.penstock.samples.bigquery;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Values of protocol buffers, by the conversions that the Storage Write API documents. */
final class ProtoValues {
  private static final int MICRO_BITS = 20;
  private static final int TIME_BITS = 17;
  private static final int BIG_SCALE = 38;

  private ProtoValues() {}

  /** True when a field of this type can go into such a column. */
  static boolean fits(FieldDescriptor field, ColumnType column) {
    JavaType type = field.getJavaType();
    boolean text = type == JavaType.STRING;
    boolean whole = type == JavaType.INT || type == JavaType.LONG;
    boolean real = type == JavaType.FLOAT || type == JavaType.DOUBLE;
    return switch (column) {
      case STRING -> text || type == JavaType.ENUM;
      case JSON -> text;
      case BYTES -> text || type == JavaType.BYTE_STRING;
      case INTEGER -> whole || text || type == JavaType.ENUM;
      case FLOAT -> real || whole || text;
      case NUMERIC, BIGNUMERIC -> whole || real || text || type == JavaType.BYTE_STRING;
      case BOOLEAN -> type == JavaType.BOOLEAN || whole || text;
      case DATE, DATETIME, TIME, TIMESTAMP -> whole || text;
      case RECORD -> type == JavaType.MESSAGE;
    };
  }

  static Object of(Column column, String field, Object value) throws InvalidValue {
    if (value instanceof String text) {
      return TypedValues.ofText(column, field, text);
    }
    if (value instanceof ByteString bytes) {
      return column.type() == ColumnType.BYTES
          ? TypedValues.bytes(column, field, bytes.toByteArray())
          : TypedValues.decimal(column, field, packedDecimal(column, bytes));
    }
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof EnumValueDescriptor constant) {
      return column.type() == ColumnType.STRING
          ? TypedValues.string(column, field, constant.getName())
          : (Object) (long) constant.getNumber();
    }
    Number number = (Number) value;
    return number instanceof Double || number instanceof Float
        ? real(column, field, number.doubleValue())
        : whole(column, field, number.longValue());
  }

  private static Object real(Column column, String field, double value) throws InvalidValue {
    if (column.type() == ColumnType.FLOAT) {
      return value;
    }
    return TypedValues.ofText(column, field, Double.toString(value));
  }

  private static Object whole(Column column, String field, long value) throws InvalidValue {
    return switch (column.type()) {
      case FLOAT -> (double) value;
      case NUMERIC, BIGNUMERIC -> TypedValues.decimal(column, field, BigDecimal.valueOf(value));
      case BOOLEAN -> value != 0;
      case DATE -> TypedValues.dateOfEpochDay(field, value);
      case TIMESTAMP -> TypedValues.timestampOfMicros(field, value);
      case TIME -> packedTime(field, value);
      case DATETIME -> packedDateTime(field, value);
      default -> value;
    };
  }

  // Little-endian, two's complement, with a fixed number of decimal digits.
  private static BigDecimal packedDecimal(Column column, ByteString bytes) {
    byte[] turned = new byte[Math.max(1, bytes.size())];
    for (int i = 0; i < bytes.size(); i++) {
      turned[turned.length - 1 - i] = bytes.byteAt(i);
    }
    int scale = column.type() == ColumnType.NUMERIC ? 9 : BIG_SCALE;
    return new BigDecimal(new BigInteger(turned), scale);
  }

  private static LocalTime packedTime(String field, long packed) throws InvalidValue {
    try {
      return time(packed);
    } catch (DateTimeException e) {
      throw new InvalidValue(field, "Invalid time value: " + packed, Long.toString(packed));
    }
  }

  private static LocalTime time(long packed) {
    long seconds = packed >> MICRO_BITS;
    int micros = (int) (packed & ((1 << MICRO_BITS) - 1));
    return LocalTime.of(
        Math.toIntExact(seconds >> 12),
        (int) (seconds >> 6) & 0x3f,
        (int) seconds & 0x3f,
        Math.multiplyExact(micros, 1_000));
  }

  private static LocalDateTime packedDateTime(String field, long packed) throws InvalidValue {
    try {
      long days = packed >> (MICRO_BITS + TIME_BITS);
      LocalDate date = LocalDate.of((int) (days >> 9), (int) (days >> 5) & 0xf, (int) days & 0x1f);
      if (date.getYear() >= 1 && date.getYear() <= 9999) {
        return date.atTime(time(packed & ((1L << (MICRO_BITS + TIME_BITS)) - 1)));
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Said below.
    }
    throw new InvalidValue(field, "Invalid datetime value: " + packed, Long.toString(packed));
  }
}
