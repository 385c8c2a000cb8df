package dev.penstock.io.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's COPY text format. Every value is written so that it reads back the same:
 * nothing in a value can end its field or its row.
 */
final class CopyText extends CopyForm {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final long NANOS = 1_000_000_000;

  /** {@code hh:mm:ss.ffffff}. */
  private static final int TIME_BYTES = 15;

  /** Characters of an identifier. */
  private static final int ID_BYTES = 36;

  /** Digits of the longest number. */
  private static final int LONGEST = 19;

  /** Powers of ten that fit 64 bits. */
  private static final long[] TEN_TO = new long[LONGEST];

  /** The two digits of each number below a hundred. */
  private static final byte[] TENS = new byte[100];

  private static final byte[] ONES = new byte[100];

  static {
    TEN_TO[0] = 1;
    for (int i = 1; i < LONGEST; i++) {
      TEN_TO[i] = TEN_TO[i - 1] * 10;
    }
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
  }

  private static final byte[] NOTHING = {};
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The day of the last timestamp, and its date: rows of one batch are mostly of few days. */
  private long lastDay = Long.MIN_VALUE;

  private byte[] lastDate = {};
  private int lastYear;

  /** The identifier that comes again and again, such as that of the run, and its characters. */
  private @Nullable UUID repeated;

  private byte[] repeatedText = {};
  private @Nullable UUID last;
  private @Nullable UUID lastButOne;

  @Override
  String options() {
    return "";
  }

  @Override
  boolean isTyped() {
    return false;
  }

  @Override
  byte[] head() {
    return NOTHING;
  }

  @Override
  byte[] tail() {
    return NOTHING;
  }

  @Override
  void row(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        put('\t');
      }
      value(values[i]);
    }
    put('\n');
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      ascii("\\N");
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Long number) {
      number(number);
    } else if (value instanceof Instant instant) {
      timestamp(instant);
    } else if (value instanceof LocalDate date) {
      date(date);
      era(date.getYear());
    } else if (value instanceof LocalTime time) {
      long nanos = time.toNanoOfDay();
      time((int) (nanos / NANOS), (int) (nanos % NANOS / 1000));
    } else if (value instanceof BigDecimal number) {
      decimal(number);
    } else if (value instanceof Boolean flag) {
      put(flag ? 't' : 'f');
    } else if (value instanceof UUID id) {
      uuid(id);
    } else if (value instanceof byte[] binary) {
      hex(binary);
    } else {
      // Double and Float print as PostgreSQL reads them, NaN and Infinity included.
      ascii(value.toString());
    }
  }

  private void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(2 * encoded.length);
    int plain = 0;
    for (int i = 0; i < encoded.length; i++) {
      byte b = encoded[i];
      if (b == '\\' || b == '\n' || b == '\r' || b == '\t') {
        plain(encoded, plain, i);
        escaped(b == '\\' ? '\\' : b == '\n' ? 'n' : b == '\r' ? 'r' : 't');
        plain = i + 1;
      }
    }
    plain(encoded, plain, encoded.length);
  }

  private void plain(byte[] encoded, int from, int to) {
    System.arraycopy(encoded, from, bytes, length, to - from);
    length += to - from;
  }

  private void escaped(char letter) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) letter;
  }

  private void number(long number) {
    if (number == Long.MIN_VALUE) {
      ascii(Long.toString(number));
      return;
    }
    if (number < 0) {
      put('-');
    }
    padded(Math.abs(number), 1);
  }

  private void decimal(BigDecimal number) {
    int scale = number.scale();
    if (scale < 0 || scale >= LONGEST || number.precision() >= LONGEST) {
      ascii(number.toString());
      return;
    }
    long unscaled = number.scaleByPowerOfTen(scale).longValue();
    if (unscaled < 0) {
      put('-');
    }
    long digits = Math.abs(unscaled);
    padded(digits / TEN_TO[scale], 1);
    if (scale > 0) {
      put('.');
      padded(digits % TEN_TO[scale], scale);
    }
  }

  private void timestamp(Instant instant) {
    long second = instant.getEpochSecond();
    long day = Math.floorDiv(second, SECONDS_PER_DAY);
    if (day == lastDay) {
      reserve(lastDate.length);
      System.arraycopy(lastDate, 0, bytes, length, lastDate.length);
      length += lastDate.length;
    } else {
      LocalDate date = LocalDate.ofEpochDay(day);
      int from = length;
      date(date);
      lastDate = Arrays.copyOfRange(bytes, from, length);
      lastYear = date.getYear();
      lastDay = day;
    }
    put(' ');
    time((int) (second - day * SECONDS_PER_DAY), instant.getNano() / 1000);
    // A column without time zone ignores the offset, one with a time zone needs it.
    ascii("+00");
    era(lastYear);
  }

  private void date(LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    padded(year, 4);
    put('-');
    padded(date.getMonthValue(), 2);
    put('-');
    padded(date.getDayOfMonth(), 2);
  }

  private void era(int year) {
    if (year <= 0) {
      ascii(" BC");
    }
  }

  private void time(int secondOfDay, int micros) {
    reserve(TIME_BYTES);
    pair(secondOfDay / 3600);
    bytes[length++] = ':';
    pair(secondOfDay / 60 % 60);
    bytes[length++] = ':';
    pair(secondOfDay % 60);
    if (micros > 0) {
      bytes[length++] = '.';
      pair(micros / 10_000);
      pair(micros / 100 % 100);
      pair(micros % 100);
    }
  }

  /** Writes two digits into room that is there. */
  private void pair(int number) {
    bytes[length++] = TENS[number];
    bytes[length++] = ONES[number];
  }

  /** Writes a number that is not negative in this many digits or more. */
  private void padded(long number, int width) {
    int digits = width;
    for (long most = TEN_TO[width]; digits < LONGEST && number >= most; most *= 10) {
      digits++;
    }
    reserve(digits);
    int end = length + digits;
    long rest = number;
    int i = end;
    for (; i - 2 >= length; i -= 2) {
      int pair = (int) (rest % 100);
      rest /= 100;
      bytes[i - 1] = ONES[pair];
      bytes[i - 2] = TENS[pair];
    }
    if (i > length) {
      bytes[length] = ONES[(int) rest];
    }
    length = end;
  }

  private void uuid(UUID id) {
    reserve(ID_BYTES);
    if (id.equals(repeated)) {
      System.arraycopy(repeatedText, 0, bytes, length, ID_BYTES);
      length += ID_BYTES;
      return;
    }
    write(id);
    if (id.equals(lastButOne)) {
      repeated = id;
      repeatedText = Arrays.copyOfRange(bytes, length - ID_BYTES, length);
    }
    lastButOne = last;
    last = id;
  }

  private void write(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    hex(high >>> 32, 8);
    bytes[length++] = '-';
    hex(high >>> 16, 4);
    bytes[length++] = '-';
    hex(high, 4);
    bytes[length++] = '-';
    hex(low >>> 48, 4);
    bytes[length++] = '-';
    hex(low, 12);
  }

  private void hex(long bits, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (bits >>> shift) & 0xF];
    }
  }

  private void hex(byte[] binary) {
    ascii("\\\\x");
    reserve(2 * binary.length);
    for (byte b : binary) {
      hex(b, 2);
    }
  }

  @SuppressWarnings("deprecation") // It takes the low byte of each character, which ASCII is.
  private void ascii(String text) {
    int characters = text.length();
    reserve(characters);
    text.getBytes(0, characters, bytes, length);
    length += characters;
  }

  private void put(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }
}
