package dev.penstock.pipelines.infer;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbers of a column, as long as all of its values are numbers. */
final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final int MAX_TEXT = 60;

  private boolean all = true;
  private boolean whole = true;
  private boolean leadingZero;
  private int before;
  private int after;
  private @Nullable BigDecimal least;
  private @Nullable BigDecimal most;

  void add(String text) {
    if (!all) {
      return;
    }
    if (text.length() > MAX_TEXT || !NUMBER.matcher(text).matches()) {
      all = false;
      return;
    }
    String digits = text.startsWith("-") ? text.substring(1) : text;
    // 007 is no number but the name of something.
    leadingZero |=
        digits.length() > 1 && digits.charAt(0) == '0' && Character.isDigit(digits.charAt(1));
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

  /** Whether all values are digits with a zero in front of some. */
  boolean codes() {
    return all && whole && leadingZero;
  }

  boolean whole() {
    return whole;
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
