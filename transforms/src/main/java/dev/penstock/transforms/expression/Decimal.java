package dev.penstock.transforms.expression;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact decimal inside expressions. It is no {@link Number}, since CEL would compare one as a
 * binary number; and 1.0 equals 1.00, as it does in SQL.
 */
record Decimal(BigDecimal value) implements Comparable<Decimal> {
  /** Digits on either side of the point, beyond which computing would cost too much. */
  private static final int MAX_DIGITS = 10_000;

  private static final int MAX_TEXT = 1000;
  private static final BigInteger LEAST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  static Decimal of(BigDecimal value) {
    if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
      throw new EvaluationFailure("a decimal of more than " + MAX_DIGITS + " digits");
    }
    return new Decimal(value);
  }

  static Decimal of(long value) {
    return new Decimal(BigDecimal.valueOf(value));
  }

  static Decimal parse(String text) {
    if (text.length() <= MAX_TEXT) {
      try {
        return of(new BigDecimal(text.strip()));
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw new EvaluationFailure("decimal() of a text that is not a number");
  }

  Decimal plus(Decimal other) {
    return of(value.add(other.value));
  }

  Decimal minus(Decimal other) {
    return of(value.subtract(other.value));
  }

  Decimal times(Decimal other) {
    return of(value.multiply(other.value));
  }

  Decimal negated() {
    return new Decimal(value.negate());
  }

  Decimal abs() {
    return new Decimal(value.abs());
  }

  /** Half away from zero, as SQL rounds. */
  Decimal rounded(long digits) {
    return of(value.setScale(scale(digits), java.math.RoundingMode.HALF_UP));
  }

  Decimal dividedBy(Decimal divisor, long digits) {
    if (divisor.value.signum() == 0) {
      throw new EvaluationFailure("a division by zero");
    }
    return of(value.divide(divisor.value, scale(digits), java.math.RoundingMode.HALF_UP));
  }

  private static int scale(long digits) {
    if (digits < 0 || digits > MAX_TEXT) {
      throw new EvaluationFailure("a number of digits that is not from 0 to " + MAX_TEXT);
    }
    return (int) digits;
  }

  /** The whole part. */
  long toLong() {
    BigInteger whole = value.toBigInteger();
    if (whole.compareTo(LEAST_LONG) < 0 || whole.compareTo(MOST_LONG) > 0) {
      throw new EvaluationFailure("a whole number beyond 64 bits");
    }
    return whole.longValue();
  }

  @Override
  public int compareTo(Decimal other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Decimal decimal && value.compareTo(decimal.value) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }
}
