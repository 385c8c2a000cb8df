package dev.penstock.transforms.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A character set of CSV bytes: how wide its units are, and which bytes are malformed. */
public enum CsvEncoding {
  /** UTF-8. */
  UTF_8(StandardCharsets.UTF_8, 1),
  /** UTF-16, most significant byte first. */
  UTF_16BE(StandardCharsets.UTF_16BE, 2),
  /** UTF-16, least significant byte first. */
  UTF_16LE(StandardCharsets.UTF_16LE, 2),
  /** Latin-1, in which every byte is a character. */
  ISO_8859_1(StandardCharsets.ISO_8859_1, 1),
  /** Windows' Western set, in which five bytes are undefined. */
  WINDOWS_1252(Charset.forName("windows-1252"), 1);

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private final Charset charset;
  private final int width;

  CsvEncoding(Charset charset, int width) {
    this.charset = charset;
    this.width = width;
  }

  /** The encoding of this name; {@code UTF-16} without a byte-order mark is big-endian. */
  public static CsvEncoding of(String charset) {
    return switch (charset) {
      case "UTF-8" -> UTF_8;
      case "UTF-16", "UTF-16BE" -> UTF_16BE;
      case "UTF-16LE" -> UTF_16LE;
      case "ISO-8859-1" -> ISO_8859_1;
      case "windows-1252" -> WINDOWS_1252;
      default -> throw new IllegalArgumentException("Unknown character set '" + charset + "'");
    };
  }

  /** The character set. */
  public Charset charset() {
    return charset;
  }

  /** Bytes of one code unit: 1 or 2. */
  public int width() {
    return width;
  }

  /** Index of the first byte that is not text in this encoding, or -1. */
  public int malformedAt(byte[] bytes, int from, int to) {
    return switch (this) {
      case UTF_8 -> malformedUtf8(bytes, from, to);
      case UTF_16BE -> malformedUtf16(bytes, from, to, 0);
      case UTF_16LE -> malformedUtf16(bytes, from, to, 1);
      case ISO_8859_1 -> -1;
      case WINDOWS_1252 -> undefined1252(bytes, from, to);
    };
  }

  /** Whether there is a NUL character. */
  public boolean hasNul(byte[] bytes, int from, int to) {
    for (int i = from; i + width <= to; i += width) {
      if (bytes[i] == 0 && bytes[i + width - 1] == 0) {
        return true;
      }
    }
    return false;
  }

  private static int malformedUtf8(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      // Most text is ASCII, and thirty-two bytes are seen to be at once.
      while (i + 4 * Long.BYTES <= to
          && ((word(bytes, i)
                      | word(bytes, i + Long.BYTES)
                      | word(bytes, i + 2 * Long.BYTES)
                      | word(bytes, i + 3 * Long.BYTES))
                  & NOT_ASCII)
              == 0) {
        i += 4 * Long.BYTES;
      }
      if (i + Long.BYTES <= to && (word(bytes, i) & NOT_ASCII) == 0) {
        i += Long.BYTES;
        continue;
      }
      if (i == to) {
        break;
      }
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int length = sequence(bytes, i, to);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  private static long word(byte[] bytes, int i) {
    return (long) WORDS.get(bytes, i);
  }

  /** Length of the well-formed sequence of 2 to 4 bytes at i, or 0 (Unicode table 3-7). */
  private static int sequence(byte[] bytes, int i, int to) {
    int lead = bytes[i] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || to - i < length) {
      return 0;
    }
    int second = bytes[i + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int malformedUtf16(byte[] bytes, int from, int to, int highByte) {
    int i = from;
    while (to - i >= 2) {
      int surrogate = bytes[i + highByte] & 0xFC;
      if (surrogate == 0xD8) {
        if (to - i < 4 || (bytes[i + 2 + highByte] & 0xFC) != 0xDC) {
          return i;
        }
        i += 4;
      } else if (surrogate == 0xDC) {
        return i;
      } else {
        i += 2;
      }
    }
    return i < to ? i : -1;
  }

  private static int undefined1252(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (bytes[i] & 0xFF) {
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D -> {
          return i;
        }
        default -> {
          // Defined.
        }
      }
    }
    return -1;
  }
}
