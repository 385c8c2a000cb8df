package dev.penstock.transforms.enrich;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.Rule;
import org.junit.Test;

public final class DeriveFieldsTest {
  private static final DataContract LENDERS =
      contract(
          "lenders",
          """
                - name: loan_id
                  logicalType: string
                - name: lenders
                  logicalType: array
                  items: {name: lender, logicalType: string}
          """);
  private static final DataContract SUMMARY =
      contract(
          "summary",
          """
                - name: loan_id
                  logicalType: string
                - name: total_lenders
                  logicalType: integer
          """);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void theExampleLineOfTheLendersExportGivesThreeLenders() {
    PCollection<Row> rows =
        lenders(lenderRow(1, "483693", List.of("muc888", "niki3008", "teresa9174")));

    Outcome<Row> outcome =
        rows.apply(
            DeriveFields.to(SUMMARY).with("total_lenders", row -> row.getArray("lenders").size()));

    PAssert.that(outcome.accepted())
        .satisfies(
            derived -> {
              Row row = only(derived);
              assertThat(row.getString("loan_id"), equalTo("483693"));
              assertThat(row.getInt64("total_lenders"), equalTo(3L));
              assertThat(SourceRecord.of(row).position(), equalTo(position(1)));
              assertThat(text(SourceRecord.of(row)), equalTo("record 1"));
              return null;
            });
    PAssert.that(outcome.deadLetters()).empty();
    PAssert.that(outcome.ledger()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void aFunctionThatThrowsDeadLettersTheOriginalRecordNamingTheField() {
    PCollection<Row> rows =
        lenders(lenderRow(1, "1", List.of("a")), lenderRow(2, "not a number", List.of("b")));

    Outcome<Row> outcome =
        rows.apply(
            DeriveFields.to(SUMMARY)
                .with("total_lenders", row -> Long.parseLong(row.getString("loan_id"))));

    PAssert.that(outcome.accepted())
        .satisfies(
            derived -> {
              assertThat(only(derived).getInt64("total_lenders"), equalTo(1L));
              return null;
            });
    PAssert.that(outcome.deadLetters())
        .satisfies(
            letters -> {
              DeadLetter letter = only(letters);
              assertThat(letter.step(), equalTo("DeriveFields"));
              assertThat(letter.record().position(), equalTo(position(2)));
              assertThat(text(letter.record()), equalTo("record 2"));
              assertThat(letter.contractId(), equalTo("summary"));
              assertThat(letter.contractVersion(), equalTo("1.2.3"));
              assertThat(
                  letter.reasons(),
                  contains(
                      Reason.of(
                          "DERIVE_FAILED",
                          "total_lenders",
                          "Field 'total_lenders' could not be computed: NumberFormatException:"
                              + " For input string: \"not a number\"")));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void allFieldsThatFailAreReportedTogetherAndNullIsNoFailure() {
    PCollection<Row> rows = lenders(lenderRow(1, "1", List.of()), lenderRow(2, "2", List.of("x")));

    Outcome<Row> outcome =
        rows.apply(
            DeriveFields.to(SUMMARY)
                .with("loan_id", row -> row.getString("loan_id").equals("1") ? null : 17)
                .with(
                    "total_lenders",
                    row -> row.getArray("lenders").isEmpty() ? null : List.of("many")));

    PAssert.that(outcome.accepted())
        .satisfies(
            derived -> {
              Row row = only(derived);
              assertThat(row.getString("loan_id"), is(nullValue()));
              assertThat(row.getInt64("total_lenders"), is(nullValue()));
              return null;
            });
    PAssert.that(outcome.deadLetters())
        .satisfies(
            letters -> {
              List<String> messages =
                  only(letters).reasons().stream().map(Reason::message).toList();
              assertThat(
                  messages,
                  contains(
                      "Field 'loan_id' could not be computed: IllegalArgumentException: the"
                          + " function gave Integer, and the field is String",
                      "Field 'total_lenders' could not be computed: IllegalArgumentException: the"
                          + " function gave List, and the field is Long"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void smallerWholeNumbersAreWidenedAndEveryTypeMayBeComputed() {
    DataContract target =
        contract(
            "types",
            """
                  - {name: i, logicalType: integer}
                  - {name: n, logicalType: number}
                  - {name: d, logicalType: date}
                  - {name: t, logicalType: timestamp}
                  - {name: b, logicalType: boolean}
                  - name: a
                    logicalType: array
                    items: {name: item, logicalType: string}
            """);
    Instant time = Instant.parse("2015-03-01T10:11:12.123456789Z");

    Outcome<Row> outcome =
        lenders(lenderRow(1, "1", List.of("a")))
            .apply(
                DeriveFields.to(target)
                    .with("i", row -> (short) 7)
                    .with("n", row -> 12L)
                    .with("d", row -> LocalDate.of(2015, 2, 28))
                    .with("t", row -> time)
                    .with("b", row -> true)
                    .with("a", row -> List.of("x", "y")));

    PAssert.that(outcome.accepted())
        .satisfies(
            derived -> {
              Row row = only(derived);
              assertThat(row.getInt64("i"), equalTo(7L));
              assertThat(row.getDecimal("n"), equalTo(BigDecimal.valueOf(12)));
              assertThat(
                  row.getLogicalTypeValue("d", LocalDate.class),
                  equalTo(LocalDate.of(2015, 2, 28)));
              assertThat(
                  row.getLogicalTypeValue("t", Instant.class),
                  equalTo(Instant.parse("2015-03-01T10:11:12.123456Z")));
              assertThat(row.getBoolean("b"), equalTo(true));
              Collection<String> items = row.getArray("a");
              assertThat(List.copyOf(items), equalTo(List.of("x", "y")));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void aMaskedFieldKeepsItsValueOutOfTheMessage() {
    DataContract target =
        contract(
            "masked", "      - {name: secret, logicalType: string, classification: restricted}");

    Outcome<Row> outcome =
        lenders(lenderRow(1, "4111 1111", List.of()))
            .apply(
                DeriveFields.to(target)
                    .with("secret", row -> Long.parseLong(row.getString("loan_id"))));

    PAssert.that(outcome.deadLetters())
        .satisfies(
            letters -> {
              assertThat(
                  only(letters).reasons().get(0).message(),
                  equalTo("Field 'secret' could not be computed: NumberFormatException"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void anUnknownFieldIsAnErrorThatListsTheFields() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> DeriveFields.to(SUMMARY).with("total_lender", row -> 1L))
            .getMessage(),
        equalTo(
            "Contract 'summary' has no field 'total_lender' to derive; its fields are"
                + " [loan_id, total_lenders]"));
  }

  @Test
  public void aFieldDerivedTwiceIsAnError() {
    DeriveFields once = DeriveFields.to(SUMMARY).with("total_lenders", row -> 1L);

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> once.with("total_lenders", row -> 2L))
            .getMessage(),
        equalTo("Field 'total_lenders' is derived twice; keep one"));
  }

  @Test
  public void aFunctionThatCannotTravelIsAnErrorThatNamesTheField() {
    Object notSerializable = new Object();

    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    DeriveFields.to(SUMMARY)
                        .with("total_lenders", row -> notSerializable.hashCode()))
            .getMessage(),
        equalTo(
            "The function for field 'total_lenders' cannot be serialized. Use a static method or a"
                + " lambda that captures only serializable values"));
  }

  @Test
  public void everyMissingOrDifferentFieldIsNamedWhenThePipelineIsBuilt() {
    pipeline.enableAbandonedNodeEnforcement(false);
    DataContract target =
        contract(
            "wide",
            """
                  - {name: loan_id, logicalType: integer}
                  - {name: total_lenders, logicalType: integer}
                  - name: lenders
                    logicalType: array
                    items: {name: lender, logicalType: string}
            """);
    PCollection<Row> rows = lenders(lenderRow(1, "1", List.of()));

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> rows.apply(DeriveFields.to(target)))
            .getMessage(),
        equalTo(
            "Cannot derive rows of contract 'wide' (input fields [loan_id, lenders, _record]):\n"
                + "- field 'loan_id' is String in the input and Long in the contract; convert it"
                + " by .with(\"loan_id\", …)\n"
                + "- field 'total_lenders' is neither in the input nor derived; add"
                + " .with(\"total_lenders\", row -> …)"));
  }

  @Test
  public void rowsWithoutTheirRecordAreRefused() {
    pipeline.enableAbandonedNodeEnforcement(false);
    Schema bare = Schema.builder().addNullableStringField("loan_id").build();
    PCollection<Row> rows = pipeline.apply(Create.empty(bare));
    DeriveFields derive = DeriveFields.to(SUMMARY).with("total_lenders", row -> 1L);

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> rows.apply(derive)).getMessage(),
        containsString("- the input has no field '_record'; keep it when you map rows"));
  }

  private PCollection<Row> lenders(Row... rows) {
    return pipeline.apply(Create.of(List.of(rows)).withRowSchema(LENDERS.rowSchema()));
  }

  private static Row lenderRow(long number, String loanId, List<String> lenders) {
    byte[] payload = ("record " + number).getBytes(StandardCharsets.UTF_8);
    return Row.withSchema(LENDERS.rowSchema())
        .addValues(loanId, lenders, SourceRecord.of(position(number), payload).toRow())
        .build();
  }

  private static Position position(long number) {
    return Position.of("/data/lenders.csv", 1_400_000_000_000L, 20 * number, number);
  }

  private static String text(SourceRecord record) {
    return new String(record.payload(), StandardCharsets.UTF_8);
  }

  private static <T> T only(Iterable<T> elements) {
    Iterator<T> iterator = elements.iterator();
    T first = iterator.next();
    assertThat(iterator.hasNext(), is(false));
    return first;
  }

  private static DataContract contract(String id, String properties) {
    String document =
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: %s
        version: 1.2.3
        status: active
        schema:
          - name: %s
            properties:
        %s
        """
            .formatted(id, id, properties.indent(4).stripTrailing());
    return DataContract.parse(document, id + ".yaml");
  }
}
