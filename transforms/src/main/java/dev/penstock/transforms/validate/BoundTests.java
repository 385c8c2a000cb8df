package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.Rule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Minimum and maximum, with the bound in the type of the field so that nothing is converted. */
final class BoundTests {
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private BoundTests() {}

  static ValueTest of(Rule rule, ContractField field) {
    return switch (field.fieldType().getTypeName()) {
      case INT64 -> ofLong(rule);
      case DOUBLE -> ofDouble(rule);
      case FLOAT -> ofFloat(rule);
      default ->
          new OfComparable(TypedValues.bound(field, rule), satisfied(rule.kind()), problem(rule));
    };
  }

  private static String problem(Rule rule) {
    String bound = rule.text().isEmpty() ? rule.bound().toPlainString() : rule.text();
    return switch (rule.kind()) {
      case MINIMUM -> "is below the minimum " + bound;
      case MAXIMUM -> "is above the maximum " + bound;
      case EXCLUSIVE_MINIMUM -> "is not above " + bound;
      case EXCLUSIVE_MAXIMUM -> "is not below " + bound;
      default -> throw new IllegalArgumentException(rule.kind() + " is not a bound");
    };
  }

  /** Judges the sign of a comparison of the value with the bound. */
  private static IntPredicate satisfied(Rule.Kind kind) {
    return switch (kind) {
      case MINIMUM -> sign -> sign >= 0;
      case MAXIMUM -> sign -> sign <= 0;
      case EXCLUSIVE_MINIMUM -> sign -> sign > 0;
      case EXCLUSIVE_MAXIMUM -> sign -> sign < 0;
      default -> throw new IllegalArgumentException(kind + " is not a bound");
    };
  }

  /** Any of the four bounds on whole numbers is a range of longs, which may be empty. */
  private static ValueTest ofLong(Rule rule) {
    BigDecimal bound = rule.bound();
    BigDecimal floor = bound.setScale(0, RoundingMode.FLOOR);
    BigDecimal ceiling = bound.setScale(0, RoundingMode.CEILING);
    BigDecimal one = BigDecimal.ONE;
    return switch (rule.kind()) {
      case MINIMUM -> range(ceiling, GREATEST_LONG, problem(rule));
      case MAXIMUM -> range(LEAST_LONG, floor, problem(rule));
      case EXCLUSIVE_MINIMUM -> range(floor.add(one), GREATEST_LONG, problem(rule));
      default -> range(LEAST_LONG, ceiling.subtract(one), problem(rule));
    };
  }

  private static ValueTest range(BigDecimal from, BigDecimal to, String problem) {
    if (from.compareTo(GREATEST_LONG) > 0 || to.compareTo(LEAST_LONG) < 0) {
      return new OfLong(1, 0, problem);
    }
    return new OfLong(
        from.max(LEAST_LONG).longValueExact(), to.min(GREATEST_LONG).longValueExact(), problem);
  }

  /** The bound is rounded as the data was: a double 0.1 is not above the maximum 0.1. */
  private static ValueTest ofDouble(Rule rule) {
    double bound = rule.bound().doubleValue();
    IntPredicate satisfied = satisfied(rule.kind());
    return new ValueTests.Typed<>(
        Double.class, v -> !v.isNaN() && satisfied.test(compare(v, bound)), problem(rule));
  }

  private static ValueTest ofFloat(Rule rule) {
    float bound = rule.bound().floatValue();
    IntPredicate satisfied = satisfied(rule.kind());
    return new ValueTests.Typed<>(
        Float.class, v -> !v.isNaN() && satisfied.test(compare(v, bound)), problem(rule));
  }

  /** Unlike {@link Double#compare}, this has -0.0 equal to 0.0. */
  private static int compare(double value, double bound) {
    return value < bound ? -1 : value > bound ? 1 : 0;
  }

  private record OfLong(long from, long to, String problem) implements ValueTest {
    @Override
    public boolean test(@Nullable Object value) {
      if (value == null) {
        return true;
      }
      long number = (Long) value;
      return number >= from && number <= to;
    }
  }

  private record OfComparable(Comparable<Object> bound, IntPredicate satisfied, String problem)
      implements ValueTest {
    @Override
    public boolean test(@Nullable Object value) {
      // The bound is the one that compares, so the sign is the other way round.
      return value == null || satisfied.test(-Integer.signum(bound.compareTo(value)));
    }
  }
}
