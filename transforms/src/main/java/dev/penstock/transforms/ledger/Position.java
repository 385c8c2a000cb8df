package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a record came from: the unit of input it was read from, and its place in that unit.
 *
 * <p>For a file, {@link #source} is the file's absolute resource name, {@link #modified} its last
 * modification time in milliseconds since the epoch (0 where the file system does not tell), {@link
 * #offset} the offset in bytes of the record's first byte in the (decompressed) file, and {@link
 * #number} the number of the record in the file, counted from 1 and without the header. For a Kafka
 * record, {@code source} is {@code topic-partition}, {@code modified} is 0, and {@code offset} and
 * {@code number} are both the Kafka offset.
 *
 * <p>Positions are ordered by source name (by Unicode code point), then modification time, then
 * offset. This is the version of a row whose contract names no version field: a later file name
 * wins over an earlier one, a rewritten file over its former content, and a later record over an
 * earlier one of the same file.
 */
@AutoValue
public abstract class Position implements Serializable, Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::source, Position::compareCodePoints)
          .thenComparingLong(Position::modified)
          .thenComparingLong(Position::offset);

  /** Names a place in a unit of input. */
  public static Position of(String source, long modified, long offset, long number) {
    return new AutoValue_Position(source, modified, offset, number);
  }

  /** The unit of input: an absolute file name, or {@code topic-partition}. */
  public abstract String source();

  /** Last modification of the unit in milliseconds since the epoch, or 0 where that is unknown. */
  public abstract long modified();

  /** Byte offset of the record in its file, or its Kafka offset. */
  public abstract long offset();

  /** Number of the record in its file, counted from 1, or its Kafka offset. */
  public abstract long number();

  /**
   * Strings compare by UTF-16 code unit, which is not the order of code points (nor that of UTF-8,
   * in which databases compare) where surrogates meet characters from U+E000 on.
   */
  private static int compareCodePoints(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean alike = Character.isSurrogate(a) == Character.isSurrogate(b);
        return alike ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** Says the position the way messages do: {@code loans.csv, record 12 (byte 3456)}. */
  public String describe() {
    String name = source().substring(source().lastIndexOf('/') + 1);
    return name + ", record " + number() + " (byte " + offset() + ")";
  }
}
