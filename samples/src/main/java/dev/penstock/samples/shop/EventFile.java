package dev.penstock.samples.shop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Writes the parts of records as bytes, without making texts of them first. */
final class EventFile implements AutoCloseable {
  private static final int FLUSH_AT = 1 << 16;
  private static final int LONGEST_RECORD = 1 << 12;
  private static final long DAY = TimeUnit.DAYS.toSeconds(1);
  private static final byte[] ZONE = " UTC".getBytes(US_ASCII);
  private static final int SESSION_LENGTH = 10;
  private static final byte[] SESSION_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789Zz".getBytes(US_ASCII);

  private final OutputStream out;
  private final byte[] buffer = new byte[FLUSH_AT + LONGEST_RECORD];
  private int length;
  private long flushed;
  private long day = Long.MIN_VALUE;
  private byte[] date = {};

  EventFile(OutputStream out) {
    this.out = out;
  }

  /** Offset in bytes of what is written next. */
  long offset() {
    return flushed + length;
  }

  @CanIgnoreReturnValue
  EventFile text(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  @CanIgnoreReturnValue
  EventFile bytes(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  @CanIgnoreReturnValue
  EventFile comma() {
    buffer[length++] = ',';
    return this;
  }

  /** {@code 2020-09-24 11:57:06 UTC}. */
  @CanIgnoreReturnValue
  EventFile time(long epochSecond) {
    long itsDay = Math.floorDiv(epochSecond, DAY);
    if (itsDay != day) {
      day = itsDay;
      date = LocalDate.ofEpochDay(day).toString().getBytes(US_ASCII);
    }
    int second = (int) (epochSecond - day * DAY);
    bytes(date);
    twoDigits(' ', second / 3600);
    twoDigits(':', second / 60 % 60);
    twoDigits(':', second % 60);
    return bytes(ZONE);
  }

  private void twoDigits(char before, int value) {
    buffer[length++] = (byte) before;
    buffer[length++] = (byte) ('0' + value / 10);
    buffer[length++] = (byte) ('0' + value % 10);
  }

  /** A number that is not negative. */
  @CanIgnoreReturnValue
  EventFile number(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Ten letters and digits for a number. */
  @CanIgnoreReturnValue
  EventFile session(long number) {
    long rest = number;
    for (int i = 0; i < SESSION_LENGTH; i++) {
      buffer[length++] = SESSION_LETTERS[(int) (rest & 63)];
      rest >>>= 6;
    }
    return this;
  }

  void endRecord() throws IOException {
    buffer[length++] = '\n';
    if (length >= FLUSH_AT) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, length);
    flushed += length;
    length = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
