package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.HEAD;
import static dev.penstock.transforms.contract.Contracts.checks;
import static dev.penstock.transforms.contract.Contracts.problems;
import static dev.penstock.transforms.contract.Contracts.problemsOf;
import static org.junit.Assert.assertEquals;

import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Quality rules that cannot be judged: what is said against them. */
@RunWith(JUnit4.class)
public final class QualityRuleProblemsTest {
  private static final String STRING = "logicalType: string";
  private static final String PLACE = "schema[t].properties[f].quality[0]";

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
}
