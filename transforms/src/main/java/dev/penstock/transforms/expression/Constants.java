package dev.penstock.transforms.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableIdent;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.penstock.transforms.expression.ExpressionException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes what does not depend on the row once, while the expression is compiled: decimals, days
 * and instants that are written out. That makes mistakes in them problems of the expression, and
 * number literals beside decimals exact.
 */
final class Constants {
  private static final Set<String> CONVERSIONS =
      Set.of("decimal", "date", "time", "timestamp", "duration");

  private static final String PREFIX = "_penstock_constant_";

  /** A number literal where it begins. */
  private static final Pattern LITERAL =
      Pattern.compile("-?\\s*(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?)");

  private static final CelCompiler COMPILER = CelEnvironment.compiler().build();

  private final CelAbstractSyntaxTree typed;
  private final String text;
  private final Set<String> fields;
  private final Map<String, CelType> types = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final CelAbstractSyntaxTree ast;

  private Constants(CelAbstractSyntaxTree typed, String text, Set<String> fields) {
    this.typed = typed;
    this.text = text;
    this.fields = fields;
    CelMutableExpr root = CelMutableExprConverter.fromCelExpr(typed.getExpr());
    fold(root);
    if (!problems.isEmpty()) {
      throw new ExpressionException(problems);
    }
    ast =
        CelAbstractSyntaxTree.newParsedAst(
            CelMutableExprConverter.fromMutableExpr(root), typed.getSource());
  }

  /**
   * Folds an expression whose types are known.
   *
   * @throws ExpressionException when something in it is not what it seems
   */
  static Constants fold(CelAbstractSyntaxTree typed, String text, Set<String> fields) {
    return new Constants(typed, text, fields);
  }

  /** The expression with variables for the constants. */
  CelAbstractSyntaxTree ast() {
    return ast;
  }

  Map<String, CelType> types() {
    return types;
  }

  Map<String, Object> values() {
    return values;
  }

  private void fold(CelMutableExpr expr) {
    if (Presence.isNull(expr)) {
      problem(
          expr, "null stands beside what is not a field", "ask fields for null, as in end == null");
      return;
    }
    if (expr.getKind() == Kind.STRUCT) {
      problem(expr, "messages of protocol buffers cannot be made here", "use fields and literals");
      return;
    }
    if (isMixed(expr)) {
      problem(
          expr,
          "the values of a list or map must have one type, else they never equal each other",
          "convert them, as in decimal('12')");
      return;
    }
    if (expr.getKind() == Kind.COMPREHENSION && fields.contains(expr.comprehension().iterVar())) {
      String name = expr.comprehension().iterVar();
      problem(expr, "the variable '" + name + "' hides the field", "choose another name for it");
      return;
    }
    if (expr.getKind() == Kind.CALL) {
      if (expr.call().function().equals("dyn")) {
        problem(expr, "dyn() takes the types away", "convert with int(), double() or decimal()");
        return;
      }
      if (isConversionOfLiterals(expr)) {
        compute(expr);
        return;
      }
      checkPattern(expr);
      foldLiterals(expr);
    }
    Expressions.children(expr).forEach(this::fold);
  }

  private boolean isMixed(CelMutableExpr expr) {
    boolean literal = expr.getKind() == Kind.LIST || expr.getKind() == Kind.MAP;
    return literal
        && !Expressions.children(expr).isEmpty()
        && typed.getType(expr.id()).stream()
            .flatMap(type -> type.parameters().stream())
            .anyMatch(SimpleType.DYN::equals);
  }

  private static boolean isConversionOfLiterals(CelMutableExpr expr) {
    return CONVERSIONS.contains(expr.call().function())
        && expr.call().target().isEmpty()
        && expr.call().args().stream().allMatch(part -> part.getKind() == Kind.CONSTANT);
  }

  private void compute(CelMutableExpr expr) {
    try {
      Object value = evaluate(CelMutableExpr.newInstance(expr));
      put(expr, typed.getType(expr.id()).orElseThrow(), value);
    } catch (CelEvaluationException e) {
      problem(
          expr,
          expr.call().function() + "() cannot read this (" + RowExpression.describe(e) + ")",
          "write " + example(expr.call().function()));
    }
  }

  private static Object evaluate(CelMutableExpr expr) throws CelEvaluationException {
    CelAbstractSyntaxTree parsed =
        CelAbstractSyntaxTree.newParsedAst(
            CelMutableExprConverter.fromMutableExpr(expr),
            dev.cel.common.CelSource.newBuilder().build());
    try {
      return CelEnvironment.runtime().createProgram(COMPILER.check(parsed).getAst()).eval();
    } catch (CelValidationException e) {
      throw new IllegalStateException("A part of a checked expression does not check", e);
    }
  }

  private static String example(String function) {
    return switch (function) {
      case "decimal" -> "decimal('12.50')";
      case "date" -> "date('2026-01-31')";
      case "time" -> "time('23:59:00')";
      case "timestamp" -> "timestamp('2026-01-31T23:59:00Z')";
      default -> "duration('90m') in h, m, s, ms, us or ns";
    };
  }

  private void put(CelMutableExpr expr, CelType type, Object value) {
    String name = PREFIX + values.size();
    types.put(name, type);
    values.put(name, value);
    expr.setIdent(CelMutableIdent.create(name));
  }

  /** A pattern that is no regular expression would fail for each row. */
  private void checkPattern(CelMutableExpr expr) {
    List<CelMutableExpr> arguments = expr.call().args();
    if (!expr.call().function().equals("matches") || arguments.isEmpty()) {
      return;
    }
    CelMutableExpr pattern = arguments.get(arguments.size() - 1);
    if (pattern.getKind() == Kind.CONSTANT
        && pattern.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      try {
        CelMutableExpr nothing = CelMutableExpr.ofConstant(1, CelConstant.ofValue(""));
        Object unused =
            evaluate(
                CelMutableExpr.ofCall(
                    2,
                    CelMutableExpr.CelMutableCall.create(
                        nothing, "matches", CelMutableExpr.ofConstant(3, pattern.constant()))));
      } catch (CelEvaluationException e) {
        problem(pattern, "this is not a regular expression", "write it in the syntax of RE2");
      }
    }
  }

  /** Takes a number literal beside a decimal as it is written; another binary number is refused. */
  private void foldLiterals(CelMutableExpr expr) {
    List<String> overloads =
        typed
            .getReference(expr.id())
            .map(CelReference::overloadIds)
            .map(List::copyOf)
            .orElse(List.of());
    for (String overload : overloads) {
      int binary = DecimalFunctions.binaryArgument(overload);
      if (binary < 0) {
        continue;
      }
      CelMutableExpr argument = expr.call().args().get(binary);
      if (argument.getKind() == Kind.CONSTANT) {
        Decimal value = DecimalFunctions.literal(literalText(argument));
        put(argument, DecimalFunctions.TYPE, value);
      } else {
        problem(
            expr,
            "a decimal is exact and a double is not, so they are not compared or computed with",
            "write double() around the decimal to accept that, or declare both fields as decimals");
      }
    }
  }

  private String literalText(CelMutableExpr literal) {
    int offset = typed.getSource().getPositionsMap().getOrDefault(literal.id(), 0);
    double value = literal.constant().doubleValue();
    Matcher matcher = LITERAL.matcher(text.substring(text.offsetByCodePoints(0, offset)));
    if (matcher.lookingAt()) {
      String digits = matcher.group(1);
      String signed = value < 0 ? "-" + digits : digits;
      // The sign may stand before the position, so the digits alone are looked at.
      if (Double.parseDouble(signed) == value) {
        return signed;
      }
    }
    throw new IllegalStateException("No literal at character " + offset + " of " + text);
  }

  private void problem(CelMutableExpr expr, String what, String fix) {
    int offset = typed.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    int line = 1;
    int lineStart = 0;
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < Math.min(offset, characters.length); i++) {
      if (characters[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    problems.add(new Problem(line, offset - lineStart + 1, what, fix));
  }
}
