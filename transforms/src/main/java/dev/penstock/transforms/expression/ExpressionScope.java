package dev.penstock.transforms.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelEvaluationException;
import dev.penstock.transforms.expression.ExpressionException.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.beam.sdk.schemas.Schema;

/**
 * The fields that expressions may name, with their types.
 *
 * <pre>{@code
 * RowExpression expression = ExpressionScope.of(schema, (name, known) -> "use one of " + known).compile("due >= issued");
 * }</pre>
 *
 * <p>Fields whose names are no CEL names (ASCII letters, digits and underscores) cannot be named.
 * Compiling takes milliseconds; the first use loads the CEL library, which takes half a second.
 */
public final class ExpressionScope {
  private final Map<String, FieldVariable> fields;
  private final BiFunction<String, Collection<String>, String> suggestion;
  private final CelCompiler compiler;

  private ExpressionScope(
      Map<String, FieldVariable> fields,
      BiFunction<String, Collection<String>, String> suggestion) {
    this.fields = fields;
    this.suggestion = suggestion;
    compiler = compiler().build();
  }

  /**
   * The scope of rows of a schema.
   *
   * @param suggestion what to answer to a name that no field has, given those that there are
   */
  public static ExpressionScope of(
      Schema schema, BiFunction<String, Collection<String>, String> suggestion) {
    return new ExpressionScope(FieldVariable.all(schema), suggestion);
  }

  private CelCompilerBuilder compiler() {
    CelCompilerBuilder builder = CelEnvironment.compiler().addMacros(Presence.HAS);
    for (FieldVariable field : fields.values()) {
      if (field.type() != null) {
        builder.addVar(field.path(), field.type());
      }
    }
    return builder;
  }

  /**
   * Compiles a condition.
   *
   * @throws ExpressionException when it is not well-formed, names what there is not, has an
   *     operator that is not exact, or is no condition
   */
  public RowExpression compile(String text) {
    checkSize(text);
    try {
      CelAbstractSyntaxTree parsed = parse(text);
      Presence presence = Presence.rewrite(parsed, fields);
      CelAbstractSyntaxTree typed = withVariables(presence).check(presence.ast()).getAst();
      Constants constants = Constants.fold(typed, text, fields.keySet());
      CelCompilerBuilder all = withVariables(presence).toCompilerBuilder();
      constants.types().forEach(all::addVar);
      CelAbstractSyntaxTree ast = all.build().check(constants.ast()).getAst();
      return finish(ast, presence, constants);
    } catch (CelValidationException e) {
      throw new ExpressionException(
          new IssueText(text, fields, suggestion).describe(e.getErrors()));
    } catch (CelEvaluationException e) {
      throw problem("this cannot be used (" + e.getMessage() + ")", "write it in another way");
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  private CelAbstractSyntaxTree parse(String text) {
    try {
      return compiler.parse(text, "expression").getAst();
    } catch (CelValidationException e) {
      throw new ExpressionException(
          new IssueText(text, fields, suggestion).describeFirst(e.getErrors()));
    }
  }

  private CelCompiler withVariables(Presence presence) {
    CelCompilerBuilder builder = compiler.toCompilerBuilder();
    presence.tests().keySet().forEach(name -> builder.addVar(name, SimpleType.BOOL));
    return builder.build();
  }

  private static void checkSize(String text) {
    if (text.isBlank()) {
      throw problem("the expression is empty", "write a condition such as start <= end");
    }
    if (text.length() > CelEnvironment.MAX_LENGTH) {
      throw problem(
          "the expression has more than " + CelEnvironment.MAX_LENGTH + " characters",
          "make several rules of it");
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        default -> {}
      }
      if (depth > CelEnvironment.MAX_DEPTH) {
        throw tooDeep();
      }
    }
  }

  private RowExpression finish(CelAbstractSyntaxTree ast, Presence presence, Constants constants)
      throws CelEvaluationException {
    if (!ast.getResultType().equals(SimpleType.BOOL)) {
      throw problem(
          "the expression gives " + IssueText.typeName(ast.getResultType()) + ", not a condition",
          "compare, as in start <= end");
    }
    TreeSet<String> names = new TreeSet<>();
    ast.getReferenceMap().values().forEach(reference -> names.add(reference.name()));
    List<FieldVariable> reads =
        names.stream().filter(fields::containsKey).map(fields::get).toList();
    if (reads.isEmpty() && presence.tests().isEmpty()) {
      throw problem(
          "the expression names no field, so that it is the same for every row",
          "name the fields that it is about");
    }
    return new RowExpression(ast, reads, presence.tests(), constants.values());
  }

  private static ExpressionException tooDeep() {
    return problem(
        "the expression is nested deeper than " + CelEnvironment.MAX_DEPTH + " levels",
        "make several rules of it");
  }

  private static ExpressionException problem(String what, String fix) {
    return new ExpressionException(List.of(new Problem(1, 1, what, fix)));
  }
}
