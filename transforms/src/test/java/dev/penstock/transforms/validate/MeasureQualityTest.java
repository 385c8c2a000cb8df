package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.QualityResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;

public class MeasureQualityTest {
  private static final DataContract CONTRACT =
      Sample.contract(
          """
          - name: id
            logicalType: integer
            quality:
              - {name: nullIds, metric: nullValues, unit: percent, mustBeLessThan: 25}
          - name: code
            logicalType: string
            quality:
              - name: missingCodes
                metric: missingValues
                mustBeLessOrEqualTo: 2
                severity: warning
                arguments: {missingValues: ['', 'N/A']}
              - name: invalidCodes
                metric: invalidValues
                unit: percent
                mustBeLessThan: 10
                arguments: {pattern: '^[A-Z]*$'}
          - name: amount
            logicalType: number
          """,
          """
          - {name: rows, metric: rowCount, mustBeBetween: [2, 100]}
          - {name: pairs, metric: duplicateValues, mustBe: 1, arguments: {properties: [code, amount]}}
          - {name: codes, metric: duplicateValues, unit: percent, mustBeLessThan: 10, arguments: {properties: [code]}}
          """);

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private static Row row(@Nullable Object... values) {
    return Sample.numbered(CONTRACT, 1, values);
  }

  private static QualityResult result(String rule, String observed, boolean passed) {
    return QualityResult.of(rule, new BigDecimal(observed), passed, true);
  }

  private PCollection<Row> rows(String name, List<Row> rows) {
    return pipeline.apply(name, Create.of(rows).withRowSchema(CONTRACT.rowSchema()));
  }

  @Test
  public void eachRuleIsMeasuredOnTheRowsItSpeaksOf() {
    Row one = row(1L, "A", new BigDecimal("1.0"));
    Row same = row(2L, "A", new BigDecimal("1.00"));
    Row other = row(null, "A", new BigDecimal("2"));
    List<Row> accepted = List.of(one, same, other, row(4L, null, BigDecimal.ONE));
    List<Row> parsed = new ArrayList<>(accepted);
    parsed.add(row(5L, "N/A", null));
    parsed.add(row(6L, "", null));

    PAssert.that(
            rows("Parsed", parsed)
                .apply(MeasureQuality.against(CONTRACT).withAccepted(rows("Accepted", accepted))))
        .containsInAnyOrder(
            result("nullIds", "16.6667", true),
            QualityResult.of("missingCodes", BigDecimal.valueOf(3), false, false),
            result("invalidCodes", "16.6667", false),
            result("rows", "4", true),
            result("pairs", "1", true),
            result("codes", "50", false));
    pipeline.run();
  }

  @Test
  public void aRunWithoutRowsIsJudgedToo() {
    PAssert.that(
            rows("Parsed", List.of())
                .apply(MeasureQuality.against(CONTRACT).withAccepted(rows("Accepted", List.of()))))
        .containsInAnyOrder(
            result("nullIds", "0", true),
            QualityResult.of("missingCodes", BigDecimal.ZERO, true, false),
            result("invalidCodes", "0", true),
            result("rows", "0", false),
            result("pairs", "0", false),
            result("codes", "0", true));
    pipeline.run();
  }

  @Test
  public void aThresholdIsHeldAgainstTheExactPercentageAndNotTheShownOne() {
    DataContract contract =
        Sample.contract(
            """
            - name: id
              logicalType: integer
              quality:
                - {name: nulls, metric: nullValues, unit: percent, mustBeLessOrEqualTo: 33.3333}
            """);
    List<Row> rows =
        List.of(
            Sample.numbered(contract, 1, (Object) null),
            Sample.numbered(contract, 2, 2L),
            Sample.numbered(contract, 3, 3L));

    PAssert.that(
            pipeline
                .apply(Create.of(rows).withRowSchema(contract.rowSchema()))
                .apply(MeasureQuality.against(contract)))
        .containsInAnyOrder(result("nulls", "33.3333", false));
    pipeline.run();
  }

  @Test
  public void aContractWithoutChecksAddsNothingToTheRowsWay() {
    DataContract contract = Sample.contract("- {name: a, logicalType: string}");
    PCollection<Row> rows =
        pipeline.apply(
            "Rows",
            Create.of(Sample.numbered(contract, 1, "x")).withRowSchema(contract.rowSchema()));

    PAssert.that(rows.apply(MeasureQuality.against(contract))).empty();

    Set<String> readers = new HashSet<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getInputs().containsValue(rows)) {
              readers.add(node.getFullName());
            }
          }
        });
    assertEquals(Set.of(), readers);
    pipeline.run();
  }

  @Test
  public void valuesAreEqualOrNotAsTheirTypesSay() {
    assertEquals(hash(new BigDecimal("1.0")), hash(new BigDecimal("1.000")));
    assertEquals(3, Set.of(hash("ab", "c"), hash("a", "bc"), hash(List.of("a"), "bc")).size());
  }

  private static List<Long> hash(Object... values) {
    ValueHash hash = new ValueHash();
    hash.take(List.of("what was before does not matter"));
    hash.take(List.of(values));
    return List.of(hash.high(), hash.low());
  }

  @Test
  public void rowsOfAnotherSchemaAreRefused() {
    pipeline.enableAbandonedNodeEnforcement(false);
    DataContract other = Sample.contract("- {name: a, logicalType: string}");
    PCollection<Row> rows =
        pipeline.apply(Create.of(Sample.numbered(other, 1, "x")).withRowSchema(other.rowSchema()));

    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> rows.apply(MeasureQuality.against(CONTRACT)));

    assertEquals(
        true, String.valueOf(e.getMessage()).contains("the field 'id' is missing; the field"));
  }
}
