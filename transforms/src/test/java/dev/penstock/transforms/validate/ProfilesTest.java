package dev.penstock.transforms.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.ProfileDeadLetters;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.CollectRunSummary;
import dev.penstock.transforms.ledger.FieldProfile;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RejectionCount;
import dev.penstock.transforms.ledger.RunSummary;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Rows and dead letters go in, and their profiles are in the summary of the run. */
public class ProfilesTest {
  private static final DataContract CONTRACT =
      Sample.contract(
          """
          - {name: id, logicalType: integer}
          - {name: status, logicalType: string}
          - {name: mail, logicalType: string, classification: confidential}
          """);

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private RunSummary summary(List<Row> rows, List<DeadLetter> letters) throws Exception {
    String path = folder.getRoot().toPath().resolve("summary.json").toString();
    pipeline
        .apply(Create.of(LedgerEntry.read("a.csv", 1)).withCoder(LedgerEntryCoder.of()))
        .apply(
            CollectRunSummary.to(path)
                .withRows(
                    pipeline
                        .apply("Rows", Create.of(rows).withRowSchema(CONTRACT.rowSchema()))
                        .apply(ProfileRows.of(CONTRACT)))
                .withRejected(
                    pipeline
                        .apply(
                            "Letters",
                            Create.of(letters)
                                .withType(
                                    org.apache.beam.sdk.values.TypeDescriptor.of(DeadLetter.class)))
                        .apply(ProfileDeadLetters.perReason())));
    pipeline.run();
    return RunSummary.read(path);
  }

  private static DeadLetter letter(String step, long number, Reason... reasons) {
    SourceRecord record =
        SourceRecord.of(Position.of("/in/a.csv", 0, number * 10, number), "x".getBytes(UTF_8));
    return DeadLetter.of(record, step, List.of(reasons));
  }

  @Test
  public void fieldsAreProfiledAcrossBundles() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      rows.add(
          Sample.numbered(
              CONTRACT, i, (long) i, i % 3 == 0 ? null : i % 3 == 1 ? "new" : "old", "a@b.c"));
    }

    List<FieldProfile> fields = summary(rows, List.of()).fields();

    assertEquals(List.of("id", "status", "mail"), fields.stream().map(FieldProfile::name).toList());
    assertEquals(3000, fields.get(0).present());
    assertEquals(1000, fields.get(1).missing());
    assertEquals(2, fields.get(1).distribution().orElseThrow().distinct());
    assertEquals(2000, fields.get(0).distribution().orElseThrow().values());
    assertEquals(3000, fields.get(2).present());
    assertEquals(true, fields.get(2).distribution().isEmpty());
  }

  @Test
  public void rejectionsAreCountedByStepReasonAndField() throws Exception {
    Reason required = Reason.of("REQUIRED", "address.city", "address.city: a value is required");
    Reason pattern = Reason.of("PATTERN", "address.zip", "address.zip: '1' does not match");
    Reason quote = Reason.of("CSV_STRAY_QUOTE", "stray quote");
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 9; i > 0; i--) {
      letters.add(letter("ValidateRows", i, required, pattern, required));
    }
    letters.add(letter("ReadCsv", 10, quote));

    RunSummary summary = summary(List.of(), letters);

    assertEquals(
        List.of(
            RejectionCount.of(
                "ReadCsv",
                "CSV_STRAY_QUOTE",
                "",
                1,
                List.of(new RejectionCount.Example("/in/a.csv", 10, "stray quote"))),
            RejectionCount.of("ValidateRows", "PATTERN", "address.zip", 9, examples(pattern)),
            RejectionCount.of("ValidateRows", "REQUIRED", "address.city", 9, examples(required))),
        summary.rejections());
    assertEquals(Map.of("address", 9L), summary.rejectedPerField());
    assertEquals(List.of(), summary.fields());
  }

  private static List<RejectionCount.Example> examples(Reason reason) {
    return List.of(
        new RejectionCount.Example("/in/a.csv", 1, reason.message()),
        new RejectionCount.Example("/in/a.csv", 2, reason.message()),
        new RejectionCount.Example("/in/a.csv", 3, reason.message()));
  }

  @Test
  public void rowsOfAnotherSchemaAreRefusedBeforeTheRun() {
    pipeline.enableAbandonedNodeEnforcement(false);
    DataContract other = Sample.contract("- {name: other, logicalType: date}");
    var rows =
        pipeline.apply(
            Create.of(Sample.row(CONTRACT, 1L, "new", null)).withRowSchema(CONTRACT.rowSchema()));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> rows.apply(ProfileRows.of(other)));
    assertThat(e.getMessage(), startsWith("ProfileRows: the rows of "));
  }
}
