package dev.penstock.io.bigquery;

import dev.penstock.io.sink.Unstorable;
import java.util.Arrays;

/** Bytes that are appended to; its array is used again for each row. */
final class GrowingBytes {
  private byte[] bytes;
  private int size;

  GrowingBytes(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  void truncate(int length) {
    size = length;
  }

  void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  void put(int value) {
    if (size == bytes.length) {
      reserve(1);
    }
    bytes[size++] = (byte) value;
  }

  void put(byte[] source) {
    put(source, 0, source.length);
  }

  void put(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** Text of ASCII characters. */
  @SuppressWarnings(
      "deprecation") // the only way to copy Latin-1 without a check for each character
  void ascii(String text) {
    int length = text.length();
    reserve(length);
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  void decimal(long value) {
    ascii(Long.toString(value));
  }

  /** A number in so many digits, with zeros before it. */
  void digits(int value, int count) {
    reserve(count);
    int rest = value;
    for (int i = size + count - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  /** One character beyond ASCII in UTF-8, which takes the next one along if they are a pair. */
  int utf8(String text, int index, String field) throws Unstorable {
    char c = text.charAt(index);
    reserve(4);
    if (c < 0x80) {
      bytes[size++] = (byte) c;
      return index;
    }
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
    } else if (!Character.isSurrogate(c)) {
      bytes[size++] = (byte) (0xE0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    } else {
      if (!Character.isHighSurrogate(c)
          || index + 1 == text.length()
          || !Character.isLowSurrogate(text.charAt(index + 1))) {
        throw new Unstorable(Unstorable.TEXT, field, "holds half a character (a surrogate)");
      }
      int point = Character.toCodePoint(c, text.charAt(index + 1));
      bytes[size++] = (byte) (0xF0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (point & 0x3F));
      return index + 1;
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3F));
    return index;
  }

  /** A number in the variable length of protocol buffers. */
  void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void fixed64(long value) {
    reserve(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /** Puts the length of what follows a place before it, in variable length. */
  void prefixLength(int from) {
    int length = size - from;
    int width = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      width++;
    }
    reserve(width);
    System.arraycopy(bytes, from, bytes, from + width, length);
    size = from;
    varint(length);
    size = from + width + length;
  }
}
