package dev.penstock.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight digits at once: change events have some ten numbers of sixteen digits and more. The method
 * is that of D. Lemire, Number parsing at a gigabyte per second, Software: Practice and Experience
 * 51 (2021), section 6.
 */
final class JsonDigits {
  static final int AT_ONCE = Long.BYTES;
  static final long FACTOR = 100_000_000;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_HALVES = 0xF0F0_F0F0_F0F0_F0F0L;
  private static final long LOW_HALVES = 0x0F0F_0F0F_0F0F_0F0FL;

  /** Added to a byte from ':' to '?', it changes the high half of the byte; to a digit, not. */
  private static final long SIXES = 0x0606_0606_0606_0606L;

  private static final long THREES = 0x3333_3333_3333_3333L;

  private JsonDigits() {}

  /** Whether eight digits stand here. */
  static boolean areAt(byte[] bytes, int at) {
    long word = (long) WORDS.get(bytes, at);
    return ((word & HIGH_HALVES) | (((word + SIXES) & HIGH_HALVES) >>> 4)) == THREES;
  }

  /** The number that the eight digits are. */
  static long at(byte[] bytes, int at) {
    // Neighbours become pairs of digits, then four digits, then eight: 10 and 1, 100 and 1, 10,000
    // and 1.
    long word = (long) WORDS.get(bytes, at);
    long pairs = ((word & LOW_HALVES) * (10 * 0x100 + 1)) >>> 8;
    long fours = ((pairs & 0x00FF_00FF_00FF_00FFL) * (100 * 0x1_0000 + 1)) >>> 16;
    return ((fours & 0x0000_FFFF_0000_FFFFL) * (10_000 * 0x1_0000_0000L + 1)) >>> 32;
  }
}
