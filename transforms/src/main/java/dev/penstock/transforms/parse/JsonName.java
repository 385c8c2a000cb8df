package dev.penstock.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A name of members of JSON objects; what was found out about it can be kept by its index. */
final class JsonName {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final String text;
  private final int index;

  /** The name as it stands in most texts: in quotes, with a colon. */
  private final byte[] member;

  // The first and the last eight of these bytes. Of fewer than eight, the first are all of them,
  // and the mask has the bits that they do not fill as zero.
  private final long head;
  private final long mask;
  private final long tail;

  JsonName(String text, int index) {
    this.text = text;
    this.index = index;
    this.member = ("\"" + text + "\":").getBytes(StandardCharsets.UTF_8);
    int length = member.length;
    byte[] eight = Arrays.copyOf(member, Long.BYTES);
    this.head = (long) WORDS.get(eight, 0);
    this.mask = length >= Long.BYTES ? -1 : (1L << (Byte.SIZE * length)) - 1;
    this.tail = length >= Long.BYTES ? (long) WORDS.get(member, length - Long.BYTES) : head;
  }

  String text() {
    return text;
  }

  /** Whether it is the same object each time that it is met; only such names stand as they are. */
  boolean isKept() {
    return index >= 0;
  }

  /** Bytes of the name in quotes, with a colon. */
  int length() {
    return member.length;
  }

  /**
   * Whether the name stands here, in quotes and with a colon; false also where it is written with
   * escapes or white space, or with less than eight bytes to the end.
   */
  boolean isAt(byte[] bytes, int at, int end) {
    int length = member.length;
    if (end - at < Math.max(length, Long.BYTES)) {
      // So near the end of a text, it is read the long way.
      return false;
    }
    if ((((long) WORDS.get(bytes, at)) & mask) != head) {
      return false;
    }
    if (length <= Long.BYTES) {
      return true;
    }
    return (long) WORDS.get(bytes, at + length - Long.BYTES) == tail
        && (length <= 2 * Long.BYTES || isMiddleAt(bytes, at));
  }

  private boolean isMiddleAt(byte[] bytes, int at) {
    for (int i = Long.BYTES; i < member.length - Long.BYTES; i += Long.BYTES) {
      if ((long) WORDS.get(member, i) != (long) WORDS.get(bytes, at + i)) {
        return false;
      }
    }
    return true;
  }

  /** What there is for each name; found out once. One instance serves one thread. */
  static final class Table<T> {
    private final Finder<T> finder;
    private @Nullable Entry<T>[] entries = newEntries(16);

    private record Entry<T>(JsonName name, T value) {}

    /** Finds what there is for a name. */
    interface Finder<T> {
      T find(String name);
    }

    Table(Finder<T> finder) {
      this.finder = finder;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Entry<T>[] newEntries(int length) {
      return (Entry<T>[]) new Entry[length];
    }

    T get(JsonName name) {
      int index = name.index;
      if (index >= 0 && index < entries.length) {
        Entry<T> entry = entries[index];
        if (entry != null && entry.name == name) {
          return entry.value;
        }
      }
      T found = finder.find(name.text);
      if (index >= 0) {
        remember(name, found);
      }
      return found;
    }

    private void remember(JsonName name, T value) {
      if (name.index >= entries.length) {
        @Nullable Entry<T>[] longer = newEntries(Integer.highestOneBit(name.index) * 2);
        System.arraycopy(entries, 0, longer, 0, entries.length);
        entries = longer;
      }
      entries[name.index] = new Entry<>(name, value);
    }
  }
}
