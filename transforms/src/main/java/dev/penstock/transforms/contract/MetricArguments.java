package dev.penstock.transforms.contract;

import dev.penstock.transforms.contract.QualityCheck.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a metric of one property counts.
 *
 * @param values valid values, or spellings of missing ones
 * @param pattern regular expression of valid values, or empty
 */
record MetricArguments(List<String> values, String pattern) {
  static final MetricArguments NONE = new MetricArguments(List.of(), "");

  /** Reads the arguments of a metric of a property. */
  static MetricArguments read(Place quality, Metric metric, ContractField field) {
    Place arguments = quality.mappingOrEmpty("arguments");
    arguments.allowKeys("the arguments of this metric", keys(metric));
    for (String key : Keys.ARGUMENTS) {
      boolean isOldForm = key.equals("validValues") && quality.has("rule");
      if (quality.has(key) && !isOldForm) {
        quality.problem(key, "this is an argument of the metric", "move it below 'arguments:'");
      }
    }
    return switch (metric) {
      case MISSING_VALUES -> missing(quality, arguments, field);
      case INVALID_VALUES ->
          invalid(quality, arguments.has("validValues") ? arguments : quality, arguments, field);
      default -> NONE;
    };
  }

  private static List<String> keys(Metric metric) {
    return switch (metric) {
      case MISSING_VALUES -> List.of("missingValues");
      case INVALID_VALUES -> List.of("validValues", "pattern");
      default -> List.of();
    };
  }

  private static MetricArguments missing(Place quality, Place arguments, ContractField field) {
    if (!arguments.has("missingValues")) {
      quality.problem(
          "nothing says which values count as missing",
          "list them, as in 'arguments: {missingValues: [\"\", n/a]}'");
    }
    List<String> values = arguments.texts("missingValues");
    if (!values.isEmpty() && isNested(field)) {
      arguments.problem(
          "missingValues", "a nested value has no spelling", "use the metric nullValues");
    }
    return new MetricArguments(values, "");
  }

  private static MetricArguments invalid(
      Place quality, Place lists, Place arguments, ContractField field) {
    Optional<String> pattern = arguments.at("pattern").flatMap(EcmaPattern::read);
    if (!lists.has("validValues") && !arguments.has("pattern")) {
      quality.problem(
          "nothing says which values are valid",
          "list them, as in 'arguments: {validValues: [a, b]}', or give a pattern");
    }
    if (arguments.has("pattern") && field.logicalType() != LogicalType.STRING) {
      arguments.problem(
          "pattern",
          "a pattern is for the type string, and this is " + field.logicalType().keyword(),
          "use validValues, or logicalTypeOptions such as minimum and maximum");
    }
    if (lists.has("validValues") && isNested(field)) {
      lists.problem(
          "validValues", "a nested value is in no list", "move the rule to a nested property");
      return NONE;
    }
    List<String> values = new ArrayList<>();
    for (Place value : lists.list("validValues")) {
      if (!value.isNull()) {
        typed(value, field).ifPresent(values::add);
      }
    }
    return new MetricArguments(values, pattern.orElse(""));
  }

  private static boolean isNested(ContractField field) {
    return field.logicalType() == LogicalType.OBJECT || field.logicalType() == LogicalType.ARRAY;
  }

  /** The value's text, if the field can have such a value at all. */
  private static Optional<String> typed(Place value, ContractField field) {
    return switch (field.logicalType()) {
      case INTEGER, NUMBER -> value.number().map(number -> number.toPlainString());
      case BOOLEAN -> {
        if (!value.isFlag()) {
          value.wrongKind("true or false", "write true or false, without quotes");
          yield Optional.empty();
        }
        yield value.text().map(text -> text.toLowerCase(Locale.ROOT));
      }
      case DATE, TIME, TIMESTAMP ->
          TemporalText.of(field.logicalType(), field.format(), field.defaultTimezone())
              .read(value)
              .map(TemporalText.Bound::text);
      default -> value.text();
    };
  }

  /** The rules of rows of which none may be counted. */
  List<Rule> toRules(Metric metric, String path) {
    List<Rule> rules = new ArrayList<>();
    switch (metric) {
      case NULL_VALUES -> rules.add(Rule.of(Rule.Kind.REQUIRED, path));
      case MISSING_VALUES -> rules.add(Rule.of(Rule.Kind.NOT_MISSING, path, values));
      default -> {
        if (!values.isEmpty()) {
          rules.add(Rule.of(Rule.Kind.ENUM, path, values));
        }
        if (!pattern.isEmpty()) {
          rules.add(Rule.of(Rule.Kind.PATTERN, path, pattern));
        }
      }
    }
    return rules;
  }
}
