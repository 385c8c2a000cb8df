package dev.penstock.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Rows in the text format of PostgreSQL's COPY, as bytes. */
public final class CopyRows {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private byte[] bytes = new byte[1 << 20];
  private int length;
  private int rows;
  private long day = Long.MIN_VALUE;
  private byte[] date = {};

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public int rows() {
    return rows;
  }

  public void clear() {
    length = 0;
    rows = 0;
  }

  /** Ends the row. */
  public void end() {
    // Instead of the separator behind the last column.
    bytes[length - 1] = '\n';
    rows++;
  }

  public void nothing() {
    room(3);
    put('\\');
    put('N');
    put('\t');
  }

  public void flag(boolean value) {
    room(2);
    put(value ? 't' : 'f');
    put('\t');
  }

  public void number(long value) {
    raw(Long.toString(value).getBytes(StandardCharsets.ISO_8859_1));
    room(1);
    put('\t');
  }

  public void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    room(2 * utf8.length + 1);
    for (byte each : utf8) {
      switch (each) {
        case '\\' -> escaped('\\');
        case '\t' -> escaped('t');
        case '\n' -> escaped('n');
        case '\r' -> escaped('r');
        default -> bytes[length++] = each;
      }
    }
    put('\t');
  }

  /** A time in UTC, in microseconds since 1970. */
  public void time(long micros) {
    long now = Math.floorDiv(micros, MICROS_PER_DAY);
    if (now != day) {
      day = now;
      date = (LocalDate.ofEpochDay(now) + " ").getBytes(StandardCharsets.ISO_8859_1);
    }
    raw(date);
    room(20);
    long left = Math.floorMod(micros, MICROS_PER_DAY);
    long seconds = left / 1_000_000;
    digits(seconds / 3600, 10);
    put(':');
    digits(seconds / 60 % 60, 10);
    put(':');
    digits(seconds % 60, 10);
    put('.');
    digits(left % 1_000_000, 100_000);
    put('+');
    put('0');
    put('0');
    put('\t');
  }

  private void digits(long value, int highest) {
    for (int place = highest; place > 0; place /= 10) {
      put((char) ('0' + value / place % 10));
    }
  }

  private void escaped(char letter) {
    put('\\');
    put(letter);
  }

  private void put(char letter) {
    bytes[length++] = (byte) letter;
  }

  private void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
