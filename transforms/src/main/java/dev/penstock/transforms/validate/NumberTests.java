package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.ContractField;
import java.math.BigDecimal;
import java.util.function.Predicate;

/** Tests on the digits of numbers. */
final class NumberTests {
  /** A long has at most this many digits. */
  private static final int LONG_DIGITS = 19;

  private NumberTests() {}

  static ValueTest multipleOf(BigDecimal divisor, ContractField field) {
    if (divisor.signum() <= 0) {
      throw new IllegalArgumentException(
          "nothing can be a multiple of " + divisor.toPlainString() + "; give a number above 0");
    }
    String problem = "is not a multiple of " + divisor.toPlainString();
    BigDecimal plain = divisor.stripTrailingZeros();
    boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() < LONG_DIGITS;
    if (field.fieldType().getTypeName().toString().equals("INT64") && whole) {
      long step = plain.longValueExact();
      return new ValueTests.Typed<>(Long.class, value -> value % step == 0, problem);
    }
    return number(field, value -> value.remainder(divisor).signum() == 0, problem);
  }

  static ValueTest precision(int precision, int scale, ContractField field) {
    String problem = "has more digits than DECIMAL(" + precision + "," + scale + ") holds";
    return number(field, value -> fits(value, precision, scale), problem);
  }

  private static boolean fits(BigDecimal value, int precision, int scale) {
    if (value.signum() == 0 || fitsAsWritten(value, precision, scale)) {
      return true;
    }
    return value.scale() > scale && fitsAsWritten(value.stripTrailingZeros(), precision, scale);
  }

  private static boolean fitsAsWritten(BigDecimal value, int precision, int scale) {
    return value.scale() <= scale
        && (long) value.precision() - value.scale() <= (long) precision - scale;
  }

  /** Numbers of any type as decimals; a float or double is the decimal that it is printed as. */
  private static ValueTest number(ContractField field, Predicate<BigDecimal> test, String problem) {
    return switch (field.fieldType().getTypeName()) {
      case INT64 ->
          new ValueTests.Typed<>(Long.class, v -> test.test(BigDecimal.valueOf(v)), problem);
      case DOUBLE ->
          new ValueTests.Typed<>(
              Double.class, v -> Double.isFinite(v) && test.test(BigDecimal.valueOf(v)), problem);
      case FLOAT ->
          new ValueTests.Typed<>(
              Float.class,
              v -> Float.isFinite(v) && test.test(new BigDecimal(Float.toString(v))),
              problem);
      case DECIMAL -> new ValueTests.Typed<>(BigDecimal.class, test, problem);
      default ->
          throw new IllegalArgumentException(
              "it is for numbers, and this field is " + field.logicalType().keyword());
    };
  }
}
