package dev.penstock.transforms.expression;

import com.google.errorprone.annotations.Immutable;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact decimals for CEL, which has none: comparison, sum, difference and product with decimals and
 * integers, and functions for what is not exact by nature. The operators are declared for literals
 * such as {@code 0.5} too, which are taken as they are written; other binary numbers are refused.
 */
final class DecimalFunctions {
  static final OpaqueType TYPE = OpaqueType.create("decimal");

  /** Ends of the ids of operators that take a decimal and a binary number. */
  private static final String WITH_BINARY = "_decimal_binary";

  private static final String BINARY_WITH = "_binary_decimal";

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  DecimalFunctions() {
    comparison("_<_", "less", (a, b) -> a.compareTo(b) < 0);
    comparison("_<=_", "less_equal", (a, b) -> a.compareTo(b) <= 0);
    comparison("_>_", "greater", (a, b) -> a.compareTo(b) > 0);
    comparison("_>=_", "greater_equal", (a, b) -> a.compareTo(b) >= 0);
    // Two decimals are compared by CEL's own operators, which ask equals().
    operator("_==_", "equal", SimpleType.BOOL, false, Decimal::equals);
    operator("_!=_", "not_equal", SimpleType.BOOL, false, (a, b) -> !a.equals(b));
    operator("_+_", "add", TYPE, true, Decimal::plus);
    operator("_-_", "subtract", TYPE, true, Decimal::minus);
    operator("_*_", "multiply", TYPE, true, Decimal::times);
    declare("-_", overload("negate_decimal", TYPE, TYPE));
    bindings.add(CelFunctionBinding.from("negate_decimal", Decimal.class, Decimal::negated));
    conversions();
    rounding();
  }

  @Immutable
  private interface Operation {
    Object apply(Decimal a, Decimal b);
  }

  private void comparison(String function, String name, Operation test) {
    operator(function, name, SimpleType.BOOL, true, test);
  }

  private void operator(
      String function, String name, CelType result, boolean ofTwoDecimals, Operation operation) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    if (ofTwoDecimals) {
      overloads.add(overload(name + "_decimal", result, TYPE, TYPE));
      bindings.add(
          CelFunctionBinding.from(
              name + "_decimal", Decimal.class, Decimal.class, operation::apply));
    }
    overloads.add(overload(name + "_decimal_int", result, TYPE, SimpleType.INT));
    bindings.add(
        CelFunctionBinding.from(
            name + "_decimal_int",
            Decimal.class,
            Long.class,
            (a, b) -> operation.apply(a, Decimal.of(b))));
    overloads.add(overload(name + "_int_decimal", result, SimpleType.INT, TYPE));
    bindings.add(
        CelFunctionBinding.from(
            name + "_int_decimal",
            Long.class,
            Decimal.class,
            (a, b) -> operation.apply(Decimal.of(a), b)));
    overloads.add(overload(name + WITH_BINARY, result, TYPE, SimpleType.DOUBLE));
    overloads.add(overload(name + BINARY_WITH, result, SimpleType.DOUBLE, TYPE));
    declarations.add(CelFunctionDecl.newFunctionDeclaration(function, overloads));
  }

  private void conversions() {
    declare(
        "decimal",
        overload("string_to_decimal", TYPE, SimpleType.STRING),
        overload("int_to_decimal", TYPE, SimpleType.INT),
        overload("decimal_to_decimal", TYPE, TYPE));
    declare("int", overload("decimal_to_int", SimpleType.INT, TYPE));
    declare("double", overload("decimal_to_double", SimpleType.DOUBLE, TYPE));
    declare("string", overload("decimal_to_string", SimpleType.STRING, TYPE));
    bindings.add(CelFunctionBinding.from("string_to_decimal", String.class, Decimal::parse));
    bindings.add(CelFunctionBinding.from("int_to_decimal", Long.class, Decimal::of));
    bindings.add(CelFunctionBinding.from("decimal_to_decimal", Decimal.class, a -> a));
    bindings.add(CelFunctionBinding.from("decimal_to_int", Decimal.class, Decimal::toLong));
    bindings.add(
        CelFunctionBinding.from("decimal_to_double", Decimal.class, a -> a.value().doubleValue()));
    bindings.add(
        CelFunctionBinding.from(
            "decimal_to_string", Decimal.class, a -> a.value().toPlainString()));
  }

  private void rounding() {
    declare(
        "abs",
        overload("abs_decimal", TYPE, TYPE),
        overload("abs_int", SimpleType.INT, SimpleType.INT),
        overload("abs_double", SimpleType.DOUBLE, SimpleType.DOUBLE));
    declare("round", overload("round_decimal", TYPE, TYPE, SimpleType.INT));
    declare("divide", overload("divide_decimal", TYPE, TYPE, TYPE, SimpleType.INT));
    bindings.add(CelFunctionBinding.from("abs_decimal", Decimal.class, Decimal::abs));
    bindings.add(CelFunctionBinding.from("abs_int", Long.class, Math::absExact));
    bindings.add(CelFunctionBinding.from("abs_double", Double.class, Math::abs));
    bindings.add(
        CelFunctionBinding.from("round_decimal", Decimal.class, Long.class, Decimal::rounded));
    bindings.add(
        CelFunctionBinding.from(
            "divide_decimal",
            List.of(Decimal.class, Decimal.class, Long.class),
            a -> ((Decimal) a[0]).dividedBy((Decimal) a[1], (Long) a[2])));
  }

  private void declare(String function, CelOverloadDecl... overloads) {
    declarations.add(CelFunctionDecl.newFunctionDeclaration(function, overloads));
  }

  private static CelOverloadDecl overload(String id, CelType result, CelType... parameters) {
    return CelOverloadDecl.newGlobalOverload(id, result, parameters);
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  /** Which argument of an operator is a binary number beside a decimal; -1 for none. */
  static int binaryArgument(String overloadId) {
    return overloadId.endsWith(WITH_BINARY) ? 1 : overloadId.endsWith(BINARY_WITH) ? 0 : -1;
  }

  /** The decimal that a literal means. */
  static Decimal literal(String text) {
    return Decimal.of(new BigDecimal(text));
  }
}
