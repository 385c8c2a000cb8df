package dev.penstock.transforms.parse;

import java.util.Arrays;

/** Breaks bytes. */
final class Damage {
  private Damage() {}

  /** The bytes, with others in place of some of them. */
  static byte[] splice(byte[] bytes, int at, int less, byte[] more) {
    int rest = Math.min(bytes.length, at + less);
    byte[] spliced = Arrays.copyOf(bytes, at + more.length + bytes.length - rest);
    System.arraycopy(more, 0, spliced, at, more.length);
    System.arraycopy(bytes, rest, spliced, at + more.length, bytes.length - rest);
    return spliced;
  }
}
