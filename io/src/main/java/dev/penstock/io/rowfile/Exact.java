package dev.penstock.io.rowfile;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Values as texts that say them exactly, and the refusal of those that have no such text. */
final class Exact {
  private static final int MAX_YEAR = 9999;

  /** Size of an exponent beyond which a number is not written out. */
  private static final int MAX_EXPONENT = 1000;

  private Exact() {}

  /** A text of whole characters. */
  static String text(ContractField field, String value) throws Unstorable {
    int i = 0;
    while (i < value.length()) {
      // Half a character stands for itself, a whole one for more than its first half.
      int character = value.codePointAt(i);
      if (character <= Character.MAX_VALUE && Character.isSurrogate((char) character)) {
        throw new Unstorable(Unstorable.TEXT, field.name(), "holds half a character (a surrogate)");
      }
      i += Character.charCount(character);
    }
    return value;
  }

  /** A number in digits, without an exponent where it is exact. */
  static String number(ContractField field, Object value) throws Unstorable {
    if (value instanceof BigDecimal decimal) {
      if (Math.abs((long) decimal.scale()) > MAX_EXPONENT) {
        throw new Unstorable(
            Unstorable.NUMBER, field.name(), "has an exponent beyond " + MAX_EXPONENT);
      }
      return decimal.toPlainString();
    }
    boolean floating = value instanceof Double || value instanceof Float;
    if (floating && !Double.isFinite(((Number) value).doubleValue())) {
      throw new Unstorable(
          Unstorable.NUMBER, field.name(), "is no finite number, and the file can hold no other");
    }
    return value.toString();
  }

  /** A date, time or timestamp in ISO 8601. */
  static String time(ContractField field, Object value) throws Unstorable {
    if (value instanceof LocalTime time) {
      return time.toString();
    }
    if (value instanceof LocalDate date) {
      checkYear(field, date.getYear());
      return date.toString();
    }
    LocalDateTime time = LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
    checkYear(field, time.getYear());
    return field.zoned() ? value.toString() : time.toString();
  }

  private static void checkYear(ContractField field, int year) throws Unstorable {
    if (year < 0 || year > MAX_YEAR) {
      throw new Unstorable(
          Unstorable.TIME, field.name(), "lies beyond the years 0 to 9999 of ISO 8601");
    }
  }

  /** A missing value where one is needed. */
  static Unstorable missing(ContractField field) {
    return new Unstorable(Unstorable.MISSING, field.name(), "has no value, and must have one");
  }
}
