package dev.penstock.io.bigquery;

import dev.penstock.io.sink.Unstorable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * Values in the words that BigQuery reads in every way of writing, and the refusal of those that it
 * would round, or cannot hold at all.
 */
final class TextValues {
  private static final int MAX_YEAR = 9999;
  private static final long SECONDS_OF_DAY = 86_400;
  private static final int MAX_EXPONENT = 1_000;

  private TextValues() {}

  static void date(Column column, LocalDate date, GrowingBytes out) throws Unstorable {
    int year = date.getYear();
    if (year < 1 || year > MAX_YEAR) {
      throw new Unstorable(
          Unstorable.TIME, column.field(), "lies outside the years 1 to 9999 that BigQuery has");
    }
    out.digits(year, 4);
    out.put('-');
    out.digits(date.getMonthValue(), 2);
    out.put('-');
    out.digits(date.getDayOfMonth(), 2);
  }

  static int epochDay(Column column, LocalDate date) throws Unstorable {
    int year = date.getYear();
    if (year < 1 || year > MAX_YEAR) {
      throw new Unstorable(
          Unstorable.TIME, column.field(), "lies outside the years 1 to 9999 that BigQuery has");
    }
    return (int) date.toEpochDay();
  }

  static void time(LocalTime time, GrowingBytes out) {
    out.digits(time.getHour(), 2);
    out.put(':');
    out.digits(time.getMinute(), 2);
    out.put(':');
    out.digits(time.getSecond(), 2);
    int micros = time.getNano() / 1_000;
    if (micros != 0) {
      out.put('.');
      out.digits(micros, 6);
    }
  }

  /** Date and time in UTC, without saying so. */
  static void dateTime(Column column, Instant instant, GrowingBytes out) throws Unstorable {
    long seconds = instant.getEpochSecond();
    long day = Math.floorDiv(seconds, SECONDS_OF_DAY);
    checkDay(column, day);
    date(column, LocalDate.ofEpochDay(day), out);
    out.put('T');
    time(
        LocalTime.ofNanoOfDay(
            Math.floorMod(seconds, SECONDS_OF_DAY) * 1_000_000_000L + instant.getNano()),
        out);
  }

  static long epochMicros(Column column, Instant instant) throws Unstorable {
    checkDay(column, Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_DAY));
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
  }

  private static void checkDay(Column column, long day) throws Unstorable {
    if (day < LocalDate.of(1, 1, 1).toEpochDay()
        || day > LocalDate.of(MAX_YEAR, 12, 31).toEpochDay()) {
      throw new Unstorable(
          Unstorable.TIME, column.field(), "lies outside the years 1 to 9999 that BigQuery has");
    }
  }

  /** A decimal as text; refused where BigQuery would round it. */
  static String decimal(Column column, Object number) throws Unstorable {
    BigDecimal value =
        number instanceof BigDecimal exact
            ? exact
            : BigDecimal.valueOf(((Number) number).longValue());
    if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
      throw new Unstorable(
          Unstorable.NUMBER, column.field(), "is out of range for " + column.sqlType());
    }
    if (value.signum() != 0 && value.precision() - (long) value.scale() > column.wholeDigits()) {
      throw new Unstorable(
          Unstorable.NUMBER,
          column.field(),
          "has too many digits before the point for " + column.sqlType());
    }
    if (value.scale() <= column.effectiveScale()) {
      return value.toPlainString();
    }
    try {
      return value.setScale(column.effectiveScale(), RoundingMode.UNNECESSARY).toPlainString();
    } catch (ArithmeticException e) {
      throw new Unstorable(
          Unstorable.NUMBER,
          column.field(),
          "has too many digits after the point for "
              + column.sqlType()
              + (column.precision() > 0
                  ? ""
                  : "; give the field a physicalType such as DECIMAL(38,18)"));
    }
  }
}
