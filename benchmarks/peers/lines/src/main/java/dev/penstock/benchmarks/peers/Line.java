package dev.penstock.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One line of the file, taken apart in place: fields are slices of the line's bytes. */
public final class Line {
  public static final int FIELDS = 9;
  public static final int TIME = 0;
  static final int TYPE = 1;
  static final int PRODUCT = 2;
  public static final int PRICE = 6;
  static final int USER = 7;

  private static final byte[][] TYPES = {
    bytes("view"), bytes("cart"), bytes("purchase"), bytes("remove_from_cart")
  };
  private static final byte[] TIME_SHAPE = bytes("0000-00-00 00:00:00 UTC");
  private static final long MOST_CENTS = 999_999_999_999L;

  private byte[] bytes = {};
  private final byte[][] unquoted = new byte[FIELDS][];
  public final int[] start = new int[FIELDS];
  public final int[] length = new int[FIELDS];
  public long micros;
  public long cents;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes a line apart and gives the reasons against it, empty for a valid one. */
  public String read(byte[] line, int from, int to) {
    bytes = line;
    int end = to > from && line[to - 1] == '\r' ? to - 1 : to;
    if (!split(from, end)) {
      return "CSV";
    }
    StringBuilder reasons = new StringBuilder();
    if (length[TIME] == 0) {
      reasons.append("REQUIRED ");
    } else if (!readTime()) {
      reasons.append("TYPE_TIMESTAMP ");
    }
    if (length[TYPE] == 0) {
      reasons.append("REQUIRED ");
    } else if (!knownType()) {
      reasons.append("ENUM ");
    }
    if (length[PRODUCT] == 0 || length[USER] == 0) {
      reasons.append("REQUIRED ");
    }
    if (length[PRICE] > 0) {
      reasons.append(readPrice());
    }
    return reasons.toString();
  }

  /** The bytes that a field lies in. */
  public byte[] holder(int field) {
    byte[] own = unquoted[field];
    return own == null ? bytes : own;
  }

  private boolean split(int from, int end) {
    int field = 0;
    int at = from;
    while (field < FIELDS) {
      unquoted[field] = null;
      if (at < end && bytes[at] == '"') {
        at = quoted(field, at + 1, end);
        if (at < 0) {
          return false;
        }
      } else {
        start[field] = at;
        while (at < end && bytes[at] != ',') {
          at++;
        }
        length[field] = at - start[field];
      }
      field++;
      if (at == end) {
        return field == FIELDS;
      }
      at++;
    }
    return false;
  }

  /** Reads behind an opening quote; gives the place behind the closing one, or -1. */
  private int quoted(int field, int from, int end) {
    byte[] value = new byte[end - from];
    int size = 0;
    for (int at = from; at < end; at++) {
      if (bytes[at] != '"') {
        value[size++] = bytes[at];
      } else if (at + 1 < end && bytes[at + 1] == '"') {
        value[size++] = '"';
        at++;
      } else {
        unquoted[field] = value;
        start[field] = 0;
        length[field] = size;
        return at + 1 == end || bytes[at + 1] == ',' ? at + 1 : -1;
      }
    }
    return -1;
  }

  private boolean knownType() {
    byte[] holder = holder(TYPE);
    for (byte[] type : TYPES) {
      if (Arrays.equals(holder, start[TYPE], start[TYPE] + length[TYPE], type, 0, type.length)) {
        return true;
      }
    }
    return false;
  }

  private boolean readTime() {
    if (length[TIME] != TIME_SHAPE.length) {
      return false;
    }
    byte[] holder = holder(TIME);
    int at = start[TIME];
    for (int i = 0; i < TIME_SHAPE.length; i++) {
      int c = holder[at + i];
      if (TIME_SHAPE[i] == '0' ? c < '0' || c > '9' : c != TIME_SHAPE[i]) {
        return false;
      }
    }
    int year = two(holder, at) * 100 + two(holder, at + 2);
    int month = two(holder, at + 5);
    int day = two(holder, at + 8);
    int hour = two(holder, at + 11);
    int minute = two(holder, at + 14);
    int second = two(holder, at + 17);
    if (month < 1 || month > 12 || day < 1 || day > days(year, month)) {
      return false;
    }
    micros =
        (epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second) * 1_000_000L;
    return hour < 24 && minute < 60 && second < 60;
  }

  private static int two(byte[] holder, int at) {
    return (holder[at] - '0') * 10 + holder[at + 1] - '0';
  }

  private static int days(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days since 1970, counting years from March so that leap days come last. */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
  }

  private String readPrice() {
    byte[] holder = holder(PRICE);
    int at = start[PRICE];
    int end = at + length[PRICE];
    boolean negative = holder[at] == '-';
    at += negative ? 1 : 0;
    long value = 0;
    int digits = 0;
    int fraction = -1;
    boolean fits = true;
    for (; at < end; at++) {
      int c = holder[at];
      if (c == '.' && fraction < 0) {
        fraction = 0;
      } else if (c < '0' || c > '9') {
        return "TYPE_NUMBER ";
      } else if (fraction == 2) {
        digits++;
        fits &= c == '0';
      } else {
        digits++;
        fraction += fraction < 0 ? 0 : 1;
        value = value * 10 + c - '0';
        fits &= value <= MOST_CENTS;
      }
    }
    if (digits == 0) {
      return "TYPE_NUMBER ";
    }
    for (int i = Math.max(0, fraction); i < 2; i++) {
      value *= 10;
    }
    cents = value;
    String precision = fits && value <= MOST_CENTS ? "" : "PRECISION ";
    return negative && value > 0 ? "MINIMUM " + precision : precision;
  }
}
