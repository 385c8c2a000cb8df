package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;

/** Rules over several fields. */
public class RowRuleTest {
  private static final String PROPERTIES =
      """
      - {name: issued, logicalType: date}
      - {name: due, logicalType: date}
      - {name: total, logicalType: number}
      - {name: count, logicalType: integer, required: true}
      - {name: secret, logicalType: string, classification: restricted}
      """;

  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private static DataContract contract(String... rules) {
    StringBuilder quality = new StringBuilder();
    for (String rule : rules) {
      quality.append("- type: custom\n  engine: cel\n").append(rule.indent(2));
    }
    return Sample.contract(PROPERTIES, quality.toString());
  }

  @Test
  public void theMessageNamesTheRuleTheConditionAndTheValues() {
    DataContract contract =
        contract(
            "name: due date\ndescription: A loan falls due after its issue\nimplementation: due >= issued",
            "implementation: |\n  total >= 0.5 ||\n    secret == 'none'");

    assertEquals(
        List.of(
            "ROW_RULE due date: A loan falls due after its issue: due >= issued does not hold for"
                + " due 2026-01-31, issued 2026-03-01",
            "ROW_RULE total >= 0.5 || secret == 'none' does not hold for secret ***, total 0.25"),
        Sample.texts(contract, MARCH, JANUARY, new BigDecimal("0.25"), 1L, "hush"));
    assertEquals(
        List.of(), Sample.texts(contract, JANUARY, MARCH, new BigDecimal("0.50"), 1L, "hush"));
    assertEquals(List.of(), Sample.texts(contract, null, MARCH, null, 1L, "hush"));
  }

  @Test
  public void whatCannotBeComputedIsRejectedAndSaysWhy() {
    DataContract contract =
        contract(
            "name: share\nimplementation: 10 / count > 2",
            "name: number\nimplementation: int(secret) > count");

    assertEquals(
        List.of(
            "ROW_RULE share: 10 / count > 2 cannot be computed for count 0: a division by zero",
            "ROW_RULE number: int(secret) > count cannot be computed for count 0, secret ***: a text"
                + " that is not of the form needed"),
        Sample.texts(contract, null, null, null, 0L, "hush"));
  }

  @Test
  public void reasonsAgainstFieldsComeBeforeThoseAgainstTheRow() {
    DataContract contract = contract("implementation: has(count)");

    assertEquals(
        List.of(
            "REQUIRED count: a value is required, but there is none",
            "ROW_RULE has(count) does not hold for count null"),
        Sample.texts(contract, null, null, null, null, null));
  }

  @Test
  public void rowsThatBreakARuleOverSeveralFieldsAreDeadLettered() {
    DataContract contract = contract("name: order\nimplementation: due >= issued");
    Row good = Sample.numbered(contract, 1, JANUARY, MARCH, null, 1L, null);
    Row bad = Sample.numbered(contract, 2, MARCH, JANUARY, null, 1L, null);

    Outcome<Row> outcome =
        pipeline
            .apply(Create.of(good, bad).withRowSchema(contract.rowSchema()))
            .apply(ValidateRows.against(contract));

    PAssert.that(outcome.accepted()).containsInAnyOrder(good);
    PAssert.that(outcome.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(
                    SourceRecord.of(bad),
                    "ValidateRows",
                    List.of(
                        Reason.of(
                            "ROW_RULE",
                            "order: due >= issued does not hold for due 2026-01-31, issued"
                                + " 2026-03-01")))
                .withContract("sample", "2.0.0"));
    pipeline.run();
  }

  @Test
  public void aRuleThatOnlyWarnsIsMeasuredOnTheRun() {
    DataContract contract =
        contract(
            "name: order\nimplementation: due >= issued\nseverity: warning",
            "name: share\nimplementation: 10 / count > 2\nmustBeLessThan: 50\nunit: percent");
    PCollection<Row> rows =
        pipeline.apply(
            Create.of(
                    Sample.numbered(contract, 1, JANUARY, MARCH, null, 1L, null),
                    Sample.numbered(contract, 2, MARCH, JANUARY, null, 0L, null),
                    Sample.numbered(contract, 3, null, JANUARY, null, 9L, null))
                .withRowSchema(contract.rowSchema()));

    PAssert.that(rows.apply(MeasureQuality.against(contract)))
        .containsInAnyOrder(
            QualityResult.of("order", BigDecimal.ONE, false, false),
            QualityResult.of("share", new BigDecimal("66.6667"), false, true));
    pipeline.run();
  }
}
