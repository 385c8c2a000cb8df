package dev.penstock.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands between the quotes of JSON: where it ends, and which text it is. */
final class JsonStrings {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private JsonStrings() {}

  /** Index of the first quote, backslash or control character, or the end. */
  static int special(byte[] bytes, int first, int end) {
    int i = first;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      long quotes = word ^ QUOTES;
      long backslashes = word ^ BACKSLASHES;
      // The lowest byte that is marked is one of them; above it, a borrow may mark others as well.
      long marks =
          (((quotes - ONES) & ~quotes)
                  | ((backslashes - ONES) & ~backslashes)
                  | ((word - SPACES) & ~word))
              & HIGHS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] >= ' ' || bytes[i] < 0)) {
      i++;
    }
    return i;
  }

  /** Whether all bytes are ASCII. */
  static boolean isAscii(byte[] bytes, int from, int to) {
    long all = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      all |= (long) WORDS.get(bytes, i);
    }
    for (; i < to; i++) {
      all |= bytes[i];
    }
    return (all & HIGHS) == 0;
  }

  /**
   * The decimal of these bytes, at most 18, if they are digits with one point among them, and
   * perhaps a minus in front; null for everything else, which may still be a number.
   */
  static @Nullable BigDecimal decimal(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    long unscaled = 0;
    int digits = 0;
    int point = -1;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      int c = bytes[i];
      if (c >= '0' && c <= '9') {
        unscaled = unscaled * 10 + (c - '0');
        digits++;
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return null;
      }
    }
    return point < 0 || digits == 0
        ? null
        : BigDecimal.valueOf(negative ? -unscaled : unscaled, to - point - 1);
  }

  /** The text of these bytes, in which all escapes are right. */
  static String text(byte[] bytes, int from, int to, boolean escaped) {
    if (!escaped) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int plain = i;
      while (i < to && bytes[i] != '\\') {
        i++;
      }
      text.append(new String(bytes, plain, i - plain, StandardCharsets.UTF_8));
      if (i < to) {
        i = unescape(bytes, i + 1, text);
      }
    }
    return text.toString();
  }

  private static int unescape(byte[] bytes, int i, StringBuilder text) {
    switch (bytes[i]) {
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        int unit = 0;
        for (int k = i + 1; k <= i + 4; k++) {
          unit = unit << 4 | Character.digit(bytes[k], 16);
        }
        text.append((char) unit);
        return i + 5;
      }
      default -> text.append((char) bytes[i]);
    }
    return i + 1;
  }
}
