package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.insert;
import static dev.penstock.transforms.parse.DebeziumEvents.reasons;
import static dev.penstock.transforms.parse.DebeziumEvents.row;
import static dev.penstock.transforms.parse.DebeziumValues.decimal;
import static dev.penstock.transforms.parse.DebeziumValues.faults;
import static dev.penstock.transforms.parse.DebeziumValues.named;
import static dev.penstock.transforms.parse.DebeziumValues.typed;
import static dev.penstock.transforms.parse.DebeziumValues.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Other values in change events: untold ones, JSON, lists and structs. */
@RunWith(JUnit4.class)
public class DebeziumValuesTest {
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
