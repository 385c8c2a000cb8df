package dev.penstock.samples.bigquery;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a value meets its column's type, whatever way it came in: as JSON, as CSV or
 * as a protocol buffer. A value that passes is of the class that DuckDB's appender takes.
 */
final class TypedValues {
  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);
  private static final long FIRST_MICRO = micros(LocalDateTime.of(1, 1, 1, 0, 0));
  private static final long LAST_MICRO =
      micros(LocalDateTime.of(9999, 12, 31, 23, 59, 59)) + 999_999;
  private static final int DIGITS_OF_TEXT = 2_000;

  private TypedValues() {}

  /** A value that was written as text. */
  static Object ofText(Column column, String field, String text) throws InvalidValue {
    return switch (column.type()) {
      case STRING -> string(column, field, text);
      case BYTES -> bytes(column, field, decoded(field, text));
      case INTEGER -> integer(field, text);
      case FLOAT -> real(field, text);
      case NUMERIC, BIGNUMERIC -> decimal(column, field, text);
      case BOOLEAN -> bool(field, text);
      case DATE -> date(field, text);
      case TIME -> time(field, text);
      case DATETIME -> dateTime(field, text);
      case TIMESTAMP -> timestamp(field, text);
      case JSON -> JsonText.checked(field, text);
      case RECORD -> throw notA(field, "record", text);
    };
  }

  static InvalidValue notA(String field, String type, String value) {
    return new InvalidValue(
        field, "Cannot convert value to " + type + " (bad value): " + value, value);
  }

  static String string(Column column, String field, String text) throws InvalidValue {
    Integer longest = column.maxLength();
    // Characters that lie outside the first plane count once.
    if (longest != null && text.length() > longest) {
      int length = text.codePointCount(0, text.length());
      if (length > longest) {
        throw tooLong(column, field, length, text);
      }
    }
    return text;
  }

  static byte[] bytes(Column column, String field, byte[] bytes) throws InvalidValue {
    Integer longest = column.maxLength();
    if (longest != null && bytes.length > longest) {
      throw tooLong(column, field, bytes.length, Base64.getEncoder().encodeToString(bytes));
    }
    return bytes;
  }

  private static InvalidValue tooLong(Column column, String field, int length, String value) {
    return new InvalidValue(
        field,
        String.format(
            Locale.ROOT,
            "Field %s: %s has maximum length %d but got a value with length %d.",
            field,
            column.sqlType(),
            column.maxLength(),
            length),
        value);
  }

  private static byte[] decoded(String field, String text) throws InvalidValue {
    try {
      boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
      return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidValue(field, "Could not decode base64 string to bytes.", text);
    }
  }

  private static Long integer(String field, String text) throws InvalidValue {
    try {
      return Long.valueOf(text.trim());
    } catch (NumberFormatException e) {
      throw notA(field, "integer", text);
    }
  }

  private static Double real(String field, String text) throws InvalidValue {
    String trimmed = text.trim();
    String word =
        trimmed.startsWith("+") || trimmed.startsWith("-") ? trimmed.substring(1) : trimmed;
    boolean minus = trimmed.startsWith("-");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "infinity" -> minus ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> {
        if (word.isEmpty() || !(Character.isDigit(word.charAt(0)) || word.charAt(0) == '.')) {
          throw notA(field, "double", text);
        }
        yield parsedReal(field, trimmed, text);
      }
    };
  }

  private static Double parsedReal(String field, String trimmed, String text) throws InvalidValue {
    try {
      char last = trimmed.charAt(trimmed.length() - 1);
      // Java alone knows 1.5f and 1.5d.
      if (Character.isLetter(last)) {
        throw notA(field, "double", text);
      }
      Double value = Double.valueOf(trimmed);
      if (value.isInfinite()) {
        throw notA(field, "double", text);
      }
      return value;
    } catch (NumberFormatException e) {
      throw notA(field, "double", text);
    }
  }

  private static BigDecimal decimal(Column column, String field, String text) throws InvalidValue {
    String trimmed = text.trim();
    try {
      if (trimmed.length() > DIGITS_OF_TEXT) {
        throw badDecimal(column, field, text);
      }
      return decimal(column, field, new BigDecimal(trimmed));
    } catch (NumberFormatException e) {
      throw badDecimal(column, field, text);
    }
  }

  private static InvalidValue badDecimal(Column column, String field, String text) {
    return new InvalidValue(field, "Invalid " + column.type().sqlName() + " value: " + text, text);
  }

  /** A decimal that fits; one that would have to be rounded is refused. */
  static BigDecimal decimal(Column column, String field, BigDecimal value) throws InvalidValue {
    int scale = column.storedScale();
    // Taking zeros away is work, so only where there are digits too many.
    BigDecimal exact = value.scale() > scale ? value.stripTrailingZeros() : value;
    boolean whole = exact.precision() - exact.scale() <= column.storedPrecision() - scale;
    if (exact.scale() > scale || !(whole || exact.signum() == 0)) {
      String text = value.toString();
      if (column.precision() == null) {
        throw badDecimal(column, field, text);
      }
      throw new InvalidValue(
          field,
          String.format(
              Locale.ROOT,
              "Field %s: %s has precision %d and scale %d but got a value that does not fit.",
              field,
              column.sqlType(),
              column.precision(),
              scale),
          text);
    }
    return exact.setScale(scale);
  }

  private static Boolean bool(String field, String text) throws InvalidValue {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> true;
      case "false", "f", "no", "n", "0" -> false;
      default -> throw notA(field, "boolean", text);
    };
  }

  private static LocalDate date(String field, String text) throws InvalidValue {
    CivilText parsed = new CivilText(text);
    LocalDate date = parsed.date();
    if (date == null || !parsed.isAtEnd()) {
      throw new InvalidValue(field, "Invalid date: '" + text + "'", text);
    }
    return date;
  }

  static LocalDate dateOfEpochDay(String field, long day) throws InvalidValue {
    LocalDate date = LocalDate.ofEpochDay(Math.max(-4_000_000, Math.min(day, 4_000_000)));
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw new InvalidValue(field, "Date value out of range: " + day, Long.toString(day));
    }
    return date;
  }

  private static LocalTime time(String field, String text) throws InvalidValue {
    CivilText parsed = new CivilText(text);
    LocalTime time = parsed.time();
    if (time == null || !parsed.isAtEnd()) {
      throw new InvalidValue(field, "Invalid time string \"" + text + "\"", text);
    }
    return time;
  }

  private static LocalDateTime dateTime(String field, String text) throws InvalidValue {
    CivilText parsed = new CivilText(text);
    LocalDateTime dateTime = parsed.dateTime();
    if (dateTime == null || !parsed.isAtEnd()) {
      throw new InvalidValue(field, "Invalid datetime string \"" + text + "\"", text);
    }
    return dateTime;
  }

  private static OffsetDateTime timestamp(String field, String text) throws InvalidValue {
    CivilText parsed = new CivilText(text);
    Instant instant = parsed.instant();
    if (instant == null) {
      instant = epochSeconds(text);
    }
    if (instant == null) {
      throw new InvalidValue(
          field,
          "Could not parse '"
              + text
              + "' as a timestamp. Required format is YYYY-MM-DD HH:MM[:SS[.SSSSSS]] or"
              + " YYYY/MM/DD HH:MM[:SS[.SSSSSS]]",
          text);
    }
    OffsetDateTime value = instant.atOffset(ZoneOffset.UTC);
    if (value.getYear() < 1 || value.getYear() > 9999) {
      throw new InvalidValue(field, "Timestamp value out of range: " + text, text);
    }
    return value;
  }

  private static @Nullable Instant epochSeconds(String text) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.precision() - seconds.scale() > 12 || seconds.scale() > 12) {
        return null;
      }
      BigInteger micros = seconds.movePointRight(6).toBigInteger();
      BigInteger[] parts = micros.divideAndRemainder(MICROS);
      return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue() * 1_000);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static OffsetDateTime timestampOfMicros(String field, long micros) throws InvalidValue {
    if (micros < FIRST_MICRO || micros > LAST_MICRO) {
      throw new InvalidValue(
          field, "Timestamp value out of range: " + micros, Long.toString(micros));
    }
    long seconds = Math.floorDiv(micros, 1_000_000L);
    long nanos = Math.floorMod(micros, 1_000_000L) * 1_000;
    return OffsetDateTime.ofInstant(Instant.ofEpochSecond(seconds, nanos), ZoneOffset.UTC);
  }

  private static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
  }
}
