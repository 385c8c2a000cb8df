package dev.penstock.transforms.contract;

import dev.penstock.transforms.contract.QualityCheck.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a measured count or percentage must be.
 *
 * @param operator how the measure is judged
 * @param bounds one bound, or two for a range
 * @param percent whether the measure is a percentage
 */
record Threshold(Operator operator, List<BigDecimal> bounds, boolean percent) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static Threshold none() {
    return new Threshold(Operator.MUST_BE, List.of(BigDecimal.ZERO), false);
  }

  /** Reads the operator of a quality rule; nothing when there is no usable one. */
  static Optional<Threshold> read(Place quality) {
    boolean percent = isPercent(quality);
    List<String> operators = Keys.OPERATORS.stream().filter(quality::has).toList();
    if (operators.size() != 1) {
      quality.problem(
          operators.isEmpty()
              ? "nothing says what the metric must be"
              : "only one of " + String.join(" and ", operators) + " can be judged",
          operators.isEmpty()
              ? "add an operator, such as 'mustBe: 0' or 'mustBeLessThan: 10'"
              : "use mustBeBetween, or two quality rules");
      return Optional.empty();
    }
    String key = operators.get(0);
    Operator operator = operator(key);
    List<BigDecimal> bounds =
        operator == Operator.MUST_BE_BETWEEN || operator == Operator.MUST_NOT_BE_BETWEEN
            ? range(quality, key)
            : quality.number(key).map(List::of).orElse(List.of());
    boolean usable =
        !bounds.isEmpty() && bounds.stream().allMatch(b -> check(quality, key, b, percent));
    return usable ? Optional.of(new Threshold(operator, bounds, percent)) : Optional.empty();
  }

  private static Operator operator(String key) {
    return Operator.valueOf(key.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
  }

  private static boolean isPercent(Place quality) {
    String unit = quality.text("unit").orElse("rows");
    if (!unit.equals("rows") && !unit.equals("percent")) {
      quality.problem(
          "unit", Place.quote(unit) + " is not a unit of a metric", "use rows or percent");
    }
    return unit.equals("percent");
  }

  private static List<BigDecimal> range(Place quality, String key) {
    List<BigDecimal> ends =
        quality.list(key).stream().map(Place::number).flatMap(Optional::stream).toList();
    if (ends.size() == 2 && ends.get(0).compareTo(ends.get(1)) <= 0) {
      return ends;
    }
    quality.problem(key, "this is no range", "give two numbers, the lower one first: [10, 20]");
    return List.of();
  }

  private static boolean check(Place quality, String key, BigDecimal bound, boolean percent) {
    boolean good =
        bound.signum() >= 0
            && (percent ? bound.compareTo(HUNDRED) <= 0 : bound.stripTrailingZeros().scale() <= 0);
    if (!good) {
      quality.problem(
          key,
          bound.toPlainString()
              + " is not a possible "
              + (percent ? "percentage" : "count of rows"),
          percent ? "give a number from 0 to 100" : "give a whole number from 0 up");
    }
    return good;
  }

  /** Whether no row at all may be counted, so that each counted row breaks the contract. */
  boolean toleratesNone() {
    BigDecimal last = bounds.get(bounds.size() - 1);
    return switch (operator) {
      case MUST_BE, MUST_BE_LESS_OR_EQUAL_TO, MUST_BE_BETWEEN -> last.signum() == 0;
      case MUST_BE_LESS_THAN -> !percent && last.compareTo(BigDecimal.ONE) == 0;
      default -> false;
    };
  }
}
