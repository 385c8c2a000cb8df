package dev.penstock.io.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's COPY text format. Every value is written so that it reads back the same:
 * nothing in a value can end its field or its row.
 */
final class CopyText {
  private static final int[] TEN_TO = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private byte[] bytes = new byte[64 * 1024];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void row(Object[] values) {
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
    } else if (value instanceof Instant instant) {
      timestamp(instant);
    } else if (value instanceof LocalDate date) {
      date(date);
      era(date.getYear());
    } else if (value instanceof LocalTime time) {
      time(time);
    } else if (value instanceof BigDecimal number) {
      ascii(number.toString());
    } else if (value instanceof Boolean flag) {
      put(flag ? 't' : 'f');
    } else if (value instanceof byte[] binary) {
      hex(binary);
    } else {
      // Long, Double, Float and UUID print as PostgreSQL reads them, NaN and Infinity included.
      ascii(value.toString());
    }
  }

  private void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(2 * encoded.length);
    for (byte b : encoded) {
      switch (b) {
        case '\\' -> escaped('\\');
        case '\n' -> escaped('n');
        case '\r' -> escaped('r');
        case '\t' -> escaped('t');
        default -> bytes[length++] = b;
      }
    }
  }

  private void escaped(char letter) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) letter;
  }

  private void timestamp(Instant instant) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    date(utc.toLocalDate());
    put(' ');
    time(utc.toLocalTime());
    // A column without time zone ignores the offset, one with a time zone needs it.
    ascii("+00");
    era(utc.getYear());
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

  private void time(LocalTime time) {
    padded(time.getHour(), 2);
    put(':');
    padded(time.getMinute(), 2);
    put(':');
    padded(time.getSecond(), 2);
    int micros = time.getNano() / 1000;
    if (micros > 0) {
      put('.');
      padded(micros, 6);
    }
  }

  private void padded(int number, int width) {
    if (number >= 1_000_000) {
      ascii(Integer.toString(number));
      return;
    }
    int digits = width;
    for (int most = TEN_TO[width]; number >= most; most *= 10) {
      digits++;
    }
    reserve(digits);
    int rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void hex(byte[] binary) {
    ascii("\\\\x");
    reserve(2 * binary.length);
    for (byte b : binary) {
      bytes[length++] = (byte) Character.forDigit((b >> 4) & 0xF, 16);
      bytes[length++] = (byte) Character.forDigit(b & 0xF, 16);
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

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
