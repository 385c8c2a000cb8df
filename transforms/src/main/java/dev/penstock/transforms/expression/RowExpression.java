package dev.penstock.transforms.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.UnknownContext;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A condition over the fields of one row, written in the Common Expression Language, checked
 * against the fields' types, and ready to be asked.
 *
 * <pre>{@code
 * RowExpression expression = contract.compile("due >= issued && amount > 0.5");
 * boolean holds = expression.breach(row) == null;
 * }</pre>
 *
 * <p>Null is unknown, as in SQL: whatever is computed from it is unknown too, except where the rest
 * decides ({@code false && unknown} is false), and a condition that is unknown counts as satisfied.
 * {@code field == null}, {@code field != null} and {@code has(field)} are never unknown. Decimals
 * are exact. Evaluation ends: there are no loops but those over lists, which are bounded.
 *
 * <p>One evaluation takes about a microsecond, three when a field is null. Not serializable; and
 * one object is for one thread at a time.
 */
public final class RowExpression {
  private final List<FieldVariable> reads;
  private final List<CelAttributePattern> patterns;
  private final List<FieldVariable> tests;
  private final CelRuntime.Program program;
  private final CelRuntime.Program tracking;
  private final Map<String, Integer> slots = new HashMap<>();
  private final List<Optional<Object>> values = new ArrayList<>();
  private final CelVariableResolver resolver = this::find;

  /**
   * Prepares what has been compiled.
   *
   * @param reads fields whose values are read
   * @param tests fields that are held against null, by the variable that says whether they have a
   *     value
   * @param constants what variables stand for instead of a field
   */
  RowExpression(
      CelAbstractSyntaxTree ast,
      List<FieldVariable> reads,
      Map<String, FieldVariable> tests,
      Map<String, Object> constants)
      throws CelEvaluationException {
    this.reads = List.copyOf(reads);
    this.patterns =
        reads.stream()
            .map(field -> CelAttributePattern.fromQualifiedIdentifier(field.path()))
            .toList();
    this.tests = List.copyOf(tests.values());
    program = CelEnvironment.runtime().createProgram(ast);
    tracking = CelEnvironment.trackingRuntime().createProgram(ast);
    reads.forEach(field -> addSlot(field.path(), Optional.empty()));
    tests.keySet().forEach(name -> addSlot(name, Optional.empty()));
    constants.forEach((name, value) -> addSlot(name, Optional.of(value)));
  }

  private void addSlot(String name, Optional<Object> value) {
    slots.put(name, values.size());
    values.add(value);
  }

  private Optional<Object> find(String name) {
    Integer slot = slots.get(name);
    return slot == null ? Optional.empty() : values.get(slot);
  }

  /** Paths of the fields that the expression names, such as {@code address.city}. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>(reads.stream().map(FieldVariable::path).toList());
    tests.stream()
        .map(FieldVariable::path)
        .filter(path -> !fields.contains(path))
        .forEach(fields::add);
    return fields;
  }

  /**
   * Asks the expression about a row.
   *
   * @param row a row whose fields begin with those that the expression was compiled for
   * @return null when it is satisfied, else in what way it is not
   */
  public @Nullable Breach breach(Row row) {
    return evaluate(row::getValue);
  }

  /**
   * Asks the expression about a row that is still an array.
   *
   * @param row the values of the fields, as {@link Row#getValue(int)} gives them
   * @return null when it is satisfied, else in what way it is not
   */
  public @Nullable Breach breach(@Nullable Object[] row) {
    return evaluate(index -> row[index]);
  }

  private @Nullable Breach evaluate(IntFunction<@Nullable Object> row) {
    List<CelAttributePattern> unknown = bind(row);
    try {
      Object result =
          unknown.isEmpty()
              ? program.eval(resolver)
              : tracking.advanceEvaluation(UnknownContext.create(resolver, unknown));
      return Boolean.FALSE.equals(result) ? Breach.BROKEN : null;
    } catch (CelEvaluationException e) {
      return new Breach(describe(e));
    } catch (EvaluationFailure e) {
      return new Breach(e.what());
    } catch (ArithmeticException | DateTimeException e) {
      return new Breach("a value that is out of range");
    }
  }

  /** Puts the row's values where the program finds them; returns the fields that are null. */
  private List<CelAttributePattern> bind(IntFunction<@Nullable Object> row) {
    List<CelAttributePattern> unknown = List.of();
    for (int i = 0; i < reads.size(); i++) {
      FieldVariable field = reads.get(i);
      Object value = field.value(row.apply(field.top()));
      values.set(i, Optional.ofNullable(value));
      if (value == null) {
        unknown = unknown.isEmpty() ? new ArrayList<>(reads.size()) : unknown;
        unknown.add(patterns.get(i));
      }
    }
    for (int i = 0; i < tests.size(); i++) {
      FieldVariable field = tests.get(i);
      values.set(reads.size() + i, Optional.of(field.raw(row.apply(field.top())) != null));
    }
    return unknown;
  }

  /** Says what happened without CEL's own words, in which values of the row can stand. */
  static String describe(CelEvaluationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof EvaluationFailure failure) {
        return failure.what();
      }
      if (cause instanceof IndexOutOfBoundsException) {
        return "a place outside of the list or text";
      }
      if (cause instanceof DateTimeException && e.getErrorCode() != CelErrorCode.BAD_FORMAT) {
        return "a day or time that is out of range";
      }
    }
    return switch (e.getErrorCode()) {
      case DIVIDE_BY_ZERO -> "a division by zero";
      case NUMERIC_OVERFLOW -> "a whole number beyond 64 bits";
      case ATTRIBUTE_NOT_FOUND -> "a key that the map has not";
      case BAD_FORMAT -> "a text that is not of the form needed";
      // The latter is what the functions for texts throw when a place is outside of the text.
      case INVALID_ARGUMENT, INTERNAL_ERROR -> "an argument that the function does not take";
      case ITERATION_BUDGET_EXCEEDED -> "more than " + CelEnvironment.MAX_STEPS + " steps";
      default -> "an error of the kind " + e.getErrorCode();
    };
  }

  /**
   * In what way a row does not satisfy an expression.
   *
   * @param failure what kept the expression from having a value, such as a division by zero; empty
   *     when its value is false
   */
  public record Breach(String failure) {
    static final Breach BROKEN = new Breach("");
  }
}
