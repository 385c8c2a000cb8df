package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumValues.faults;
import static dev.penstock.transforms.parse.DebeziumValues.named;
import static dev.penstock.transforms.parse.DebeziumValues.property;
import static dev.penstock.transforms.parse.DebeziumValues.typed;
import static dev.penstock.transforms.parse.DebeziumValues.typedFaults;
import static dev.penstock.transforms.parse.DebeziumValues.value;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.deadletter.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Dates and times in change events, in every encoding. */
@RunWith(JUnit4.class)
public class DebeziumTimesTest {
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
}
