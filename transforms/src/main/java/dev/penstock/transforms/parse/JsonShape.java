package dev.penstock.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What one object looked like, with gaps for those of its values that others like it have
 * otherwise. Between the gaps its bytes are compared, which costs far less than to read them. One
 * instance serves one thread.
 */
final class JsonShape {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Digits of the largest number of 64 bits; more of them may have wrapped around. */
  private static final int MOST_DIGITS = 19;

  private static final int NO_MATCH = -1;

  private final byte[] sample;
  private final int members;
  private final int closed;
  private final Kind[] kinds;

  // Of each gap: where the sample's value stands that is not compared.
  private final int[] gapFrom;
  private final int[] gapTo;

  // Of the last match: its bytes, and of each gap, where its value stands and which number it is.
  private byte[] matched = {};
  private boolean ascii;
  private final int[] from;
  private final int[] to;
  private final long[] number;

  /** What may stand in a gap. */
  enum Kind {
    /** A number of digits alone that is within 64 bits. */
    WHOLE,
    /** A text without escapes, of which the quotes are no part of the gap. */
    TEXT,
    /** A text that nobody asks for, which may have quotes and backslashes in it. */
    PASSED
  }

  /** Where the sample has a value that may be another one. */
  record Gap(Kind kind, int from, int to) {}

  /**
   * Makes a shape.
   *
   * @param sample an object in UTF-8 from its brace on, and perhaps members that follow it
   * @param gaps in their order
   * @param members how many there are, in objects within others as well
   * @param closed how many objects are open at the end less than behind the first brace
   */
  JsonShape(byte[] sample, List<Gap> gaps, int members, int closed) {
    this.sample = sample;
    this.members = members;
    this.closed = closed;
    this.kinds = gaps.stream().map(Gap::kind).toArray(Kind[]::new);
    this.gapFrom = gaps.stream().mapToInt(Gap::from).toArray();
    this.gapTo = gaps.stream().mapToInt(Gap::to).toArray();
    this.from = new int[kinds.length];
    this.to = new int[kinds.length];
    this.number = new long[kinds.length];
  }

  int members() {
    return members;
  }

  /** How many objects that were open, its own among them, are closed at its end. */
  int closed() {
    return closed;
  }

  /** The number in a gap of the last match. */
  long number(int gap) {
    return number[gap];
  }

  /** Whether the last match has the text with these bytes in a gap. */
  boolean textIs(int gap, byte[] utf8) {
    return Arrays.equals(utf8, 0, utf8.length, matched, from[gap], to[gap]);
  }

  /** The text, or the digits, in a gap of the last match. */
  String text(int gap) {
    return new String(matched, from[gap], to[gap] - from[gap], StandardCharsets.UTF_8);
  }

  /** Whether the texts in the gaps of the last match are ASCII. */
  boolean isAscii() {
    return ascii;
  }

  /**
   * Compares what begins here.
   *
   * @return index behind it, or a negative number when it has another shape or none
   */
  int match(byte[] bytes, int first, int end) {
    matched = bytes;
    ascii = true;
    int at = first;
    int done = 0;
    for (int gap = 0; gap < kinds.length; gap++) {
      int length = gapFrom[gap] - done;
      if (!isAt(done, length, bytes, at, end)) {
        return NO_MATCH;
      }
      at += length;
      from[gap] = at;
      at = kinds[gap] == Kind.WHOLE ? behindWhole(gap, end) : behindText(gap, end);
      if (at < 0) {
        return NO_MATCH;
      }
      to[gap] = at;
      done = gapTo[gap];
    }
    int length = sample.length - done;
    return isAt(done, length, bytes, at, end) ? at + length : NO_MATCH;
  }

  /** Whether a part of the sample stands here. */
  private boolean isAt(int part, int length, byte[] bytes, int at, int end) {
    if (end - at < length) {
      return false;
    }
    // Parts are short, and a comparison of arrays has more to do before it begins.
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      if ((long) WORDS.get(sample, part + i) != (long) WORDS.get(bytes, at + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (sample[part + i] != bytes[at + i]) {
        return false;
      }
    }
    return true;
  }

  private int behindWhole(int gap, int end) {
    byte[] bytes = matched;
    int first = from[gap];
    if (first < end && bytes[first] == '0') {
      // No digit may follow, and none does where the sample has a comma or a brace.
      number[gap] = 0;
      return first + 1;
    }
    int i = first;
    long value = 0;
    for (; end - i >= JsonDigits.AT_ONCE && JsonDigits.areAt(bytes, i); i += JsonDigits.AT_ONCE) {
      value = value * JsonDigits.FACTOR + JsonDigits.at(bytes, i);
    }
    for (; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    number[gap] = value;
    // Nineteen digits that do not fit into 64 bits have turned the sign.
    return i == first || i - first > MOST_DIGITS || value < 0 ? NO_MATCH : i;
  }

  private int behindText(int gap, int end) {
    byte[] bytes = matched;
    int i = JsonStrings.special(bytes, from[gap], end);
    while (i < end && bytes[i] == '\\') {
      boolean simple = i + 1 < end && (bytes[i + 1] == '"' || bytes[i + 1] == '\\');
      if (!simple || kinds[gap] != Kind.PASSED) {
        return NO_MATCH;
      }
      i = JsonStrings.special(bytes, i + 2, end);
    }
    ascii &= JsonStrings.isAscii(bytes, from[gap], i);
    // What ends the text, if not a quote, is not what the sample has there.
    return i;
  }
}
