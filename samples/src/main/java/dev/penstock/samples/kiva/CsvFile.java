package dev.penstock.samples.kiva;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes CSV records one after another and knows the offset of each. It can write on purpose what a
 * CSV writer must never write, which is what it is for.
 */
final class CsvFile implements AutoCloseable {
  private static final int FLUSH_AT = 1 << 16;

  private final OutputStream out;
  private byte[] buffer = new byte[2 * FLUSH_AT];
  private int length;
  private long flushed;

  CsvFile(OutputStream out) {
    this.out = out;
  }

  /** Offset in bytes of what is written next. */
  long offset() {
    return flushed + length;
  }

  /** Writes one well-formed record. */
  void record(List<String> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        put(',');
      }
      field(fields.get(i));
    }
    endRecord();
  }

  /** Writes fields as they are, unquoted, whatever they hold. */
  void rawRecord(List<String> fields) throws IOException {
    raw(String.join(",", fields));
    endRecord();
  }

  private void field(String text) {
    if (!needsQuotes(text)) {
      raw(text);
      return;
    }
    put('"');
    raw(text.indexOf('"') < 0 ? text : text.replace("\"", "\"\""));
    put('"');
  }

  static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  /** The character U+FFFF stands for the byte 0xFF, which UTF-8 never uses. */
  private void raw(String text) {
    int invalid = text.indexOf(Fault.INVALID_BYTE);
    if (invalid >= 0) {
      raw(text.substring(0, invalid));
      put(0xFF);
      raw(text.substring(invalid + 1));
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void put(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }

  private void endRecord() throws IOException {
    put('\n');
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
