package dev.penstock.transforms.validate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches strings for a regular expression, within a budget: expressions such as {@code (a+)+b}
 * need time without bounds on some values, and one value must not stop a run.
 */
final class PatternTest implements ValueTest {
  private static final int FREE_STEPS = 1_000_000;
  private static final int STEPS_PER_CHARACTER = 100;
  private static final int PLACE_BITS = 6;

  /** Longer texts hardly repeat, and take long to compare. */
  private static final int LONGEST_KEPT = 32;

  private final String expression;
  private final Matcher matcher;
  private final BudgetedText text = new BudgetedText();
  private boolean exhausted;

  /** Short texts that matched, each at a place that follows from its hash. */
  private final @Nullable String[] matched = new @Nullable String[1 << PLACE_BITS];

  /** Searches for a pattern, which messages show as the contract writes it. */
  PatternTest(Pattern pattern, String expression) {
    this.expression = expression;
    this.matcher = pattern.matcher("");
  }

  @Override
  public boolean test(@Nullable Object value) {
    exhausted = false;
    if (value == null) {
      return true;
    }
    String searched = (String) value;
    int place = searched.length() > LONGEST_KEPT ? -1 : place(searched);
    if (place >= 0 && searched.equals(matched[place])) {
      return true;
    }
    text.hold(searched);
    try {
      boolean found = matcher.reset(text).find();
      if (found && place >= 0) {
        matched[place] = searched;
      }
      return found;
    } catch (OutOfSteps | StackOverflowError e) {
      // The matcher recurses on nested groups; on a long value that ends at the stack's bound.
      exhausted = true;
      return false;
    } finally {
      text.hold("");
    }
  }

  private static int place(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 16) ^ (hash >>> PLACE_BITS)) & ((1 << PLACE_BITS) - 1);
  }

  @Override
  public String problem() {
    return exhausted
        ? "could not be searched for the pattern "
            + expression
            + ": the pattern takes too many steps on this value. Write it without nested"
            + " repetition, such as (a+)+"
        : "does not match the pattern " + expression;
  }

  /** Every step of a search reads a character, so counting those bounds its time. */
  private static final class BudgetedText implements CharSequence {
    private String text = "";
    private long budget;

    void hold(String next) {
      text = next;
      budget = FREE_STEPS + (long) STEPS_PER_CHARACTER * next.length();
    }

    @Override
    public char charAt(int index) {
      if (--budget < 0) {
        throw new OutOfSteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace, which costs more than the search. */
    OutOfSteps() {
      super("The search took too many steps", null, false, false);
    }
  }
}
