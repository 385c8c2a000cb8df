package dev.penstock.transforms.expression;

import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ways about the tree of an expression. */
final class Expressions {
  private Expressions() {}

  /** The parts of an expression, in order. */
  static List<CelMutableExpr> children(CelMutableExpr expr) {
    List<CelMutableExpr> children = new ArrayList<>();
    switch (expr.getKind()) {
      case SELECT -> children.add(expr.select().operand());
      case CALL -> {
        expr.call().target().ifPresent(children::add);
        children.addAll(expr.call().args());
      }
      case LIST -> children.addAll(expr.list().elements());
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  entry -> {
                    children.add(entry.key());
                    children.add(entry.value());
                  });
      case COMPREHENSION -> {
        children.add(expr.comprehension().iterRange());
        children.add(expr.comprehension().accuInit());
        children.add(expr.comprehension().loopCondition());
        children.add(expr.comprehension().loopStep());
        children.add(expr.comprehension().result());
      }
      default -> {}
    }
    return children;
  }

  /** The dotted name that an expression is, if it is one. */
  static Optional<String> path(CelMutableExpr expr) {
    if (expr.getKind() == Kind.IDENT) {
      return Optional.of(expr.ident().name());
    }
    return expr.getKind() == Kind.SELECT
        ? path(expr.select().operand()).map(path -> path + "." + expr.select().field())
        : Optional.empty();
  }
}
