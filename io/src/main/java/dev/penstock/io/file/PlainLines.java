package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds line ends and quotes eight bytes at a time. Between two line ends without a quote lies just
 * one record, whatever else is in it.
 */
final class PlainLines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long RETURNS = ONES * '\r';

  private final byte quote;
  private final long quotes;

  private PlainLines(byte quote) {
    this.quote = quote;
    this.quotes = ONES * quote;
  }

  /** Null where a line end or quote takes more than one byte, or could be a part of another. */
  static @Nullable PlainLines of(CsvDialect dialect, CsvEncoding encoding) {
    if (encoding.width() > 1 || dialect.quote() > 127) {
      return null;
    }
    // Without quoting, a line feed stands in for the quote: it ends the line anyway.
    return new PlainLines(dialect.quote() == '\0' ? (byte) '\n' : (byte) dialect.quote());
  }

  /** Index of the first line feed, carriage return or quote, or {@code to} when there is none. */
  int stop(byte[] bytes, int from, int to) {
    int i = from;
    while (i + Long.BYTES <= to) {
      long word = (long) LONGS.get(bytes, i);
      long found = zeros(word ^ LINE_FEEDS) | zeros(word ^ RETURNS) | zeros(word ^ quotes);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      i += Long.BYTES;
    }
    while (i < to && !isLineEnd(bytes[i]) && bytes[i] != quote) {
      i++;
    }
    return i;
  }

  /**
   * The high bits of bytes that are zero; of bytes above the lowest zero one some may be set in
   * error, so that only the lowest is to be used (H. S. Warren, Hacker's Delight, section 6-1).
   */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
