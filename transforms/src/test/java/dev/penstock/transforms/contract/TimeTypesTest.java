package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.field;
import static dev.penstock.transforms.contract.Contracts.problems;
import static dev.penstock.transforms.contract.Contracts.rules;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.Rule.Kind;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Dates, times of day and timestamps: formats, bounds and time zones. */
@RunWith(JUnit4.class)
public final class TimeTypesTest {

  private static Rule text(Kind kind, String text) {
    return Rule.of(kind, "f", text);
  }

  private static void assertProblem(String problem, String... lines) {
    assertEquals(List.of(problem), problems(lines));
  }

  @Test
  public void formatsOfDatesAreJavaPatterns() {
    assertEquals(
        "dd.MM.yyyy",
        field("logicalType: date", "logicalTypeOptions: {format: dd.MM.yyyy}").format());
    assertEquals("", field("logicalType: date").format());
    assertEquals(
        "The standard's own spelling of ISO 8601",
        "",
        field("logicalType: timestamp", "logicalTypeOptions: {format: 'yyyy-MM-ddTHH:mm:ssZ'}")
            .format());
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'yyyy-mm-dd' does not give"
            + " all parts of a date. Fix: use a pattern such as yyyy-MM-dd.",
        "logicalType: date",
        "logicalTypeOptions: {format: yyyy-mm-dd}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'hh:mm' does not give all"
            + " parts of a time. Fix: use a pattern such as HH:mm:ss.",
        "logicalType: time",
        "logicalTypeOptions: {format: 'hh:mm'}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'yyyy-MM-dd jj' is not a"
            + " date pattern of Java (Unknown pattern letter: j). Fix: use a pattern of"
            + " java.time.format.DateTimeFormatter, such as yyyy-MM-dd'T'HH:mm:ssXXX.",
        "logicalType: timestamp",
        "logicalTypeOptions: {format: yyyy-MM-dd jj}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: a date has no room for the"
            + " time of day. Fix: use 'logicalType: timestamp'.",
        "logicalType: date",
        "logicalTypeOptions: {format: 'yyyy-MM-dd HH:mm'}");
  }

  @Test
  public void boundsOfDatesAreRulesInIso8601() {
    assertEquals(
        List.of(text(Kind.MINIMUM, "2020-02-29"), text(Kind.EXCLUSIVE_MAXIMUM, "2030-01-01")),
        rules(
            "logicalType: date",
            "logicalTypeOptions: {format: dd.MM.yyyy, minimum: 29.02.2020,"
                + " exclusiveMaximum: '2030-01-01'}"));
    assertEquals(
        List.of(text(Kind.MINIMUM, "08:30"), text(Kind.MAXIMUM, "17:00:01")),
        rules("logicalType: time", "logicalTypeOptions: {minimum: '08:30', maximum: '17:00:01'}"));
    assertEquals(
        List.of(
            text(Kind.EXCLUSIVE_MINIMUM, "2019-12-31T23:00:00Z"),
            text(Kind.MAXIMUM, "2020-01-01T10:00:00Z")),
        rules(
            "logicalType: timestamp",
            "logicalTypeOptions: {defaultTimezone: Europe/Berlin, exclusiveMinimum: 2020-01-01,"
                + " maximum: '2020-01-01T12:00:00+02:00'}"));
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.minimum: this must be a date, but"
            + " it is '2020-02-30'. Fix: write it in ISO 8601, such as 2026-01-31.",
        "logicalType: date",
        "logicalTypeOptions: {minimum: 2020-02-30}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions: no value lies within these bounds. Fix: lower the"
            + " minimum or raise the maximum.",
        "logicalType: date",
        "logicalTypeOptions: {minimum: 2021-01-01, maximum: 2020-12-31}");
  }

  @Test
  public void timezonesSayWhatATimestampIs() {
    assertTrue(field("logicalType: timestamp").zoned());
    assertEquals("UTC", field("logicalType: timestamp").defaultTimezone());
    assertFalse(field("logicalType: timestamp", "logicalTypeOptions: {timezone: false}").zoned());
    assertFalse(field("logicalType: timestamp", "physicalType: DATETIME").zoned());
    assertFalse(
        field("logicalType: timestamp", "physicalType: timestamp(6) without time zone").zoned());
    ContractField berlin =
        field(
            "logicalType: timestamp",
            "logicalTypeOptions: {timezone: false, defaultTimezone: Europe/Berlin}");
    assertTrue("A named zone makes a local time an instant", berlin.zoned());
    assertEquals("Europe/Berlin", berlin.defaultTimezone());
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.defaultTimezone: 'Berlin' is not a"
            + " time zone. Fix: use an IANA name such as Europe/Berlin, or Etc/UTC.",
        "logicalType: timestamp",
        "logicalTypeOptions: {defaultTimezone: Berlin}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.timezone: timezone is true, but the"
            + " format 'yyyy-MM-dd HH:mm' has no time zone. Fix: add XXX to the format, or remove"
            + " timezone.",
        "logicalType: timestamp",
        "logicalTypeOptions: {timezone: true, format: 'yyyy-MM-dd HH:mm'}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.timezone: a time of day with a time"
            + " zone is not supported. Fix: use a timestamp, or a time without a zone.",
        "logicalType: time",
        "logicalTypeOptions: {timezone: true}");
  }

  @Test
  public void aDateOfVersion30MayBeATimestamp() {
    DataContract contract =
        DataContract.parse(
            Contracts.table(
                    "- {name: a, logicalType: date, physicalType: timestamp}",
                    "- {name: b, logicalType: date, logicalTypeOptions: {format: 'yyyy-MM-dd HH:mm'}}",
                    "- {name: c, logicalType: date, physicalType: time}",
                    "- {name: d, logicalType: date, physicalType: date}")
                .replace("v3.1.0", "v3.0.1"),
            "t.yaml");

    assertEquals(
        List.of(LogicalType.TIMESTAMP, LogicalType.TIMESTAMP, LogicalType.TIME, LogicalType.DATE),
        contract.fields().stream().map(ContractField::logicalType).toList());
  }
}
