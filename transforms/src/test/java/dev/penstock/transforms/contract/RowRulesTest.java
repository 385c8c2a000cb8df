package dev.penstock.transforms.contract;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.QualityCheck.Metric;
import dev.penstock.transforms.contract.QualityCheck.Operator;
import java.math.BigDecimal;
import java.util.List;
import org.junit.Test;

/** Quality rules of a table that are written in CEL. */
public final class RowRulesTest {
  private static String table(String... quality) {
    return Contracts.HEAD
        + """
        schema:
        - name: t
          properties:
          - {name: start, logicalType: date}
          - {name: end, logicalType: date}
          - {name: amount, logicalType: number}
          quality:
        """
        + String.join("\n", quality).indent(2);
  }

  private static DataContract parse(String... quality) {
    return DataContract.parse(table(quality), "t.yaml");
  }

  private static void assertProblem(String problem, String... quality) {
    assertEquals(List.of(problem), Contracts.problemsOf(table(quality)));
  }

  @Test
  public void aRuleInCelIsReadWithItsNameAndFields() {
    DataContract contract =
        parse(
            "- name: ends after it starts",
            "  description: Nothing ends before it starts.",
            "  type: custom",
            "  engine: cel",
            "  implementation: end >= start",
            "- {type: custom, engine: cel, implementation: 'amount > 0.5 || end == null'}");

    assertEquals(
        List.of(
            RowRule.of(
                "ends after it starts",
                "Nothing ends before it starts.",
                "end >= start",
                List.of("end", "start")),
            RowRule.of("", "", "amount > 0.5 || end == null", List.of("amount", "end"))),
        contract.rowRules());
    assertEquals(List.of(), contract.qualityChecks());
    assertEquals(
        contract,
        parse(
            "- name: ends after it starts",
            "  description: Nothing ends before it starts.",
            "  type: custom",
            "  engine: cel",
            "  implementation: end >= start",
            "- {type: custom, engine: cel, implementation: 'amount > 0.5 || end == null'}"));
  }

  @Test
  public void theSummaryShowsRulesOverSeveralFields() {
    String summary =
        parse(
                "- {id: order, type: custom, engine: cel, implementation: end >= start}",
                "- {type: custom, engine: cel, implementation: amount > 0, severity: warning}")
            .summary();

    assertEquals(
        """

        rules over several fields:
          order: end >= start

        judged on the whole run:
          amount > 0: broken rows (amount > 0) must be 0 (warns only)
        """,
        summary.substring(summary.indexOf("\nrules over")));
  }

  @Test
  public void aRuleThatOnlyWarnsOrToleratesSomeIsMeasured() {
    DataContract contract =
        parse(
            "- {name: a, type: custom, engine: cel, implementation: end >= start, severity: info}",
            "- type: custom",
            "  engine: cel",
            "  implementation: end >= start",
            "  mustBeLessThan: 2",
            "  unit: percent",
            "- {type: custom, engine: cel, implementation: amount > 0, mustBe: 0}");

    assertEquals(
        List.of(
            QualityCheck.ofExpression(
                "a", "end >= start", Operator.MUST_BE, List.of(BigDecimal.ZERO), false, false),
            QualityCheck.ofExpression(
                "end >= start",
                "end >= start",
                Operator.MUST_BE_LESS_THAN,
                List.of(BigDecimal.valueOf(2)),
                true,
                true)),
        contract.qualityChecks());
    assertEquals(Metric.BROKEN_ROWS, contract.qualityChecks().get(0).metric());
    assertEquals(1, contract.rowRules().size());
  }

  @Test
  public void aMistakeInTheExpressionIsAProblemOfTheContractWithItsPlace() {
    assertProblem(
        "t.yaml:15: schema[t].quality[order].implementation: there is no field 'strat' (column 8 of"
            + " the expression). Fix: did you mean 'start'?",
        "- name: order",
        "  type: custom",
        "  engine: cel",
        "  implementation: end >= strat");
    assertProblem(
        "t.yaml:14: schema[t].quality[0].implementation: '>' does not take (decimal, string) (line 2,"
            + " column 10 of the expression). Fix: write decimal() around the text, as in"
            + " decimal('12').",
        "- type: custom",
        "  engine: cel",
        "  implementation: |",
        "    end >= start &&",
        "      amount > '5'");
  }

  @Test
  public void allMistakesComeAtOnce() {
    assertEquals(
        List.of(
            "t.yaml:12: schema[t].quality[0].implementation: there is no field 'x' (column 1 of the"
                + " expression). Fix: use one of start, end, amount.",
            "t.yaml:13: schema[t].quality[1].implementation: the expression gives date, not a"
                + " condition (column 1 of the expression). Fix: compare, as in start <= end.",
            "t.yaml:14: schema[t].quality[2].severty: 'severty' is not a key of a quality rule. Fix:"
                + " did you mean 'severity'?"),
        Contracts.problemsOf(
            table(
                "- {type: custom, engine: cel, implementation: x > 1}",
                "- {type: custom, engine: cel, implementation: start}",
                "- {type: custom, engine: cel, implementation: end > start, severty: info}")));
  }

  @Test
  public void customRulesThatCannotBeRunAreRefused() {
    assertProblem(
        "t.yaml:12: schema[t].quality[0].engine: rules of the engine 'soda' cannot be run here. Fix:"
            + " use cel, or the type text to keep the rule as documentation.",
        "- {type: custom, engine: soda, implementation: x}");
    assertProblem(
        "t.yaml:12: schema[t].quality[0]: a custom quality rule needs its engine. Fix: add 'engine:"
            + " cel', or use the type text to keep the rule as documentation.",
        "- {type: custom, implementation: x}");
    assertProblem(
        "t.yaml:12: schema[t].quality[0]: a rule in CEL needs its implementation. Fix: add one, such"
            + " as 'implementation: start <= end'.",
        "- {type: custom, engine: cel}");
    assertProblem(
        "t.yaml:12: schema[t].quality[0].metric: a rule in CEL has its implementation instead. Fix:"
            + " remove this key.",
        "- {type: custom, engine: cel, implementation: end > start, metric: rowCount}");
    assertEquals(
        List.of(
            "t.yaml:10: schema[t].properties[f].quality[0].type: a rule in CEL is about rows. Fix:"
                + " move it to the quality rules of the table."),
        Contracts.problems(
            "logicalType: string",
            "quality: [{type: custom, engine: cel, implementation: f != ''}]"));
  }
}
