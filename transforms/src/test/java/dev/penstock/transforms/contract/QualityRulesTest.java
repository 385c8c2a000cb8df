package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.HEAD;
import static dev.penstock.transforms.contract.Contracts.checks;
import static dev.penstock.transforms.contract.Contracts.problems;
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
