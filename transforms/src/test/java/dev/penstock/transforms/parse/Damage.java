package dev.penstock.transforms.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Breaks bytes. */
final class Damage {
  private static final List<String> PIECES =
      List.of(
          "0",
          "7",
          "-",
          ".",
          ".5",
          "e3",
          "x",
          " ",
          "\n",
          "\t",
          "\u0001",
          "\"",
          "\\",
          "\\\"",
          "\\u0061",
          "\\n",
          ",",
          ":",
          "{",
          "}",
          "[",
          "]",
          "null",
          "true",
          "é",
          "😀",
          "99999999999");

  private Damage() {}

  /** What a text in JSON may be broken with, and these. */
  static List<String> piecesAnd(String... others) {
    List<String> all = new ArrayList<>(PIECES);
    all.addAll(Arrays.asList(others));
    return all;
  }

  /** The bytes, with others in place of some of them. */
  static byte[] splice(byte[] bytes, int at, int less, byte[] more) {
    int rest = Math.min(bytes.length, at + less);
    byte[] spliced = Arrays.copyOf(bytes, at + more.length + bytes.length - rest);
    System.arraycopy(more, 0, spliced, at, more.length);
    System.arraycopy(bytes, rest, spliced, at + more.length, bytes.length - rest);
    return spliced;
  }
}
