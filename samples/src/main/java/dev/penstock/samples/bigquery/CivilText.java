package dev.penstock.samples.bigquery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times in the service's canonical format, read from left to right: {@code 2024-01-31[(
 * |T)12:30[:59[.123456]][zone]]}. What does not parse is null.
 */
final class CivilText {
  private static final int MICRO_DIGITS = 6;
  private static final int YEAR_DIGITS = 4;

  private final String text;
  private int at;

  CivilText(String text) {
    this.text = text.trim();
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  @Nullable LocalDate date() {
    int year = number(YEAR_DIGITS, YEAR_DIGITS);
    char separator = at < text.length() && text.charAt(at) == '/' ? '/' : '-';
    if (year < 1 || !skip(separator)) {
      return null;
    }
    int month = number(1, 2);
    if (month < 1 || !skip(separator)) {
      return null;
    }
    int day = number(1, 2);
    try {
      return day < 1 ? null : LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Nullable LocalTime time() {
    int hour = number(1, 2);
    if (hour < 0 || !skip(':')) {
      return null;
    }
    int minute = number(1, 2);
    int second = 0;
    int micro = 0;
    if (skip(':')) {
      second = number(1, 2);
      if (skip('.')) {
        micro = fraction();
      }
    }
    if (minute < 0 || second < 0 || micro < 0) {
      return null;
    }
    try {
      return LocalTime.of(hour, minute, second, micro * 1_000);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Nullable LocalDateTime dateTime() {
    LocalDate date = date();
    if (date == null || isAtEnd()) {
      return date == null ? null : date.atStartOfDay();
    }
    int before = at;
    if (!skip('T') && !skip('t') && !skip(' ')) {
      return date.atStartOfDay();
    }
    LocalTime time = time();
    if (time == null) {
      // Behind the space is a zone, or nothing that can be read.
      at = before;
      return date.atStartOfDay();
    }
    return date.atTime(time);
  }

  /** The instant of the whole text; without a zone it is in UTC. */
  @Nullable Instant instant() {
    LocalDateTime dateTime = dateTime();
    if (dateTime == null) {
      return null;
    }
    ZoneId zone = zone(text.substring(at).trim());
    return zone == null ? null : dateTime.atZone(zone).toInstant();
  }

  private static @Nullable ZoneId zone(String name) {
    if (name.isEmpty() || name.equalsIgnoreCase("Z") || name.equalsIgnoreCase("UTC")) {
      return ZoneOffset.UTC;
    }
    try {
      char sign = name.charAt(0);
      if (sign != '+' && sign != '-') {
        return ZoneId.of(name);
      }
      // Hours may have one digit: +3, -08, +5:30.
      boolean oneDigit = name.length() == 2 || name.indexOf(':') == 2;
      return ZoneOffset.of(oneDigit ? sign + "0" + name.substring(1) : name);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private boolean skip(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private int fraction() {
    int start = at;
    int value = number(1, MICRO_DIGITS);
    for (int digits = at - start; digits < MICRO_DIGITS; digits++) {
      value *= 10;
    }
    return value;
  }

  /** A number of so many digits; -1 where there is none. */
  private int number(int fewest, int most) {
    int value = 0;
    int start = at;
    while (at < text.length() && at - start < most && isDigit(text.charAt(at))) {
      value = value * 10 + text.charAt(at) - '0';
      at++;
    }
    return at - start < fewest ? -1 : value;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
