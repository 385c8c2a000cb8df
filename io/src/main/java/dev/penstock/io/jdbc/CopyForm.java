package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows in one of the forms that PostgreSQL's COPY takes, one behind the other. */
abstract class CopyForm {
  private static final int FIRST_BYTES = 64 * 1024;

  /** Room that is kept for the next batch; few batches need more. */
  private static final int MOST_KEPT = 16 * 1024 * 1024;

  byte[] bytes = new byte[FIRST_BYTES];
  int length;

  /** What stands behind COPY's {@code FROM STDIN}. */
  abstract String options();

  /** Whether the bytes are those of values of certain types, and of no others. */
  abstract boolean isTyped();

  /** What comes before the first row. */
  abstract byte[] head();

  /** What comes behind the last row. */
  abstract byte[] tail();

  /**
   * Adds a row.
   *
   * @throws Unstorable if a value has no form of its column's type; nothing is added then
   */
  abstract void row(@Nullable Object[] values) throws Unstorable;

  final byte[] bytes() {
    return bytes;
  }

  final int length() {
    return length;
  }

  final void clear() {
    length = 0;
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  final void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
