package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.RowRule;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.expression.RowExpression;
import dev.penstock.transforms.expression.RowExpression.Breach;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** A rule over several fields, ready to be asked. */
final class CompiledRowRule {
  private static final int MOST_CHARACTERS = 200;

  private final RowExpression expression;
  private final List<FieldPath> fields;
  private final String start;
  private final String condition;

  private CompiledRowRule(DataContract contract, RowRule rule) {
    expression = contract.compile(rule.expression());
    fields = rule.fields().stream().map(field -> FieldPath.of(contract, field)).toList();
    condition = oneLine(rule.expression());
    start =
        (rule.name().isEmpty() ? "" : rule.name() + ": ")
            + (rule.description().isEmpty() ? "" : oneLine(rule.description()) + ": ");
  }

  /** Compiles all of them, in the order of the contract. */
  static CompiledRowRule[] all(DataContract contract) {
    return contract.rowRules().stream()
        .map(rule -> new CompiledRowRule(contract, rule))
        .toArray(CompiledRowRule[]::new);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line;
  }

  /** The reason to reject a row, or null. */
  @Nullable Reason reason(Row row) {
    Breach breach = expression.breach(row);
    return breach == null ? null : reason(breach, row::getValue);
  }

  /** The reason to reject a row that is still an array, or null. */
  @Nullable Reason reason(@Nullable Object[] values) {
    Breach breach = expression.breach(values);
    return breach == null ? null : reason(breach, index -> values[index]);
  }

  private Reason reason(Breach breach, IntFunction<@Nullable Object> row) {
    String values =
        fields.stream()
            .map(field -> field.text() + " " + shown(field, row))
            .collect(Collectors.joining(", "));
    String text =
        breach.failure().isEmpty()
            ? condition + " does not hold for " + values
            : condition + " cannot be computed for " + values + ": " + breach.failure();
    return Reason.of(RowRule.CODE, start + text);
  }

  private static String shown(FieldPath field, IntFunction<@Nullable Object> row) {
    return ShownValue.of(field.valueFrom(row.apply(field.top())), field.masked());
  }
}
