package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Turns values of rows into values of columns, and refuses those that no column can hold. */
final class Values {
  /** Years that both databases can store in a timestamp; dates are held to the same. */
  private static final int FIRST_YEAR = -4712;

  private static final int LAST_YEAR = 294_246;
  private static final Instant FIRST =
      LocalDate.of(FIRST_YEAR, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final Instant BEHIND_LAST =
      LocalDate.of(LAST_YEAR + 1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final int MAX_EXPONENT = 100_000;

  private Values() {}

  static @Nullable Object of(Column column, boolean key, @Nullable Object value) throws Unstorable {
    if (value == null) {
      if (key) {
        throw new Unstorable("23502", column.field(), "is part of the key and has no value");
      }
      return null;
    }
    return switch (column.kind()) {
      case TEXT -> text(column, value.toString());
      case JSON -> text(column, json(column, value));
      case INTEGER -> ((Number) value).longValue();
      case DECIMAL -> decimal(column, (BigDecimal) value);
      case DATE -> date(column, (LocalDate) value);
      case TIME -> ((LocalTime) value).truncatedTo(ChronoUnit.MICROS);
      case INSTANT, LOCAL_TIMESTAMP -> instant(column, (Instant) value);
      case DOUBLE, FLOAT, BOOLEAN, UUID, BYTES -> value;
    };
  }

  private static String json(Column column, Object value) throws Unstorable {
    String json = JsonText.of(value);
    // A NUL inside a JSON text is spelled out, and jsonb refuses that spelling.
    if (json.contains("\\u0000")) {
      throw nul(column);
    }
    return json;
  }

  private static String text(Column column, String text) throws Unstorable {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw nul(column);
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new Unstorable("22021", column.field(), "holds half a character (a surrogate)");
        }
        i++;
      }
    }
    return text;
  }

  private static Unstorable nul(Column column) {
    return new Unstorable(
        "22021", column.field(), "holds the character NUL (U+0000), which a database cannot store");
  }

  private static BigDecimal decimal(Column column, BigDecimal value) throws Unstorable {
    if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
      throw new Unstorable("22003", column.field(), "is out of range for " + column.type());
    }
    if (column.precision() == 0) {
      return value;
    }
    if (value.precision() - (long) value.scale() > column.precision() - (long) column.scale()
        && value.signum() != 0) {
      throw new Unstorable(
          "22003", column.field(), "has too many digits before the point for " + column.type());
    }
    try {
      return value.setScale(column.scale(), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new Unstorable(
          "22003",
          column.field(),
          "has too many digits after the point for "
              + column.type()
              + (column.declared()
                  ? ""
                  : "; give the field a physicalType such as DECIMAL(38,18)"));
    }
  }

  private static LocalDate date(Column column, LocalDate value) throws Unstorable {
    checkYear(column, value.getYear());
    return value;
  }

  private static Instant instant(Column column, Instant value) throws Unstorable {
    if (value.isBefore(FIRST) || !value.isBefore(BEHIND_LAST)) {
      throw outside(column);
    }
    return value;
  }

  private static void checkYear(Column column, int year) throws Unstorable {
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw outside(column);
    }
  }

  private static Unstorable outside(Column column) {
    return new Unstorable(
        "22008", column.field(), "lies outside the years 4713 BC to " + LAST_YEAR);
  }
}
