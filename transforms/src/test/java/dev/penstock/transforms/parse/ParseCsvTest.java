package dev.penstock.transforms.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class ParseCsvTest {
  private static final DataContract LOANS =
      Contracts.of(
          "name: id, physicalName: loan_id, logicalType: integer, primaryKey: true",
          "name: use, logicalType: string",
          "name: posted, logicalType: timestamp",
          "name: country, logicalType: string,"
              + " customProperties: [{property: aliases, value: [land, pays]}]");
  private static final CsvDialect RFC = CsvDialect.rfc4180();

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void columnsBelongToFieldsByNameWhateverTheirOrder() {
    List<String> columns = List.of("POSTED", "extra", "pays", "loan_id");
    SourceRecord record = record("2024-03-01T00:00:00Z,x,KE,7", columns);
    Row row =
        Row.withSchema(LOANS.rowSchema())
            .attachValues(
                7L, null, java.time.Instant.parse("2024-03-01T00:00:00Z"), "KE", record.toRow());
    Outcome<Row> parsed = apply(ParseCsv.to(LOANS), record);
    PAssert.that(parsed.accepted()).containsInAnyOrder(row);
    PAssert.that(parsed.deadLetters()).empty();
    PAssert.that(parsed.ledger()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void allFaultsOfARecordAreReportedTogetherWithItsBytes() {
    SourceRecord record = record("x,\"a\nb\",soon,KE", List.of("id", "use", "posted", "country"));
    Outcome<Row> parsed = apply(ParseCsv.to(LOANS), record);
    PAssert.that(parsed.accepted()).empty();
    PAssert.that(parsed.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(
                    record,
                    "ParseCsv",
                    List.of(
                        Reason.of("TYPE_INTEGER", "id", "id: 'x' is not a whole number"),
                        Reason.of(
                            "TYPE_TIMESTAMP",
                            "posted",
                            "posted: 'soon' is not a timestamp in the form 2026-01-31T23:59:59Z")))
                .withContract("test-contract", "1.2.0"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void aHeaderThatDoesNotFitFailsTheRun() {
    Outcome<Row> parsed = apply(ParseCsv.to(LOANS), record("7", List.of("loanid")));
    assertEquals(pipeline, parsed.getPipeline());
    Exception failure = assertThrows(Pipeline.PipelineExecutionException.class, pipeline::run);
    assertThat(failure.getMessage(), containsString("/in/loans.csv has no column"));
  }

  @Test
  public void anEmptyFieldIsNullAndAQuotedEmptyOneIsEmptyText() {
    assertEquals(
        Arrays.asList(1L, null, null, ""),
        values(RFC, "1,,\"\",\"\"", List.of("id", "use", "posted", "country")));
    assertEquals(
        Arrays.asList(1L, " ", null, " x "),
        values(RFC, " 1 , ,  ,\" x \"", List.of("id", "use", "posted", "country")));
  }

  @Test
  public void withoutAHeaderFieldsComeInTheOrderOfTheContract() {
    CsvDialect bare = RFC.withHeader(false);
    assertEquals(Arrays.asList(1L, "a", null, "KE"), values(bare, "1,a,,KE", List.of()));
    assertEquals(List.of("CSV_FIELD_COUNT"), codes(bare, "1,a,", List.of()));
    assertEquals(List.of("CSV_FIELD_COUNT"), codes(bare, "1,a,,KE,more", List.of()));
  }

  @Test
  public void payloadsThatAreNotOneRecordAreDeadLettersAndNoCrash() {
    List<String> columns = List.of("id", "use");
    assertEquals(List.of("CSV_STRAY_QUOTE"), codes(RFC, "1,a\"b", columns));
    assertEquals(List.of("CSV_UNCLOSED_QUOTE"), codes(RFC, "1,\"ab", columns));
    assertEquals(List.of("CSV_FIELD_COUNT"), codes(RFC, "1,a,b", columns));
    assertEquals(List.of("CSV_FIELD_COUNT"), codes(RFC, "1,a\n2,b", columns));
    assertEquals(List.of("CSV_NUL"), codes(RFC, "1,a\0", columns));
    SourceRecord latin = record(bytes("1,é", StandardCharsets.ISO_8859_1), columns);
    assertEquals(List.of("CSV_ENCODING"), codes(RFC, latin));
    assertEquals(List.of("CSV_FIELD_COUNT"), codes(RFC, "", columns));
  }

  @Test
  public void theCharacterSetOfTheFileGoesBeforeThatOfTheDialect() {
    CsvDialect open = RFC.withCharset("UTF-16");
    List<String> columns = List.of("id", "use");
    SourceRecord big = record(bytes("1,€", StandardCharsets.UTF_16BE), columns);
    SourceRecord little = record(bytes("1,€", StandardCharsets.UTF_16LE), columns);
    assertEquals(Arrays.asList(1L, "€", null, null), values(open, big));
    assertEquals(Arrays.asList(1L, "€", null, null), values(open, little.withCharset("UTF-16LE")));
    CsvDialect windows = RFC.withCharset("windows-1252");
    SourceRecord euro = record(bytes("1,€", Charset.forName("windows-1252")), columns);
    assertEquals(Arrays.asList(1L, "€", null, null), values(windows, euro));
  }

  @Test
  public void recordsWithoutNamesAreNeverMappedByPositionUnderAHeader() {
    Exception failure =
        assertThrows(IllegalArgumentException.class, () -> codes(RFC, "1,a,,KE", List.of()));
    assertThat(failure.getMessage(), containsString("come without column names"));
  }

  @Test
  public void aMissingRequiredColumnIsToldWithTheNearestName() {
    assertEquals(
        List.of(
            "a.csv has no column for the required field 'id' (looked for 'loan_id', 'id');"
                + " did you mean the column 'LoanID'?; rename the column, or add its name to the"
                + " field's aliases in the contract"),
        check(ExtraColumns.IGNORE, "LoanID", "use"));
    assertEquals(List.of(), check(ExtraColumns.IGNORE, "id", "anything"));
  }

  @Test
  public void extraColumnsFailWhenAskedTo() {
    assertEquals(
        List.of(
            "a.csv has a column 2 'contry' that the contract has not; did you mean 'country'?; add"
                + " it to the contract, or ignore it with --extraColumns=ignore",
            "a.csv has a column 3 'zzzzzz' that the contract has not; add it to the contract, or"
                + " ignore it with --extraColumns=ignore"),
        check(ExtraColumns.FAIL, "id", "contry", "zzzzzz"));
  }

  @Test
  public void severalColumnsForOneFieldAreAProblem() {
    assertEquals(
        List.of(
            "a.csv has 2 columns for the field 'use' (columns 2 'use', 3 'use'); keep one or"
                + " rename the others"),
        check(ExtraColumns.IGNORE, "id", "use", "use"));
    assertThat(
        check(ExtraColumns.IGNORE, "id", "USE", "Use").get(0),
        containsString("has 2 columns for the field 'use' (columns 2 'USE', 3 'Use')"));
    assertEquals(List.of(), check(ExtraColumns.IGNORE, "id", "USE", "use"));
  }

  private static List<String> check(ExtraColumns extraColumns, String... columns) {
    return ParseCsv.checkColumns(LOANS, "a.csv", List.of(columns), extraColumns);
  }

  private Outcome<Row> apply(ParseCsv parse, SourceRecord... records) {
    return pipeline
        .apply(Create.of(List.of(records)).withCoder(SourceRecordCoder.of()))
        .apply(parse);
  }

  private static List<@Nullable Object> values(
      CsvDialect dialect, String text, List<String> columns) {
    return values(dialect, record(text, columns));
  }

  private static List<@Nullable Object> values(CsvDialect dialect, SourceRecord record) {
    RecordParser parser = new RecordParser(LOANS, dialect, ExtraColumns.IGNORE);
    Row row = parser.parse(record);
    assertEquals(List.of(), parser.reasons());
    List<@Nullable Object> values = new ArrayList<>();
    if (row != null) {
      values.addAll(row.getValues().subList(0, 4));
    }
    return values;
  }

  private static List<String> codes(CsvDialect dialect, String text, List<String> columns) {
    return codes(dialect, record(text, columns));
  }

  private static List<String> codes(CsvDialect dialect, SourceRecord record) {
    RecordParser parser = new RecordParser(LOANS, dialect, ExtraColumns.IGNORE);
    Row row = parser.parse(record);
    assertEquals(parser.reasons().isEmpty(), row != null);
    return parser.reasons().stream().map(Reason::code).toList();
  }

  private static SourceRecord record(String text, List<String> columns) {
    return record(bytes(text, StandardCharsets.UTF_8), columns);
  }

  private static SourceRecord record(byte[] payload, List<String> columns) {
    return SourceRecord.of(Position.of("/in/loans.csv", 5, 0, 1), payload, columns);
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }
}
