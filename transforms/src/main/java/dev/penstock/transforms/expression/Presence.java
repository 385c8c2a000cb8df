package dev.penstock.transforms.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableIdent;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.parser.CelMacro;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns questions whether a field has a value into variables of their own, which are known when the
 * field is not. They are {@code field == null}, {@code field != null} and {@code has(field)}.
 */
final class Presence {
  /** As has() of CEL, which takes parts of messages only. It becomes a comparison with null. */
  static final CelMacro HAS =
      CelMacro.newGlobalMacro(
          "has",
          1,
          (factory, target, arguments) ->
              Optional.of(
                  factory.newGlobalCall(
                      "_!=_",
                      arguments.get(0),
                      factory.newConstant(
                          CelConstant.ofValue(dev.cel.common.values.NullValue.NULL_VALUE)))));

  /** Names that contracts cannot give to fields. */
  private static final String PREFIX = "_penstock_has_";

  private final Map<String, FieldVariable> fields;
  private final Map<String, FieldVariable> tests = new LinkedHashMap<>();
  private final CelAbstractSyntaxTree ast;

  private Presence(CelAbstractSyntaxTree parsed, Map<String, FieldVariable> fields) {
    this.fields = fields;
    CelMutableExpr root = CelMutableExprConverter.fromCelExpr(parsed.getExpr());
    rewrite(root);
    CelExpr rewritten = CelMutableExprConverter.fromMutableExpr(root);
    ast = CelAbstractSyntaxTree.newParsedAst(rewritten, parsed.getSource());
  }

  static Presence rewrite(CelAbstractSyntaxTree parsed, Map<String, FieldVariable> fields) {
    return new Presence(parsed, fields);
  }

  /** The expression with the variables in it. */
  CelAbstractSyntaxTree ast() {
    return ast;
  }

  /** The variables, and the fields that they tell of. */
  Map<String, FieldVariable> tests() {
    return tests;
  }

  private void rewrite(CelMutableExpr expr) {
    if (expr.getKind() == Kind.CALL && isComparison(expr.call())) {
      Optional<FieldVariable> field = testedField(expr.call().args());
      if (field.isPresent()) {
        replace(expr, field.get(), expr.call().function().equals("_==_"));
        return;
      }
    }
    Expressions.children(expr).forEach(this::rewrite);
  }

  private static boolean isComparison(CelMutableCall call) {
    return call.args().size() == 2
        && (call.function().equals("_==_") || call.function().equals("_!=_"));
  }

  private Optional<FieldVariable> testedField(List<CelMutableExpr> sides) {
    int nullSide = isNull(sides.get(0)) ? 0 : isNull(sides.get(1)) ? 1 : -1;
    return nullSide < 0
        ? Optional.empty()
        : Expressions.path(sides.get(1 - nullSide)).map(fields::get);
  }

  static boolean isNull(CelMutableExpr expr) {
    return expr.getKind() == Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.NULL_VALUE;
  }

  private void replace(CelMutableExpr expr, FieldVariable field, boolean negated) {
    String name = PREFIX + field.path().replace('.', '_') + "_" + tests.size();
    for (Map.Entry<String, FieldVariable> known : tests.entrySet()) {
      name = known.getValue().equals(field) ? known.getKey() : name;
    }
    tests.put(name, field);
    if (negated) {
      // The id of the operand is free, since the operands go.
      long id = expr.call().args().get(0).id();
      expr.setCall(CelMutableCall.create("!_", CelMutableExpr.ofIdent(id, name)));
    } else {
      expr.setIdent(CelMutableIdent.create(name));
    }
  }
}
