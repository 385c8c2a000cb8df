package dev.penstock.transforms.parse;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import org.jspecify.annotations.Nullable;

/**
 * Reads ISO 8601 dates and times character by character. Each method reads at the current place and
 * gives null when the text there is something else.
 */
final class IsoReader {
  private static final int MAX_OFFSET_HOURS = 18;

  private String text = "";
  private int at;
  private boolean tooPrecise;

  void start(String value) {
    text = value;
    at = 0;
    tooPrecise = false;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Whether a fraction of a second went beyond microseconds. */
  boolean tooPrecise() {
    return tooPrecise;
  }

  @Nullable LocalDate date() {
    int year = digits(4);
    if (year < 0 || !accept('-')) {
      return null;
    }
    int month = digits(2);
    if (month < 1 || month > 12 || !accept('-')) {
      return null;
    }
    int day = digits(2);
    return day < 1 || day > daysIn(year, month) ? null : LocalDate.of(year, month, day);
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> IsoChronology.INSTANCE.isLeapYear(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** {@code HH:mm}, {@code HH:mm:ss} or {@code HH:mm:ss.ffffff}. */
  @Nullable LocalTime time() {
    int hour = digits(2);
    if (hour < 0 || hour > 23 || !accept(':')) {
      return null;
    }
    int minute = digits(2);
    if (minute < 0 || minute > 59) {
      return null;
    }
    if (!accept(':')) {
      return LocalTime.of(hour, minute);
    }
    int second = digits(2);
    if (second < 0 || second > 59) {
      return null;
    }
    int nano = accept('.') || accept(',') ? fraction() : 0;
    return nano < 0 ? null : LocalTime.of(hour, minute, second, nano);
  }

  /** A date and a time with {@code T} or a space between them. */
  @Nullable LocalDateTime dateTime() {
    LocalDate date = date();
    if (date == null || !(accept('T') || accept('t') || accept(' '))) {
      return null;
    }
    LocalTime time = time();
    return time == null ? null : LocalDateTime.of(date, time);
  }

  /** {@code Z}, {@code UTC}, {@code GMT} or an offset, also after a space. */
  @Nullable ZoneOffset offset() {
    at += text.startsWith(" ", at) ? 1 : 0;
    if (isRest("Z") || isRest("UTC") || isRest("GMT")) {
      at = text.length();
      return ZoneOffset.UTC;
    }
    int sign = accept('+') ? 1 : accept('-') ? -1 : 0;
    int hours = sign == 0 ? -1 : digits(2);
    if (hours < 0 || hours > MAX_OFFSET_HOURS) {
      return null;
    }
    int minutes = 0;
    if (!atEnd()) {
      boolean colon = accept(':');
      minutes = digits(2);
      if (minutes < 0 || minutes > 59 || (colon && accept(':') && digits(2) != 0)) {
        return null;
      }
    }
    boolean whole = hours < MAX_OFFSET_HOURS || minutes == 0;
    return whole ? ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes) : null;
  }

  private boolean isRest(String word) {
    return text.length() - at == word.length()
        && text.regionMatches(true, at, word, 0, word.length());
  }

  private boolean accept(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private int digits(int count) {
    if (text.length() - at < count) {
      return -1;
    }
    int value = 0;
    for (int end = at + count; at < end; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Nanoseconds of one or more digits, or -1. */
  private int fraction() {
    int from = at;
    int nanos = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      int place = at - from;
      int digit = text.charAt(at) - '0';
      if (place < 9) {
        nanos = nanos * 10 + digit;
      }
      tooPrecise |= place >= 6 && digit != 0;
      at++;
    }
    for (int place = at - from; place < 9; place++) {
      nanos *= 10;
    }
    return at == from ? -1 : nanos;
  }
}
