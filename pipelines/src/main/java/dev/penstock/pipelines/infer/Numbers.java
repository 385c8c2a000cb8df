package dev.penstock.pipelines.infer;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbers among the values of a column. */
final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final Pattern CODE = Pattern.compile("[+-]?0\\d.*");
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int MAX_TEXT = 60;

  private boolean all = true;
  private long count;
  private boolean whole = true;
  private boolean leadingZero;
  private int before;
  private int after;
  private @Nullable BigDecimal least;
  private @Nullable BigDecimal most;

  void add(String text) {
    if (text.length() > MAX_TEXT) {
      all = false;
      return;
    }
    // 007 is no number but the name of something.
    leadingZero |= CODE.matcher(text).matches();
    if (!NUMBER.matcher(text).matches()) {
      all = false;
      return;
    }
    count++;
    String digits = text.startsWith("-") ? text.substring(1) : text;
    BigDecimal value = new BigDecimal(text);
    whole &= digits.chars().allMatch(Character::isDigit);
    after = Math.max(after, value.scale());
    before = Math.max(before, value.precision() - value.scale());
    least = least == null ? value : least.min(value);
    most = most == null ? value : most.max(value);
  }

  /** Whether all values are numbers, and none is written like a code. */
  boolean all() {
    return all && !leadingZero && least != null;
  }

  /** How many values are numbers; 0 when some are written like codes. */
  long count() {
    return leadingZero ? 0 : count;
  }

  /** Whether all values are digits with a zero in front of some. */
  boolean codes() {
    return all && whole && leadingZero;
  }

  /** Whether all numbers are digits only, and fit into 64 bits. */
  boolean integers() {
    return whole && least().compareTo(LEAST_LONG) >= 0 && most().compareTo(MOST_LONG) <= 0;
  }

  /** Digits before the point. */
  int before() {
    return Math.max(before, 1);
  }

  /** Digits after the point. */
  int after() {
    return Math.max(after, 0);
  }

  BigDecimal least() {
    return java.util.Objects.requireNonNull(least);
  }

  BigDecimal most() {
    return java.util.Objects.requireNonNull(most);
  }
}
