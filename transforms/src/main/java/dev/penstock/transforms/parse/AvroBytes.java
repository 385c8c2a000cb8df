package dev.penstock.transforms.parse;

import dev.penstock.transforms.csv.CsvEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads Avro's binary encoding from bytes that nobody vouches for: no length is believed before the
 * bytes are there. Reused; one instance serves one thread.
 */
final class AvroBytes {
  private static final int MOST_BITS = 63;
  private static final CsvEncoding UTF_8 = CsvEncoding.of("UTF-8");

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** The bytes do not follow their schema. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A fault.
     *
     * @param what what is wrong, for people
     */
    Malformed(String what) {
      super(what, null, false, false);
    }
  }

  @SuppressWarnings("mutable") // The buffer is the reader's, and copying it is what this avoids.
  void start(byte[] buffer, int from, int to) {
    bytes = buffer;
    at = from;
    end = to;
  }

  int position() {
    return at;
  }

  /** Bytes that have not been read. */
  int left() {
    return end - at;
  }

  boolean readBoolean() throws Malformed {
    int value = next();
    if (value != 0 && value != 1) {
      throw new Malformed("a boolean is neither 0 nor 1");
    }
    return value == 1;
  }

  int readInt() throws Malformed {
    long value = readLong();
    if (value != (int) value) {
      throw new Malformed("an int is beyond 32 bits");
    }
    return (int) value;
  }

  long readLong() throws Malformed {
    long value = 0;
    for (int shift = 0; shift <= MOST_BITS; shift += 7) {
      int next = next();
      value |= (next & 0x7FL) << shift;
      if ((next & 0x80) == 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new Malformed("a number is beyond 64 bits");
  }

  float readFloat() throws Malformed {
    return fixed(Float.BYTES).getFloat();
  }

  double readDouble() throws Malformed {
    return fixed(Double.BYTES).getDouble();
  }

  /** Bytes whose number stands before them. */
  byte[] readBytes() throws Malformed {
    return readFixed(length());
  }

  byte[] readFixed(int size) throws Malformed {
    byte[] value = new byte[checked(size)];
    System.arraycopy(bytes, at, value, 0, size);
    at += size;
    return value;
  }

  String readString() throws Malformed {
    int length = length();
    if (UTF_8.malformedAt(bytes, at, at + length) >= 0) {
      throw new Malformed("a text is not valid UTF-8");
    }
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  private ByteBuffer fixed(int size) throws Malformed {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, at, checked(size)).order(ByteOrder.LITTLE_ENDIAN);
    at += size;
    return buffer;
  }

  private int length() throws Malformed {
    long length = readLong();
    if (length < 0 || length > left()) {
      throw new Malformed("a text or bytes are longer than the record");
    }
    return (int) length;
  }

  private int checked(int size) throws Malformed {
    if (size > left()) {
      throw new Malformed("it ends before its schema does");
    }
    return size;
  }

  private int next() throws Malformed {
    byte next = bytes[at + checked(1) - 1];
    at++;
    return next & 0xFF;
  }
}
