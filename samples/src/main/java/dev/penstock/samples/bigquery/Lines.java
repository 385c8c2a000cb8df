package dev.penstock.samples.bigquery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Lines of a file as bytes, each with its position; gzip is recognised and unpacked. */
final class Lines implements AutoCloseable {
  private static final int BUFFER = 256 << 10;
  private static final int LONGEST = 100 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private int next;
  private int filled;
  private long position;
  private long bufferPosition;

  Lines(InputStream in) throws IOException {
    this.in = unpacked(in);
  }

  static InputStream unpacked(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return packed ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  /** Goes to the next line that is not blank; false at the end. */
  boolean next() throws IOException {
    while (line()) {
      if (!isBlank()) {
        return true;
      }
    }
    return false;
  }

  private boolean line() throws IOException {
    start = next;
    int at = next;
    while (true) {
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      if (at < filled) {
        break;
      }
      int scanned = at - start;
      if (!fill()) {
        if (scanned == 0) {
          return false;
        }
        at = start + scanned;
        break;
      }
      at = start + scanned;
    }
    position = bufferPosition + start;
    next = Math.min(at + 1, filled);
    end = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
    return true;
  }

  // Keeps the line that was begun, at the front of the buffer, and reads more behind it.
  private boolean fill() throws IOException {
    int kept = filled - start;
    if (kept == buffer.length) {
      if (kept >= LONGEST) {
        throw ApiException.invalid(
            "Error while reading data, error message: Row size is larger than: " + LONGEST + ".");
      }
      buffer = Arrays.copyOf(buffer, kept * 2);
    } else if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, kept);
    }
    bufferPosition += start;
    start = 0;
    filled = kept;
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count <= 0) {
      return false;
    }
    filled += count;
    return true;
  }

  private boolean isBlank() {
    for (int at = start; at < end; at++) {
      if (buffer[at] > ' ' || buffer[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of the file, unpacked, before the line. */
  long position() {
    return position;
  }

  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return start;
  }

  int length() {
    return end - start;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
