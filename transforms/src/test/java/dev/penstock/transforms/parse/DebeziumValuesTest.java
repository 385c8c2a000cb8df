package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.insert;
import static dev.penstock.transforms.parse.DebeziumEvents.reasons;
import static dev.penstock.transforms.parse.DebeziumEvents.row;
import static dev.penstock.transforms.parse.DebeziumEvents.withSchema;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The encodings of values in change events. */
@RunWith(JUnit4.class)
public class DebeziumValuesTest {
  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";

  private static @Nullable Object value(String field, String json) {
    return DebeziumEvents.value(ParseDebezium.to(Contracts.of("name: f, " + field)), "f", json);
  }

  private static @Nullable Object typed(String field, String type, String json) {
    String event = withSchema(insert("{\"f\":" + json + "}"), "{\"field\":\"f\"," + type + "}");
    return row(ParseDebezium.to(Contracts.of("name: f, " + field)), event).getValue("f");
  }

  private static List<Reason> faults(String field, String json) {
    return reasons(
        ParseDebezium.to(Contracts.of("name: f, " + field)), insert("{\"f\":" + json + "}"));
  }

  private static List<Reason> typedFaults(String field, String type, String json) {
    return reasons(
        ParseDebezium.to(Contracts.of("name: f, " + field)),
        withSchema(insert("{\"f\":" + json + "}"), "{\"field\":\"f\"," + type + "}"));
  }

  private static String decimal(int scale) {
    return "\"type\":\"bytes\",\"name\":\""
        + DECIMAL
        + "\",\"parameters\":{\"scale\":\""
        + scale
        + "\"}";
  }

  private static String named(String type, String name) {
    return "\"type\":\"" + type + "\",\"name\":\"" + name + "\"";
  }

  /** A number without its point as Kafka Connect writes it. */
  private static String base64(String unscaled) {
    return "\"" + Base64.getEncoder().encodeToString(new BigInteger(unscaled).toByteArray()) + "\"";
  }

  private static String property(String property, String value) {
    return ", customProperties: [{property: " + property + ", value: " + value + "}]";
  }

  @Test
  public void anAmountIsTheSameInEveryDecimalMode() {
    String amount = "logicalType: number, physicalType: 'DECIMAL(10,2)'";
    BigDecimal expected = new BigDecimal("999.99");

    assertEquals(expected, value(amount, "999.99"));
    assertEquals(expected, value(amount, "\"999.99\""));
    assertEquals(expected, value(amount, "\"AYaf\""));
    assertEquals(expected, value(amount, "{\"scale\":2,\"value\":\"AYaf\"}"));
    assertEquals(expected, typed(amount, "\"type\":\"double\"", "999.99"));
    assertEquals(expected, typed(amount, "\"type\":\"string\"", "\"999.99\""));
    assertEquals(expected, typed(amount, decimal(2), "\"AYaf\""));
    assertEquals(
        expected,
        typed(
            amount,
            named("struct", "io.debezium.data.VariableScaleDecimal"),
            "{\"value\":\"AYaf\",\"scale\":2}"));
  }

  @Test
  public void decimalsAreExactAtEverySizeAndSign() {
    String number = "logicalType: number, physicalType: 'DECIMAL(38,10)'";
    for (String text :
        List.of(
            "0.0000000000",
            "-0.0000000001",
            "-1.0000000000",
            "12.3400000000",
            "9007199254740993.0000000001",
            "9999999999999999999999999999.9999999999",
            "-9999999999999999999999999999.9999999999")) {
      BigDecimal expected = new BigDecimal(text);
      String bytes = base64(expected.unscaledValue().toString());
      assertEquals(expected, value(number, text));
      assertEquals(expected, value(number, "\"" + text + "\""));
      assertEquals(expected, typed(number, decimal(10), bytes));
      assertEquals(expected, value(number + property("decimalEncoding", "base64"), bytes));
      assertEquals(expected, value(number, "{\"scale\":10,\"value\":" + bytes + "}"));
    }
  }

  @Test
  public void theScaleOfTheSchemaCountsMoreThanThatOfTheContract() {
    assertEquals(
        new BigDecimal("99.999"),
        typed("logicalType: number, physicalType: 'DECIMAL(10,2)'", decimal(3), "\"AYaf\""));
    assertEquals(new BigDecimal("999.99"), typed("logicalType: number", decimal(2), "\"AYaf\""));
  }

  @Test
  public void wholeNumbersKeepAllTheirBits() {
    assertEquals(Long.MAX_VALUE, value("logicalType: integer", "9223372036854775807"));
    assertEquals(9007199254740993L, value("logicalType: integer", "9007199254740993"));
    assertEquals(99999L, value("logicalType: integer", "\"AYaf\""));
    assertEquals(100L, typed("logicalType: integer", decimal(2), base64("10000")));
    assertEquals(
        List.of(Reason.of("TYPE_INTEGER", "f", "f: '999.99' is not a whole number")),
        typedFaults("logicalType: integer", decimal(2), "\"AYaf\""));
  }

  @Test
  public void aTextThatIsANumberInTwoWaysIsRejectedUntilTheContractDecides() {
    String number = "logicalType: number, physicalType: 'DECIMAL(10,2)'";
    List<Reason> either =
        List.of(
            Reason.of(
                "CHANGE_DECIMAL",
                "f",
                "f: the text may be a number in digits or in Base64; give the field the custom"
                    + " property decimalEncoding (text or base64) in the contract, or set"
                    + " decimal.handling.mode=string and the property to text"));

    assertEquals(either, faults(number, "\"1234\""));
    assertEquals(either, faults(number, "\"12e4\""));
    assertEquals(
        new BigDecimal("1234"), value(number + property("decimalEncoding", "text"), "\"1234\""));
    assertEquals(
        new BigDecimal("-26588.24"),
        value(number + property("decimalEncoding", "base64"), "\"1234\""));
    assertEquals(new BigDecimal("1234"), typed(number, "\"type\":\"string\"", "\"1234\""));
    assertEquals(new BigDecimal("-26588.24"), typed(number, decimal(2), "\"1234\""));
    assertEquals(new BigDecimal("12345"), value(number, "\"12345\""));
    assertEquals(new BigDecimal("12.3"), value(number, "\"12.3\""));
  }

  @Test
  public void bytesOfANumberWithoutAScaleAreRejected() {
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_DECIMAL",
                "f",
                "f: the number is in Base64, without its scale; give the field a physicalType such"
                    + " as DECIMAL(12,2) in the contract, or turn schemas on at the source")),
        faults("logicalType: number", "\"AYaf\""));
    assertEquals(
        "CHANGE_DECIMAL",
        faults("logicalType: number, physicalType: DOUBLE", "\"AYaf\"").get(0).code());
  }

  @Test
  public void whatIsNoDecimalSaysSoWithoutMaskedValues() {
    String number = "logicalType: number, physicalType: 'DECIMAL(10,2)'";
    assertEquals(
        List.of(Reason.of("TYPE_NUMBER", "f", "f: 'AYa' is not a number")),
        faults(number, "\"AYa\""));
    assertEquals(
        List.of(Reason.of("TYPE_NUMBER", "f", "f: '9.99' is not a decimal in Base64")),
        typedFaults(number, decimal(2), "\"9.99\""));
    assertEquals(
        List.of(Reason.of("TYPE_NUMBER", "f", "f: 'A=Yf' is not a decimal in Base64")),
        typedFaults(number, decimal(2), "\"A=Yf\""));
    assertEquals(
        List.of(
            Reason.of("TYPE_NUMBER", "f", "f: *** is not an object of scale and value in Base64")),
        faults(number + ", classification: restricted", "{\"scale\":2}"));
    assertEquals(
        List.of("TYPE_NUMBER"),
        faults(number, "{\"scale\":99999999999,\"value\":\"AYaf\"}").stream()
            .map(Reason::code)
            .toList());
  }

  @Test
  public void aDecimalForATextIsWrittenInDigitsWhereTheSchemaTells() {
    assertEquals("999.99", typed("logicalType: string", decimal(2), "\"AYaf\""));
    assertEquals("AYaf", value("logicalType: string", "\"AYaf\""));
  }

  @Test
  public void datesAndTimesAreNumbersAsTheSchemaSays() {
    String connect = "org.apache.kafka.connect.data.";
    String debezium = "io.debezium.time.";
    LocalDate day = LocalDate.of(2023, 12, 12);
    for (String name : List.of(connect, debezium)) {
      assertEquals(day, typed("logicalType: date", named("int32", name + "Date"), "19703"));
      assertEquals(
          LocalTime.of(10, 15, 23, 123_000_000),
          typed("logicalType: time", named("int32", name + "Time"), "36923123"));
      assertEquals(
          Instant.parse("2023-12-11T10:15:23.123Z"),
          typed("logicalType: timestamp", named("int64", name + "Timestamp"), "1702289723123"));
    }
    LocalTime time = LocalTime.of(10, 15, 23, 123_456_000);
    assertEquals(
        time, typed("logicalType: time", named("int64", debezium + "MicroTime"), "36923123456"));
    assertEquals(
        time, typed("logicalType: time", named("int64", debezium + "NanoTime"), "36923123456000"));
    Instant instant = Instant.parse("2023-12-11T10:15:23.123456Z");
    assertEquals(
        instant,
        typed(
            "logicalType: timestamp",
            named("int64", debezium + "MicroTimestamp"),
            "1702289723123456"));
    assertEquals(
        instant,
        typed(
            "logicalType: timestamp",
            named("int64", debezium + "NanoTimestamp"),
            "1702289723123456000"));
    assertEquals(
        instant,
        typed(
            "logicalType: timestamp",
            named("string", debezium + "ZonedTimestamp"),
            "\"2023-12-11T10:15:23.123456Z\""));
    assertEquals(
        time,
        typed(
            "logicalType: time", named("string", debezium + "ZonedTime"), "\"10:15:23.123456Z\""));
    assertEquals(
        day, typed("logicalType: date", named("string", debezium + "IsoDate"), "\"2023-12-12Z\""));
    assertEquals(
        time,
        typed("logicalType: time", named("string", debezium + "IsoTime"), "\"10:15:23.123456Z\""));
    assertEquals(
        instant,
        typed(
            "logicalType: timestamp, logicalTypeOptions: {timezone: false}",
            named("string", debezium + "IsoTimestamp"),
            "\"2023-12-11T10:15:23.123456Z\""));
  }

  @Test
  public void withoutASchemaTheContractTellsWhatNumbersCount() {
    String at = "logicalType: timestamp";
    assertEquals(
        Instant.parse("2023-12-11T10:15:23.123Z"),
        value(at + property("temporalEncoding", "millis"), "1702289723123"));
    assertEquals(
        Instant.parse("2023-12-11T10:15:23.123456Z"),
        value(at + property("temporalEncoding", "nanos"), "1702289723123456000"));
    assertEquals(
        LocalDate.of(2023, 12, 12),
        value("logicalType: date" + property("temporalEncoding", "millis"), "1702339200000"));
    assertEquals(
        LocalTime.of(10, 15, 23),
        value("logicalType: time" + property("temporalEncoding", "millis"), "36923000"));
  }

  @Test
  public void byDefaultNumbersCountDaysAndMicroseconds() {
    assertEquals(LocalDate.of(2023, 12, 12), value("logicalType: date", "19703"));
    assertEquals(LocalTime.of(10, 15, 23, 123_456_000), value("logicalType: time", "36923123456"));
    assertEquals(
        Instant.parse("2023-12-11T10:15:23.123456Z"),
        value("logicalType: timestamp", "1702289723123456"));
    assertEquals(
        Instant.parse("2023-12-11T10:15:23.123456Z"),
        value("logicalType: timestamp", "\"2023-12-11T10:15:23.123456Z\""));
    assertEquals(LocalTime.of(10, 15, 23), value("logicalType: time", "\"10:15:23Z\""));
  }

  @Test
  public void timesBefore1970AreExactToo() {
    assertEquals(LocalDate.of(1969, 12, 31), value("logicalType: date", "-1"));
    assertEquals(LocalDate.of(1899, 12, 31), value("logicalType: date", "-25568"));
    assertEquals(
        Instant.parse("1969-12-31T23:59:59.999999Z"), value("logicalType: timestamp", "-1"));
    assertEquals(
        Instant.parse("0001-01-01T00:00:00.000001Z"),
        value("logicalType: timestamp", "-62135596799999999"));
    assertEquals(
        Instant.parse("1969-12-31T23:59:59.999Z"),
        value("logicalType: timestamp" + property("temporalEncoding", "millis"), "-1"));
  }

  @Test
  public void aNumberHasNoZoneAndSoThatOfTheContract() {
    String nairobi =
        "logicalType: timestamp, logicalTypeOptions: {defaultTimezone: Africa/Nairobi}";
    assertEquals(Instant.parse("2023-12-11T07:15:23Z"), value(nairobi, "1702289723000000"));
    assertEquals(Instant.parse("2023-12-11T10:15:23Z"), value(nairobi, "\"2023-12-11T10:15:23Z\""));
    assertEquals(
        List.of("f: '1711852200000000' does not exist in Europe/Berlin, where the clock skips it"),
        faults(
                "logicalType: timestamp, logicalTypeOptions: {defaultTimezone: Europe/Berlin}",
                "1711852200000000")
            .stream()
            .map(Reason::message)
            .toList());
  }

  @Test
  public void timesThatCannotBeAreRejected() {
    String at = "logicalType: timestamp";
    String nanos = property("temporalEncoding", "nanos");
    assertEquals(
        "f: '9223372036825200000' is PostgreSQL's infinity, which is no point in time",
        faults(at, "9223372036825200000").get(0).message());
    assertEquals(
        "f: '1001' has a fraction beyond microseconds, which would be lost; round it at the source",
        faults(at + nanos, "1001").get(0).message());
    assertEquals(
        "f: '1001' has a fraction beyond microseconds, which would be lost; round it at the source",
        faults("logicalType: time" + nanos, "1001").get(0).message());
    assertEquals(
        "f: '86400000000' is not within a day",
        faults("logicalType: time", "86400000000").get(0).message());
    assertEquals("f: '-1' is not within a day", faults("logicalType: time", "-1").get(0).message());
    assertEquals(
        "f: '1' is not the beginning of a day",
        faults("logicalType: date" + property("temporalEncoding", "millis"), "1").get(0).message());
    assertEquals(
        "f: '9223372036854775807' is a day too far away",
        faults("logicalType: date", "9223372036854775807").get(0).message());
    assertEquals(
        "f: '9223372036854775807' is a timestamp too far away",
        faults(at + property("temporalEncoding", "millis"), "9223372036854775807")
            .get(0)
            .message());
    assertEquals(
        "f: '9223372036854775808' is beyond 64 bits",
        faults(at, "9223372036854775808").get(0).message());
    assertEquals(
        "f: '1.5' is a JSON number where the contract has timestamp",
        faults(at, "1.5").get(0).message());
  }

  @Test
  public void aTimeOfAnotherKindThanTheContractsIsRejected() {
    assertEquals(
        List.of(
            Reason.of(
                "TYPE_TIMESTAMP",
                "f",
                "f: '19703' is a io.debezium.time.Date where the contract has timestamp")),
        typedFaults("logicalType: timestamp", named("int32", "io.debezium.time.Date"), "19703"));
    assertEquals(
        List.of(
            Reason.of(
                "TYPE_TIMESTAMP",
                "f",
                "f: '1702289723123' is a number of which the event's schema does not tell what it"
                    + " counts; give the field the custom property temporalEncoding in the"
                    + " contract")),
        typedFaults("logicalType: timestamp", "\"type\":\"int64\"", "1702289723123"));
    assertEquals(
        Instant.parse("2023-12-11T10:15:23.123Z"),
        typed(
            "logicalType: timestamp" + property("temporalEncoding", "millis"),
            "\"type\":\"int64\"",
            "1702289723123"));
  }

  @Test
  public void aValueThatTheSourceDidNotTellIsNeverStored() {
    List<Reason> missing =
        List.of(
            Reason.of(
                "CHANGE_UNAVAILABLE_VALUE",
                "f",
                "f: the event does not have this value, since the update left it as it was and it"
                    + " is stored apart from its row (TOAST); set REPLICA IDENTITY FULL on the"
                    + " table at the source"));
    String word = "\"" + ParseDebezium.UNAVAILABLE_VALUE + "\"";
    byte[] bytes = ParseDebezium.UNAVAILABLE_VALUE.getBytes(UTF_8);

    for (String type :
        List.of(
            "string",
            "number",
            "timestamp",
            "object, properties: [{name: a, logicalType: string}]")) {
      assertEquals(missing, faults("logicalType: " + type, word));
    }
    assertEquals(
        missing,
        faults("logicalType: string", "\"" + Base64.getEncoder().encodeToString(bytes) + "\""));
    assertEquals(
        missing, faults("logicalType: string", "\"" + HexFormat.of().formatHex(bytes) + "\""));
    assertEquals(
        missing,
        faults(
            "logicalType: object, properties: [{name: a, logicalType: string}]",
            "{" + word + ":" + word + "}"));
    assertEquals(
        missing,
        faults("logicalType: array, items: {logicalType: integer}", Arrays.toString(bytes)));
    assertEquals(
        missing,
        faults(
            "logicalType: object, properties: [{name: a, logicalType: string}]",
            "\"{\\\"__debezium_unavailable_value\\\":\\\"__debezium_unavailable_value\\\"}\""));
    assertEquals(
        "f[]",
        faults("logicalType: array, items: {logicalType: string}", "[" + word + "]")
            .get(0)
            .field());
    DataContract contract = Contracts.of("name: f, logicalType: string");
    ParseDebezium other = ParseDebezium.to(contract).withUnavailableValue("?gone?");
    assertEquals(missing, reasons(other, insert("{\"f\":\"?gone?\"}")));
    assertEquals("__debezium_unavailable_value", DebeziumEvents.value(other, "f", word));
  }

  @Test
  public void columnsOfJsonAreObjectsAndLists() {
    String place =
        "logicalType: object, properties: [{name: town, logicalType: string},"
            + " {name: since, logicalType: date}, {name: rate, logicalType: number}]";
    Row row =
        (Row)
            Objects.requireNonNull(
                value(
                    place,
                    "\"{\\\"town\\\": \\\"Nairobi\\\", \\\"since\\\": \\\"2024-01-31\\\","
                        + " \\\"rate\\\": 2.50}\""));
    assertEquals(
        List.of("Nairobi", LocalDate.of(2024, 1, 31), new BigDecimal("2.50")), row.getValues());
    assertEquals(
        Arrays.asList("a", null),
        value("logicalType: array, items: {logicalType: string}", "\"[\\\"a\\\", null]\""));
    assertEquals(null, value(place, "\"null\""));
    assertEquals(
        List.of(Reason.of("TYPE_OBJECT", "f", "f: '{\"town\":' is a text that is not JSON")),
        faults(place, "\"{\\\"town\\\":\""));
    assertEquals(
        List.of("TYPE_DATE", "TYPE_NUMBER"),
        faults(place, "\"{\\\"since\\\": 5, \\\"rate\\\": \\\"AYaf\\\"}\"").stream()
            .map(Reason::code)
            .toList());
    assertEquals(
        "f: '[…]' is a JSON array where the contract has object",
        faults(place, "\"[1]\"").get(0).message());
  }

  @Test
  public void listsAndStructsHaveTypesOfTheirOwn() {
    assertEquals(
        List.of(LocalDate.of(1970, 1, 2), LocalDate.of(1969, 12, 31)),
        typed(
            "logicalType: array, items: {logicalType: date}",
            "\"type\":\"array\",\"items\":{" + named("int32", "io.debezium.time.Date") + "}",
            "[1,-1]"));
    assertEquals(
        List.of(new BigDecimal("999.99")),
        typed(
            "logicalType: array, items: {logicalType: number}",
            "\"type\":\"array\",\"items\":{" + decimal(2) + "}",
            "[\"AYaf\"]"));
    Row row =
        (Row)
            Objects.requireNonNull(
                typed(
                    "logicalType: object, properties: [{name: at, logicalType: timestamp}]",
                    "\"type\":\"struct\",\"fields\":[{\"field\":\"at\","
                        + named("int64", "io.debezium.time.Timestamp")
                        + "}]",
                    "{\"at\":1702289723123}"));
    assertEquals(Instant.parse("2023-12-11T10:15:23.123Z"), row.getValue("at"));
  }
}
