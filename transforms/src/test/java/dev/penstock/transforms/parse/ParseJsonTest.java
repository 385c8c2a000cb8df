package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
public class ParseJsonTest {
  private static final DataContract THINGS =
      Contracts.of(
          "name: id, physicalName: thing_id, logicalType: integer",
          "name: big, logicalType: integer, physicalType: 'DECIMAL(38,0)'",
          "name: price, logicalType: number, physicalType: 'DECIMAL(30,10)'",
          "name: note, logicalType: string,"
              + " customProperties: [{property: aliases, value: [remark]}]",
          "name: day, logicalType: date, logicalTypeOptions: {format: dd.MM.yyyy}",
          "name: at, logicalType: timestamp",
          "name: clock, logicalType: time",
          "name: ok, logicalType: boolean",
          "name: place, logicalType: object, properties: [{name: town, logicalType: string},"
              + " {name: people, logicalType: integer}]",
          "name: tags, logicalType: array, items: {logicalType: string}",
          "name: secret, logicalType: integer, classification: restricted");

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static @Nullable Object value(String field, String json) {
    return field(field, ParseJson.to(THINGS), json);
  }

  private static @Nullable Object field(String field, ParseJson parse, String json) {
    RowParser<RecordBytes> parser = parse.parser();
    Row row = parser.parse(bytes(json));
    assertEquals(List.of(), parser.reasons());
    return Objects.requireNonNull(row).getValue(field);
  }

  private static List<Reason> faults(String json) {
    return faults(ParseJson.to(THINGS), json.getBytes(UTF_8));
  }

  private static List<Reason> faults(ParseJson parse, byte[] json) {
    RowParser<RecordBytes> parser = parse.parser();
    RecordBytes record = new RecordBytes();
    record.set(json, 0, json.length);
    assertEquals(null, parser.parse(record));
    return parser.reasons();
  }

  /** The text in the middle of a buffer, where readers have it. */
  private static RecordBytes bytes(String json) {
    byte[] text = ("xyz" + json + "}}").getBytes(UTF_8);
    RecordBytes bytes = new RecordBytes();
    bytes.set(text, 3, text.length - 2);
    return bytes;
  }

  @Test
  public void membersOfEveryTypeBecomeARow() {
    RowParser<RecordBytes> parser = ParseJson.to(THINGS).parser();
    Row row =
        parser.parse(
            bytes(
                """
                {"thing_id": 7, "big": 123456789012345678901234567890, "price": 0.10,
                 "note": "a \\u00e9 \\"b\\"", "day": "31.12.2024", "at": "2024-03-01T10:00:00.000001Z",
                 "clock": "23:59", "ok": true, "place": {"town": "Nairobi", "people": 4},
                 "tags": ["x", null], "other": [{"deep": [1]}], "secret": null}
                """));
    assertEquals(List.of(), parser.reasons());
    assertNotNull(row);
    assertEquals(
        Arrays.asList(
            7L,
            new BigDecimal("123456789012345678901234567890"),
            new BigDecimal("0.10"),
            "a é \"b\"",
            LocalDate.of(2024, 12, 31),
            Instant.parse("2024-03-01T10:00:00.000001Z"),
            LocalTime.of(23, 59),
            true),
        row.getValues().subList(0, 8));
    assertEquals(List.of("Nairobi", 4L), Objects.requireNonNull(row.getRow("place")).getValues());
    assertEquals(Arrays.asList("x", null), row.getValues().get(9));
    assertEquals(null, row.getValues().get(10));
  }

  @Test
  public void numbersAreTakenDigitByDigit() {
    assertEquals(Long.MAX_VALUE, value("id", "{\"id\": 9223372036854775807}"));
    assertEquals(Long.MIN_VALUE, value("id", "{\"id\": -9223372036854775808}"));
    assertEquals(1L, value("id", "{\"id\": 1.0}"));
    assertEquals(1000L, value("id", "{\"id\": 1e3}"));
    assertEquals(7L, value("id", "{\"id\": \"7\"}"));
    assertEquals(
        new BigDecimal("12345678901234567890.0123456789"),
        value("price", "{\"price\": 12345678901234567890.0123456789}"));
    assertEquals(new BigDecimal("0.1"), value("price", "{\"price\": \"0.1\"}"));
  }

  @Test
  public void aNumberThatIsNotWholeIsNoInteger() {
    assertEquals(
        List.of(Reason.of("TYPE_INTEGER", "id", "id: '1.5' is not a whole number")),
        faults("{\"id\": 1.5}"));
    assertEquals(
        List.of(
            Reason.of(
                "TYPE_INTEGER",
                "id",
                "id: '9223372036854775808' is beyond 64 bits; give the field a wider format in the"
                    + " contract")),
        faults("{\"id\": 9223372036854775808}"));
    assertEquals(
        List.of(Reason.of("TYPE_INTEGER", "id", "id: '1e999999999' is not a whole number")),
        faults("{\"id\": 1e999999999}"));
  }

  @Test
  public void wrongTypesAreReportedTogetherWithoutMaskedValues() {
    assertEquals(
        List.of(
            Reason.of(
                "TYPE_STRING", "note", "note: '5' is a JSON number where the contract has string"),
            Reason.of(
                "TYPE_DATE", "day", "day: '20240101' is a JSON number where the contract has date"),
            Reason.of(
                "TYPE_OBJECT",
                "place",
                "place: '[…]' is a JSON array where the contract has object"),
            Reason.of(
                "TYPE_ARRAY", "tags", "tags: 'a' is a JSON string where the contract has array"),
            Reason.of("TYPE_INTEGER", "secret", "secret: *** is not a whole number")),
        faults(
            "{\"note\": 5, \"day\": 20240101, \"place\": [[1]], \"tags\": \"a\","
                + " \"secret\": \"4711x\"}"));
    assertEquals(
        List.of(
            Reason.of(
                "TYPE_INTEGER",
                "place.people",
                "place.people: 'true' is a JSON boolean where the contract has integer"),
            Reason.of(
                "TYPE_STRING",
                "tags[]",
                "tags[]: '1' is a JSON number where the contract has string")),
        faults("{\"place\": {\"people\": true}, \"tags\": [1]}"));
  }

  @Test
  public void datesMayAlsoBeIso8601ButNeverInTwoMeanings() {
    assertEquals(LocalDate.of(2024, 12, 31), value("day", "{\"day\": \"2024-12-31\"}"));
    DataContract american =
        Contracts.of("name: day, logicalType: date, logicalTypeOptions: {format: yyyy-dd-MM}");
    assertEquals(
        LocalDate.of(2024, 4, 3),
        field("day", ParseJson.to(american), "{\"day\": \"2024-03-04\"}"));
    assertEquals(
        List.of(
            Reason.of(
                "TYPE_DATE", "day", "day: '2024-03-14' is not a date in the form yyyy-dd-MM")),
        faults(ParseJson.to(american), "{\"day\": \"2024-03-14\"}".getBytes(UTF_8)));
    assertEquals(
        LocalDate.of(2024, 3, 14),
        field("day", ParseJson.to(american).withIsoFirst(true), "{\"day\": \"2024-03-14\"}"));
  }

  @Test
  public void numbersAreDatesAndTimesWhereTheContractTellsWhatTheyCount() {
    DataContract counted =
        Contracts.of(
            "name: at, logicalType: timestamp, logicalTypeOptions: {defaultTimezone: Africa/Nairobi},"
                + " customProperties: [{property: temporalEncoding, value: millis}]",
            "name: day, logicalType: date,"
                + " customProperties: [{property: temporalEncoding, value: days}]");
    assertEquals(
        Instant.parse("2023-12-12T01:55:23.456Z"),
        field("at", ParseJson.to(counted), "{\"at\": 1702346123456}"));
    assertEquals(
        Instant.parse("2023-12-12T01:55:23Z"),
        field("at", ParseJson.to(counted), "{\"at\": \"2023-12-12T04:55:23\"}"));
    assertEquals(LocalDate.of(1969, 12, 31), field("day", ParseJson.to(counted), "{\"day\": -1}"));
  }

  @Test
  public void aFieldIsFoundByItsBestNameWhateverTheOrder() {
    assertEquals("a", value("note", "{\"remark\": \"b\", \"note\": \"a\"}"));
    assertEquals("a", value("note", "{\"note\": \"a\", \"remark\": \"b\"}"));
    assertEquals("b", value("note", "{\"REMARK\": \"b\"}"));
    assertEquals(null, value("note", "{}"));
  }

  @Test
  public void aFieldThatIsThereTwiceIsADeadLetter() {
    assertEquals(
        List.of(
            Reason.of(
                "JSON_DUPLICATE_KEY",
                "id",
                "id: the record has this field twice, the second time as 'id'")),
        faults("{\"id\": 1, \"id\": 1}"));
    assertEquals(
        "JSON_DUPLICATE_KEY",
        faults("{\"place\": {\"Town\": \"a\", \"TOWN\": \"b\"}}").get(0).code());
  }

  @Test
  public void otherFieldsAreLeftOutOrDeadLettersAsAsked() {
    ParseJson strict = ParseJson.to(THINGS).withExtraColumns(ExtraColumns.FAIL);
    assertEquals(
        List.of(
            Reason.of(
                "JSON_UNKNOWN_FIELD",
                "The contract has no field 'prize'; did you mean 'price'?; add it to the contract,"
                    + " or ignore it with --extraColumns=ignore"),
            Reason.of(
                "JSON_UNKNOWN_FIELD",
                "The contract has no field 'place.zip'; add it to the contract, or ignore it with"
                    + " --extraColumns=ignore")),
        faults(strict, "{\"prize\": {}, \"place\": {\"zip\": []}}".getBytes(UTF_8)));
    assertEquals(2L, value("id", "{\"prize\": {}, \"id\": 2}"));
  }

  @Test
  public void textThatIsNoJsonSaysWhereAndNoValues() {
    assertEquals(
        List.of(Reason.of("JSON_MALFORMED", "The record is not JSON near its byte 8")),
        faults("{\"id\": 4a}"));
    String cutOff = "The record ends before its JSON object does; each object stands in one line";
    assertEquals(List.of(Reason.of("JSON_MALFORMED", cutOff)), faults("{\"id\": 4, \"no"));
    assertEquals(List.of(Reason.of("JSON_MALFORMED", cutOff)), faults("  "));
    assertEquals(
        List.of(
            Reason.of(
                "JSON_MALFORMED",
                "Something follows the record's JSON object, near byte 10; each object stands in a"
                    + " line of its own")),
        faults("{\"id\": 4} {\"id\": 5}"));
    assertEquals("JSON_MALFORMED", faults("{\"id\": NaN}").get(0).code());
    assertEquals("JSON_MALFORMED", faults("{'id': 1}").get(0).code());
  }

  @Test
  public void jsonOfAnotherKindIsNoRecord() {
    assertEquals(
        List.of(Reason.of("JSON_NOT_OBJECT", "The record is a JSON array, not a JSON object")),
        faults("[{\"id\": 4}]"));
    assertEquals(
        "The record is a JSON string, not a JSON object", faults("\"x\"").get(0).message());
  }

  @Test
  public void nestingBeyondALimitIsADeadLetter() {
    String deep = "[".repeat(100_000);
    assertEquals(
        List.of(
            Reason.of(
                "JSON_NESTING", "The record has more than 200 objects and arrays in each other")),
        faults("{\"other\": " + deep + "}"));
    assertEquals(
        3L, value("id", "{\"other\": " + "[".repeat(150) + "]".repeat(150) + ", \"id\": 3}"));
  }

  @Test
  public void bytesThatAreNotUtf8AreADeadLetter() {
    byte[] latin =
        "{\"note\": \"caf\u00e9\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertEquals(
        List.of(
            Reason.of(
                "JSON_ENCODING",
                "Byte 13 of the record (0xE9) is not valid UTF-8, in which JSON is written")),
        faults(ParseJson.to(THINGS), latin));
    byte[] wide = "{\"id\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    assertEquals("JSON_ENCODING", faults(ParseJson.to(THINGS), wide).get(0).code());
  }

  @Test
  public void deadLettersKeepTheRecordByteForByteAndRowsCarryIt() {
    SourceRecord good = record("{ \"id\" : 4 }");
    Row carried = good.toRow();
    SourceRecord bad = record("{\"id\": }");
    Outcome<Row> parsed =
        pipeline
            .apply(Create.of(good, bad).withCoder(SourceRecordCoder.of()))
            .apply(ParseJson.to(THINGS));
    PAssert.that(parsed.accepted())
        .satisfies(
            rows -> {
              assertEquals(carried, rows.iterator().next().getRow(SourceRecord.FIELD));
              return null;
            });
    PAssert.that(parsed.deadLetters())
        .containsInAnyOrder(
            DeadLetter.of(
                    bad,
                    "ParseJson",
                    List.of(Reason.of("JSON_MALFORMED", "The record is not JSON near its byte 7")))
                .withContract("test-contract", "1.2.0"));
    pipeline.run().waitUntilFinish();
  }

  private static SourceRecord record(String json) {
    return SourceRecord.of(Position.of("topic-0", 0, 12, 12), json.getBytes(UTF_8));
  }
}
