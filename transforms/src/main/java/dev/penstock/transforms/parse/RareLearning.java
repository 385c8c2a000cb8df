package dev.penstock.transforms.parse;

/**
 * When to learn anew what values look like. Learning costs more than reading, and must not be done
 * again and again where values of several looks take turns: the pause behind it doubles until what
 * was learned is of use for a while.
 */
final class RareLearning {
  private static final int LONGEST_PAUSE = 4096;

  /** So many uses in a row make good for what learning costs. */
  private static final int WORTH = 64;

  private int pause;
  private int left;
  private int usesInRow;

  /** Says that what was learned last was of use. */
  void used() {
    usesInRow++;
  }

  /** Says that it was of none, and tells whether to learn from the value at hand. */
  boolean isDue() {
    if (usesInRow >= WORTH) {
      pause = 0;
      left = 0;
    }
    usesInRow = 0;
    if (left > 0) {
      left--;
      return false;
    }
    left = pause;
    pause = Math.min(LONGEST_PAUSE, Math.max(1, 2 * pause));
    return true;
  }
}
