package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.CountReasons;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;

public class ValidateRowsTest {
  private static final DataContract CONTRACT =
      Sample.contract(
          """
          - {name: id, logicalType: integer, required: true}
          - {name: name, logicalType: string, logicalTypeOptions: {maxLength: 5}}
          """);

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private static Row row(long number, Object... values) {
    return Sample.numbered(CONTRACT, number, values);
  }

  @Test
  public void rowsThatBreakARuleAreDeadLetteredAndTheOthersAccepted() {
    Row good = row(1, 1L, "abc");
    Row bad = Sample.numbered(CONTRACT, 2, null, "abcdef");

    Outcome<Row> outcome = rows(List.of(good, bad)).apply(ValidateRows.against(CONTRACT));

    PAssert.that(outcome.accepted()).containsInAnyOrder(good);
    PAssert.that(outcome.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(
                    SourceRecord.of(bad),
                    "ValidateRows",
                    List.of(
                        Reason.of("REQUIRED", "id", "id: a value is required, but there is none"),
                        Reason.of(
                            "MAX_LENGTH", "name", "name: 'abcdef' is longer than 5 characters")))
                .withContract("sample", "2.0.0"));
    PAssert.that(outcome.ledger()).empty();
    pipeline.run();
  }

  @Test
  public void everyRowGoesToExactlyOneOutputAndIsCounted() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(row(i, (long) i, i % 10 == 0 ? "too long" : "ok"));
    }

    Outcome<Row> outcome = rows(rows).apply(ValidateRows.against(CONTRACT));
    PCollection<KV<String, Long>> reasons = outcome.deadLetters().apply(CountReasons.perCode());

    PAssert.that(reasons).containsInAnyOrder(List.of(KV.of("MAX_LENGTH", 100L)));
    PipelineResult result = pipeline.run();
    assertEquals(Map.of("accepted", 900L, "deadLettered", 100L), counters(result));
  }

  @Test
  public void aReasonCodeCountsOnceForEachDeadLetter() {
    DataContract two =
        Sample.contract(
            """
            - {name: a, logicalType: string, required: true}
            - {name: b, logicalType: string, required: true}
            - {name: c, logicalType: string, logicalTypeOptions: {maxLength: 1}}
            """);
    PCollection<Row> rows =
        pipeline.apply(
            Create.of(
                    Sample.numbered(two, 1, null, null, "xx"),
                    Sample.numbered(two, 2, null, "b", "c"))
                .withRowSchema(two.rowSchema()));

    PAssert.that(rows.apply(ValidateRows.against(two)).deadLetters().apply(CountReasons.perCode()))
        .containsInAnyOrder(List.of(KV.of("REQUIRED", 2L), KV.of("MAX_LENGTH", 1L)));
    pipeline.run();
  }

  @Test
  public void aContractWithoutRulesAcceptsEveryRow() {
    DataContract free = Sample.contract("- {name: a, logicalType: string}");
    Row row = Sample.numbered(free, 1, (Object) null);

    PAssert.that(
            pipeline
                .apply(Create.of(row).withRowSchema(free.rowSchema()))
                .apply(ValidateRows.against(free))
                .accepted())
        .containsInAnyOrder(row);
    pipeline.run();
  }

  @Test
  public void rowsOfAnotherSchemaAreRefusedWithTheDifferences() {
    pipeline.enableAbandonedNodeEnforcement(false);
    Schema other = Schema.builder().addStringField("id").addNullableStringField("extra").build();
    PCollection<Row> rows = pipeline.apply("Other", Create.empty(other)).setRowSchema(other);

    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> rows.apply(ValidateRows.against(CONTRACT)));

    assertEquals(
        "ValidateRows: the rows of 'Other/Read(CreateSource).out' do not have the schema of the"
            + " contract 'sample': the field 'id' is a required STRING, not a nullable INT64; the"
            + " field 'name' is missing; the field '_record' is missing; the field 'extra' is not"
            + " in the contract. Parse them to this contract, or derive them with"
            + " DeriveFields.to(contract).",
        String.valueOf(e.getMessage())
            .replaceAll("'Other/[^']*'", "'Other/Read(CreateSource).out'"));
  }

  private PCollection<Row> rows(List<Row> rows) {
    return pipeline.apply(Create.of(rows).withRowSchema(CONTRACT.rowSchema()));
  }

  private static Map<String, Long> counters(PipelineResult result) {
    Map<String, Long> counters = new TreeMap<>();
    result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.inNamespace(ValidateRows.class))
                .build())
        .getCounters()
        .forEach(counter -> counters.put(counter.getName().getName(), counter.getAttempted()));
    return counters;
  }
}
