package dev.penstock.transforms.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One string for equal short texts of a field. Most columns repeat their values; a string that is
 * there already costs no memory, knows its hash, and is equal to itself at first sight for whoever
 * keeps values after this. A field whose texts are mostly new is left alone for a while.
 */
final class RepeatedTexts {
  static final int LONGEST = 32;

  private static final int SLOT_BITS = 8;
  private static final int JUDGED = 1024;
  private static final int REST = 64 * JUDGED;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The golden ratio's bits: D. Knuth, The Art of Computer Programming, volume 3, section 6.4. */
  private static final long FIBONACCI = 0x9E37_79B9_7F4A_7C15L;

  private final byte[] keys = new byte[LONGEST << SLOT_BITS];
  private final @Nullable String[] texts = new @Nullable String[1 << SLOT_BITS];
  private int asked;
  private int found;
  private int resting;

  /**
   * The string of these bytes.
   *
   * @param length 1 to {@link #LONGEST}
   * @param bytes ASCII
   */
  String of(byte[] bytes, int from, int length) {
    if (resting > 0) {
      resting--;
      return decode(bytes, from, length);
    }
    judge();
    int slot = slot(bytes, from, length);
    int key = slot * LONGEST;
    String known = texts[slot];
    if (known != null
        && known.length() == length
        && Arrays.equals(keys, key, key + length, bytes, from, from + length)) {
      found++;
      return known;
    }
    String text = decode(bytes, from, length);
    texts[slot] = text;
    System.arraycopy(bytes, from, keys, key, length);
    return text;
  }

  private void judge() {
    if (asked == JUDGED) {
      resting = found < JUDGED / 2 ? REST : 0;
      asked = 0;
      found = 0;
    }
    asked++;
  }

  private static int slot(byte[] bytes, int from, int length) {
    long first;
    long last = 0;
    if (length >= Long.BYTES) {
      first = (long) LONGS.get(bytes, from);
      last = (long) LONGS.get(bytes, from + length - Long.BYTES);
    } else {
      first = 0;
      for (int i = from; i < from + length; i++) {
        first = first << Byte.SIZE | bytes[i];
      }
    }
    long mixed = (first * FIBONACCI ^ Long.rotateLeft(last, 32) ^ length) * FIBONACCI;
    return (int) (mixed >>> (Long.SIZE - SLOT_BITS));
  }

  private static String decode(byte[] bytes, int from, int length) {
    // Latin-1 is what the JVM stores ASCII text as: a plain copy.
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }
}
