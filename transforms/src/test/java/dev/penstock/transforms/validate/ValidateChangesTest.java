package dev.penstock.transforms.validate;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;

/** Rows that say what happened to them at their source. */
public class ValidateChangesTest {
  private static final DataContract CONTRACT =
      Sample.contract(
          """
          - {name: id, logicalType: integer, primaryKey: true, logicalTypeOptions: {minimum: 1}}
          - {name: name, logicalType: string, required: true}
          - {name: least, logicalType: integer}
          - {name: most, logicalType: integer}
          """,
          """
          - {type: custom, engine: cel, implementation: least <= most}
          """);

  @Rule public final TestPipeline pipeline = TestPipeline.create();

  private static Row row(Operation operation, @Nullable Object... values) {
    List<@Nullable Object> all = new ArrayList<>(Sample.numbered(CONTRACT, 1, values).getValues());
    all.add(new Change(operation, 41L, Instant.parse("2024-05-06T07:08:09Z")).toRow());
    return Row.withSchema(Change.rowSchema(CONTRACT)).attachValues(all);
  }

  private static List<String> codes(Operation operation, @Nullable Object... values) {
    return ValidateRows.against(CONTRACT).validator().violations(row(operation, values)).stream()
        .map(Reason::code)
        .toList();
  }

  @Test
  public void ofADeletionOnlyTheKeyIsChecked() {
    assertEquals(List.of(), codes(Operation.DELETE, 7L, null, 2L, 1L));
    assertEquals(List.of("REQUIRED"), codes(Operation.DELETE, null, null, 2L, 1L));
    assertEquals(List.of("MINIMUM"), codes(Operation.DELETE, 0L, null, 2L, 1L));
  }

  @Test
  public void ofEveryOtherChangeEverythingIsChecked() {
    for (Operation operation : List.of(Operation.INSERT, Operation.UPDATE, Operation.SNAPSHOT)) {
      assertEquals(List.of("REQUIRED", "ROW_RULE"), codes(operation, 7L, null, 2L, 1L));
    }
  }

  @Test
  public void acceptedRowsKeepTheirChange() {
    Row deleted = row(Operation.DELETE, 7L, null, null, null);
    Row bad = row(Operation.INSERT, 8L, null, null, null);

    Outcome<Row> outcome =
        pipeline
            .apply(Create.of(deleted, bad).withRowSchema(Change.rowSchema(CONTRACT)))
            .apply(ValidateRows.against(CONTRACT));

    assertEquals(Change.rowSchema(CONTRACT), outcome.accepted().getSchema());
    PAssert.that(outcome.accepted()).containsInAnyOrder(deleted);
    PAssert.that(outcome.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(
                    SourceRecord.of(bad),
                    "ValidateRows",
                    List.of(
                        Reason.of(
                            "REQUIRED", "name", "name: a value is required, but there is none")))
                .withContract("sample", "2.0.0"));
    pipeline.run();
  }
}
