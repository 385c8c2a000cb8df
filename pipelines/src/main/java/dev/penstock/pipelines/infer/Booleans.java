package dev.penstock.pipelines.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The truth values of a column, in the pairs of words that are in use for them. */
final class Booleans {
  private static final int LONGEST = 5;

  private final List<Pair> pairs = new ArrayList<>();
  private long values;

  Booleans() {
    pairs.add(new Pair("true", "false"));
    pairs.add(new Pair("yes", "no"));
    pairs.add(new Pair("y", "n"));
    pairs.add(new Pair("t", "f"));
  }

  /** Takes a value that is not blank. */
  void add(String text) {
    values++;
    if (text.length() <= LONGEST) {
      String lower = text.toLowerCase(Locale.ROOT);
      pairs.forEach(pair -> pair.add(lower));
    }
  }

  /** Whether all values are of one pair. */
  boolean all() {
    return values > 0 && most() == values;
  }

  /** How many values are of the pair that most are of. */
  long most() {
    return pairs.stream().mapToLong(Pair::count).max().orElse(0);
  }

  private static final class Pair {
    private final String yes;
    private final String no;
    private long positive;
    private long negative;

    Pair(String yes, String no) {
      this.yes = yes;
      this.no = no;
    }

    void add(String word) {
      positive += word.equals(yes) ? 1 : 0;
      negative += word.equals(no) ? 1 : 0;
    }

    /** Words other than true and false mean something else where they come alone. */
    long count() {
      boolean plain = yes.equals("true");
      return plain || (positive > 0 && negative > 0) ? positive + negative : 0;
    }
  }
}
