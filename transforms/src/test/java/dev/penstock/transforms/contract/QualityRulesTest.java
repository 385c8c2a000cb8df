package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.HEAD;
import static dev.penstock.transforms.contract.Contracts.checks;
import static dev.penstock.transforms.contract.Contracts.problems;
import static dev.penstock.transforms.contract.Contracts.problemsOf;
import static dev.penstock.transforms.contract.Contracts.rules;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.QualityCheck.Metric;
import dev.penstock.transforms.contract.QualityCheck.Operator;
import dev.penstock.transforms.contract.Rule.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Quality rules of the standard's library. */
@RunWith(JUnit4.class)
public final class QualityRulesTest {
  private static final String STRING = "logicalType: string";
  private static final String PLACE = "schema[t].properties[f].quality[0]";

  private static QualityCheck check(
      String name, Metric metric, Operator operator, boolean percent, String... bounds) {
    return QualityCheck.of(
        name,
        metric,
        List.of("f"),
        operator,
        Stream.of(bounds).map(BigDecimal::new).toList(),
        percent,
        List.of(),
        "",
        true);
  }

  private static void assertProblem(String problem, String... lines) {
    assertEquals(List.of(problem), problems(lines));
  }

  private static String table(String... lines) {
    return HEAD
        + "schema:\n- name: t\n  properties: [{name: a, logicalType: integer},"
        + " {name: o, logicalType: object, properties: [{name: b, logicalType: string}]}]\n"
        + String.join("\n", lines);
  }

  @Test
  public void metricsThatTolerateNothingBecomeRulesOfRows() {
    assertEquals(
        List.of(Rule.of(Kind.REQUIRED, "f")),
        rules(STRING, "quality: [{metric: nullValues, mustBe: 0}]"));
    assertEquals(
        List.of(Rule.of(Kind.NOT_MISSING, "f", List.of("", "n/a"))),
        rules(
            STRING,
            "quality:",
            "- type: library",
            "  metric: missingValues",
            "  arguments: {missingValues: [null, '', n/a]}",
            "  mustBeLessThan: 1"));
    assertEquals(
        List.of(Rule.of(Kind.ENUM, "f", List.of("kg", "lb")), Rule.of(Kind.PATTERN, "f", "^.g$")),
        rules(
            STRING,
            "quality:",
            "- metric: invalidValues",
            "  arguments: {validValues: [kg, lb], pattern: ^.g$}",
            "  mustBeLessOrEqualTo: 0",
            "  unit: percent"));
    assertEquals(
        List.of(), checks(STRING, "quality: [{metric: nullValues, mustBeBetween: [0, 0]}]"));
  }

  @Test
  public void oneRuleIsEnoughForWhatIsSaidTwice() {
    assertEquals(
        List.of(Rule.of(Kind.REQUIRED, "f")),
        rules(STRING, "required: true", "quality: [{metric: nullValues, mustBe: 0}]"));
  }

  @Test
  public void otherThresholdsAreJudgedOnTheWholeRun() {
    assertEquals(
        List.of(
            check("nullValues(f)", Metric.NULL_VALUES, Operator.MUST_BE_LESS_THAN, true, "1.5")),
        checks(STRING, "quality: [{metric: nullValues, mustBeLessThan: 1.5, unit: percent}]"));
    assertEquals(
        List.of(
            check("few", Metric.DUPLICATE_VALUES, Operator.MUST_NOT_BE_BETWEEN, false, "3", "9")),
        checks(
            STRING,
            "quality: [{id: x, name: few, metric: duplicateValues, mustNotBeBetween: [3, 9]}]"));
    assertEquals(
        List.of(
            QualityCheck.of(
                "units",
                Metric.INVALID_VALUES,
                List.of("f"),
                Operator.MUST_BE_LESS_OR_EQUAL_TO,
                List.of(BigDecimal.valueOf(5)),
                false,
                List.of("kg", "lb"),
                "^..$",
                true)),
        checks(
            STRING,
            "quality:",
            "- id: units",
            "  metric: invalidValues",
            "  arguments: {validValues: [kg, lb], pattern: ^..$}",
            "  mustBeLessOrEqualTo: 5"));
    assertEquals(
        List.of(),
        rules(STRING, "quality: [{metric: nullValues, mustBeLessThan: 1, unit: percent}]"));
  }

  @Test
  public void everyOperatorIsRead() {
    for (Operator operator : Operator.values()) {
      String key =
          Keys.OPERATORS.stream()
              .filter(k -> k.equalsIgnoreCase(operator.name().replace("_", "")))
              .findFirst()
              .orElseThrow();
      String bounds = key.endsWith("Between") ? "[2, 5]" : "2";
      List<QualityCheck> checks =
          checks(STRING, "quality: [{metric: nullValues, " + key + ": " + bounds + "}]");
      assertEquals(key, operator, checks.get(0).operator());
    }
  }

  @Test
  public void aWarningRejectsNoRowAndFailsNoRun() {
    String quality = "quality: [{metric: nullValues, mustBe: 0, severity: Warning}]";

    assertEquals(List.of(), rules(STRING, quality));
    assertEquals(
        List.of(
            QualityCheck.of(
                "nullValues(f)",
                Metric.NULL_VALUES,
                List.of("f"),
                Operator.MUST_BE,
                List.of(BigDecimal.ZERO),
                false,
                List.of(),
                "",
                false)),
        checks(STRING, quality));
  }

  @Test
  public void uniqueIsACheckOfDuplicates() {
    assertEquals(
        List.of(check("unique(f)", Metric.DUPLICATE_VALUES, Operator.MUST_BE, false, "0")),
        checks(STRING, "unique: true"));
    assertProblem(
        "t.yaml:11: schema[t].properties[f].items.unique: duplicates are found for simple values"
            + " only, not for 'f[]'. Fix: name a property of a simple type outside of arrays.",
        "logicalType: array",
        "items:",
        "  unique: true",
        "  logicalType: string");
  }

  @Test
  public void rulesOfATableCountRowsAndDuplicates() {
    DataContract contract =
        DataContract.parse(
            table(
                "  quality:",
                "  - {metric: rowCount, mustBeBetween: [100, 120]}",
                "  - metric: duplicateValues",
                "    mustBe: 0",
                "    arguments: {properties: [a, o.b]}"),
            "t.yaml");

    assertEquals(
        List.of(
            QualityCheck.of(
                "rowCount",
                Metric.ROW_COUNT,
                List.of(),
                Operator.MUST_BE_BETWEEN,
                List.of(BigDecimal.valueOf(100), BigDecimal.valueOf(120)),
                false,
                List.of(),
                "",
                true),
            QualityCheck.of(
                "duplicateValues(a, o.b)",
                Metric.DUPLICATE_VALUES,
                List.of("a", "o.b"),
                Operator.MUST_BE,
                List.of(BigDecimal.ZERO),
                false,
                List.of(),
                "",
                true)),
        contract.qualityChecks());
  }

  @Test
  public void rulesOfATableThatCannotBeJudgedAreErrors() {
    assertEquals(
        List.of(
            "t.yaml:9: schema[t].quality[0]: nullValues measures one property. Fix: move it to that"
                + " property.",
            "t.yaml:10: schema[t].quality[1].arguments.properties: there is no property 'aa'. Fix:"
                + " did you mean 'a'?",
            "t.yaml:11: schema[t].quality[2].arguments.properties: duplicates are found for simple"
                + " values only, not for 'o'. Fix: name a property of a simple type outside of"
                + " arrays.",
            "t.yaml:12: schema[t].quality[3]: duplicateValues of a table compares several"
                + " properties. Fix: name them under arguments: properties.",
            "t.yaml:13: schema[t].quality[4].unit: a row count has no percentage. Fix: use rows."),
        problemsOf(
            table(
                "  quality:",
                "  - {metric: nullValues, mustBe: 0}",
                "  - {metric: duplicateValues, mustBe: 0, arguments: {properties: [aa]}}",
                "  - {metric: duplicateValues, mustBe: 0, arguments: {properties: [o]}}",
                "  - {metric: duplicateValues, mustBe: 0}",
                "  - {metric: rowCount, mustBe: 7, unit: percent}")));
  }

  @Test
  public void documentationIsAcceptedAndWhatCannotRunIsNot() {
    assertEquals(
        List.of(), checks(STRING, "quality: [{type: text, description: Looks good to me.}]"));
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".type: quality rules of the type 'sql' cannot be run here. Fix: use a metric of the"
            + " library, or the type text to keep it as documentation.",
        STRING,
        "quality: [{type: sql, query: select 1, mustBe: 1}]");
    assertProblem(
        "t.yaml:11: schema[t].properties[f].quality[0].engine: rules of the engine 'soda' cannot be"
            + " run here. Fix: use cel, or the type text to keep the rule as documentation.",
        STRING,
        "quality:",
        "- {type: custom, engine: soda, implementation: 'type: x'}");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".type: 'libary' is not a type of quality rules. Fix: did you mean 'library'?",
        STRING,
        "quality: [{type: libary, metric: nullValues, mustBe: 0}]");
  }

  @Test
  public void metricsAndTheirArgumentsAreChecked() {
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".metric: 'nullValue' is not a metric of the library. Fix: did you mean"
            + " 'nullValues'?",
        STRING,
        "quality: [{metric: nullValue, mustBe: 0}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ": the metric is missing. Fix: add one of nullValues,"
            + " missingValues, invalidValues, duplicateValues, rowCount.",
        STRING,
        "quality: [{mustBe: 0}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ": rowCount counts the rows of a table. Fix: move it to the schema object.",
        STRING,
        "quality: [{metric: rowCount, mustBe: 0}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ": nothing says which values are valid. Fix: list them, as in 'arguments:"
            + " {validValues: [a, b]}', or give a pattern.",
        STRING,
        "quality: [{metric: invalidValues, mustBe: 0}]");
    assertEquals(
        List.of(
            "t.yaml:10: "
                + PLACE
                + ".pattern: this is an argument of the metric. Fix: move it below 'arguments:'.",
            "t.yaml:10: "
                + PLACE
                + ": nothing says which values are valid. Fix: list them, as in 'arguments:"
                + " {validValues: [a, b]}', or give a pattern."),
        problems(STRING, "quality: [{metric: invalidValues, mustBe: 0, pattern: a, arguments: }]"));
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".arguments.validValues: 'validValues' is not a key of the arguments of this metric."
            + " Fix: remove it.",
        STRING,
        "quality: [{metric: nullValues, mustBe: 0, arguments: {validValues: [a]}}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".arguments.pattern: a pattern is for the type string, and this is integer. Fix: use"
            + " validValues, or logicalTypeOptions such as minimum and maximum.",
        "logicalType: integer",
        "quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: '[0-9]'}}]");
  }

  @Test
  public void validValuesAreOfTheTypeOfTheField() {
    assertEquals(
        List.of(Rule.of(Kind.ENUM, "f", List.of("1", "20"))),
        rules(
            "logicalType: integer",
            "quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [1, 2e1]}}]"));
    assertEquals(
        List.of(Rule.of(Kind.ENUM, "f", List.of("2026-01-31"))),
        rules(
            "logicalType: date",
            "logicalTypeOptions: {format: dd.MM.yyyy}",
            "quality:",
            "- {metric: invalidValues, mustBe: 0, arguments: {validValues: [31.01.2026, null]}}"));
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".arguments.validValues[1]: this must be a decimal number, but it is 'two'. Fix:"
            + " write a number such as 12 or 0.5, without quotes.",
        "logicalType: integer",
        "quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [1, two]}}]");
  }

  @Test
  public void thresholdsThatMeanNothingAreErrors() {
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ": nothing says what the metric must be. Fix: add an operator, such as 'mustBe: 0' or"
            + " 'mustBeLessThan: 10'.",
        STRING,
        "quality: [{metric: nullValues}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ": only one of mustBeGreaterThan and mustBeLessThan can be judged. Fix: use"
            + " mustBeBetween, or two quality rules.",
        STRING,
        "quality: [{metric: nullValues, mustBeGreaterThan: 1, mustBeLessThan: 5}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".mustBeLessThan: 101 is not a possible percentage. Fix: give a number from 0 to"
            + " 100.",
        STRING,
        "quality: [{metric: nullValues, mustBeLessThan: 101, unit: percent}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".mustBe: 1.5 is not a possible count of rows. Fix: give a whole number from 0 up.",
        STRING,
        "quality: [{metric: nullValues, mustBe: 1.5}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".mustBeBetween: this is no range. Fix: give two numbers, the lower one first: [10,"
            + " 20].",
        STRING,
        "quality: [{metric: nullValues, mustBeBetween: [20, 10]}]");
    assertProblem(
        "t.yaml:10: "
            + PLACE
            + ".unit: 'bytes' is not a unit of a metric. Fix: use rows or percent.",
        STRING,
        "quality: [{metric: nullValues, mustBe: 3, unit: bytes}]");
  }

  @Test
  public void rulesOfVersion30AreUnderstood() {
    DataContract contract =
        DataContract.parse(
            Contracts.table(
                    "- name: f",
                    "  logicalType: string",
                    "  quality:",
                    "  - {rule: duplicateCount, mustBeLessThan: 10, unit: rows, name: few}",
                    "  - {rule: validValues, validValues: [pounds]}",
                    "- name: g",
                    "  logicalType: integer",
                    "  logicalTypeOptions: {minimum: 1, exclusiveMinimum: true, maximum: 9,"
                        + " exclusiveMaximum: false}")
                .replace("v3.1.0", "v3.0.2"),
            "t.yaml");

    assertEquals(
        List.of(check("few", Metric.DUPLICATE_VALUES, Operator.MUST_BE_LESS_THAN, false, "10")),
        contract.qualityChecks());
    assertEquals(
        List.of(
            Rule.of(Kind.ENUM, "f", List.of("pounds")),
            Rule.of(Kind.EXCLUSIVE_MINIMUM, "g", BigDecimal.ONE),
            Rule.of(Kind.MAXIMUM, "g", BigDecimal.valueOf(9))),
        contract.rules());
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.exclusiveMinimum: since v3.1 this is"
            + " a value, and not true or false. Fix: write the value here, and remove minimum.",
        "logicalType: integer",
        "logicalTypeOptions: {minimum: 1, exclusiveMinimum: true}");
  }
}
