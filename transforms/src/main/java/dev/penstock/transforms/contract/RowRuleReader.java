package dev.penstock.transforms.contract;

import dev.penstock.transforms.expression.ExpressionException;
import dev.penstock.transforms.expression.ExpressionScope;
import dev.penstock.transforms.expression.RowExpression;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the custom quality rules of a table whose engine is CEL. */
final class RowRuleReader {
  private static final String ENGINE = "cel";

  private final Consumer<RowRule> rules;
  private final Consumer<QualityCheck> checks;
  private @Nullable ExpressionScope scope;

  RowRuleReader(Consumer<RowRule> rules, Consumer<QualityCheck> checks) {
    this.rules = rules;
    this.checks = checks;
  }

  static boolean isRowRule(Place quality) {
    return quality.isMapping()
        && quality
            .at("type")
            .filter(Place::isScalar)
            .flatMap(Place::text)
            .orElse("")
            .equals("custom");
  }

  /** Refuses a row rule at a property, which has no other fields to speak of. */
  static void refuse(Place quality) {
    if (isCel(quality)) {
      quality.problem(
          "type", "a rule in CEL is about rows", "move it to the quality rules of the table");
    }
  }

  private static boolean isCel(Place quality) {
    if (!quality.has("engine")) {
      quality.problem(
          "a custom quality rule needs its engine",
          "add 'engine: cel', or use the type text to keep the rule as documentation");
      return false;
    }
    Optional<String> engine = quality.text("engine");
    if (engine.isPresent() && !engine.get().equals(ENGINE)) {
      quality.problem(
          "engine",
          "rules of the engine " + Place.quote(engine.get()) + " cannot be run here",
          "use cel, or the type text to keep the rule as documentation");
    }
    return engine.filter(ENGINE::equals).isPresent();
  }

  /** Reads a rule that is one; the metric's keys mean nothing to it. */
  void read(Place quality, List<ContractField> fields) {
    quality.allowKeys("a quality rule", Keys.QUALITY);
    for (String key : List.of("metric", "rule", "arguments", "query")) {
      if (quality.has(key)) {
        quality.problem(key, "a rule in CEL has its implementation instead", "remove this key");
      }
    }
    if (!isCel(quality)) {
      return;
    }
    if (!quality.has("implementation")) {
      quality.problem(
          "a rule in CEL needs its implementation",
          "add one, such as 'implementation: start <= end'");
      return;
    }
    quality
        .at("implementation")
        .ifPresent(place -> place.text().ifPresent(text -> read(quality, place, text, fields)));
  }

  private void read(Place quality, Place place, String text, List<ContractField> fields) {
    try {
      // Made for the first rule only: contracts without one do not load CEL.
      scope = scope == null ? DataContract.scope(fields) : scope;
      RowExpression expression = scope.compile(text);
      add(quality, text.strip(), expression.fields());
    } catch (ExpressionException e) {
      boolean severalLines = text.strip().indexOf('\n') >= 0;
      for (ExpressionException.Problem problem : e.problems()) {
        String line = severalLines ? "line " + problem.line() + ", " : "";
        place.problem(
            problem.what() + " (" + line + "column " + problem.column() + " of the expression)",
            problem.fix());
      }
    }
  }

  private void add(Place quality, String expression, List<String> fields) {
    String name = quality.text("name").or(() -> quality.text("id")).orElse("");
    boolean hasOperator = Keys.OPERATORS.stream().anyMatch(quality::has);
    Optional<Threshold> threshold =
        hasOperator ? Threshold.read(quality) : Optional.of(Threshold.none());
    if (threshold.isEmpty()) {
      return;
    }
    boolean blocks = QualityReader.blocks(quality);
    if (blocks && threshold.get().toleratesNone()) {
      String description = quality.text("description").map(String::strip).orElse("");
      rules.accept(RowRule.of(name, description, expression, fields));
      return;
    }
    checks.accept(
        QualityCheck.ofExpression(
            name.isEmpty() ? expression : name,
            expression,
            threshold.get().operator(),
            threshold.get().bounds(),
            threshold.get().percent(),
            blocks));
  }
}
