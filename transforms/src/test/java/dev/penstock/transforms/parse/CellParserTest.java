package dev.penstock.transforms.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import dev.penstock.transforms.deadletter.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class CellParserTest {
  private final CellFaults faults = new CellFaults();

  @Test
  public void integersAreSixtyFourBitsAndNothingElse() {
    String field = "name: n, logicalType: integer";
    assertEquals(0L, value(field, "0"));
    assertEquals(-12L, value(field, "-012"));
    assertEquals(7L, value(field, "+7"));
    assertEquals(Long.MAX_VALUE, value(field, "9223372036854775807"));
    assertEquals(Long.MIN_VALUE, value(field, "-9223372036854775808"));
    for (String bad : List.of("1.0", "1e3", "12x", "-", "+", "0x1F", "1 000", "1,000", "\u0661")) {
      assertEquals(bad, "TYPE_INTEGER", fault(field, bad).code());
    }
    assertEquals(
        "n: '9223372036854775808' is beyond 64 bits; give the field a wider format in the contract",
        fault(field, "9223372036854775808").message());
    assertEquals("n: '12x' is not a whole number", fault(field, "12x").message());
  }

  @Test
  public void integersBeyondSixtyFourBitsAreExact() {
    String field = "name: n, logicalType: integer, logicalTypeOptions: {format: u64}";
    assertEquals(new BigDecimal("18446744073709551615"), value(field, "18446744073709551615"));
    assertEquals(new BigDecimal("5"), value(field, "5"));
    assertEquals("TYPE_INTEGER", fault(field, "5.5").code());
  }

  @Test
  public void decimalsKeepEveryDigit() {
    String field = "name: n, logicalType: number, physicalType: 'DECIMAL(30,10)'";
    for (String exact :
        List.of("0", "12.50", "-0.001", "123456789012345678", "99999999999999999999.9999999999")) {
      assertEquals(new BigDecimal(exact), value(field, exact));
    }
    assertEquals(new BigDecimal("0.5"), value(field, ".5"));
    assertEquals(new BigDecimal("5"), value(field, "5."));
    assertEquals(new BigDecimal("1.5E+3"), value(field, "1.5e3"));
    for (String bad :
        List.of(
            ".", "1,5", "1.234,5", "1.2.3", "e5", "1e", "1e+", "NaN", "Infinity", "1d", "--1")) {
      assertEquals(bad, "TYPE_NUMBER", fault(field, bad).code());
    }
    assertThat(fault(field, "1e999999999").message(), containsString("exponent beyond 1000"));
    assertThat(fault(field, "1e99999999999").message(), containsString("exponent beyond 1000"));
    assertThat(fault(field, "9".repeat(1001)).message(), containsString("more than 1000"));
  }

  @Test
  public void floatingPointIsOnlyUsedWhereTheContractAsksForIt() {
    assertEquals(0.1, value("name: n, logicalType: number, physicalType: DOUBLE", "0.1"));
    assertEquals(
        0.1f, value("name: n, logicalType: number, logicalTypeOptions: {format: f32}", "0.1"));
    assertThat(
        fault("name: n, logicalType: number, physicalType: DOUBLE", "1e400").message(),
        containsString("beyond a DOUBLE"));
    assertEquals(
        "TYPE_NUMBER", fault("name: n, logicalType: number, physicalType: DOUBLE", "NaN").code());
  }

  @Test
  public void booleansHaveTenSpellingsInAnyCase() {
    String field = "name: b, logicalType: boolean";
    for (String yes : List.of("true", "TRUE", "t", "1", "Yes", "y")) {
      assertEquals(yes, true, value(field, yes));
    }
    for (String no : List.of("false", "False", "F", "0", "no", "N")) {
      assertEquals(no, false, value(field, no));
    }
    assertEquals("TYPE_BOOLEAN", fault(field, "ja").code());
  }

  @Test
  public void datesAreRealDaysInIsoOrTheContractsFormat() {
    String iso = "name: d, logicalType: date";
    assertEquals(LocalDate.of(2024, 2, 29), value(iso, "2024-02-29"));
    for (String bad :
        List.of(
            "2023-02-29",
            "2024-13-01",
            "2024-1-1",
            "20240101",
            "2024-04-31",
            "2024-01-01T00:00",
            "24-01-01")) {
      assertEquals(bad, "TYPE_DATE", fault(iso, bad).code());
    }
    String german = "name: d, logicalType: date, logicalTypeOptions: {format: dd.MM.yyyy}";
    assertEquals(LocalDate.of(2024, 2, 29), value(german, "29.02.2024"));
    assertEquals("TYPE_DATE", fault(german, "29.02.2023").code());
    assertEquals(
        "d: '2024-02-29' is not a date in the form dd.MM.yyyy",
        fault(german, "2024-02-29").message());
    String english = "name: d, logicalType: date, logicalTypeOptions: {format: 'MMM d, yyyy'}";
    assertEquals(LocalDate.of(2024, 5, 3), value(english, "May 3, 2024"));
    assertEquals(LocalDate.of(2024, 9, 3), value(english, "sep 3, 2024"));
  }

  @Test
  public void timesAreReadToTheMicrosecond() {
    String iso = "name: t, logicalType: time";
    assertEquals(LocalTime.of(23, 59), value(iso, "23:59"));
    assertEquals(LocalTime.of(1, 2, 3, 456_789_000), value(iso, "01:02:03.456789"));
    assertEquals(LocalTime.of(1, 2, 3, 400_000_000), value(iso, "01:02:03.400000000"));
    assertThat(fault(iso, "01:02:03.4567891").message(), containsString("beyond microseconds"));
    for (String bad : List.of("24:00", "12:60", "12:00:60", "1:00", "12:00:00.", "12:00Z")) {
      assertEquals(bad, "TYPE_TIME", fault(iso, bad).code());
    }
    String twelve = "name: t, logicalType: time, logicalTypeOptions: {format: 'hh:mm a'}";
    assertEquals(LocalTime.of(15, 4), value(twelve, "03:04 pm"));
  }

  @Test
  public void timestampsWithAZoneAreThatInstant() {
    String field = "name: ts, logicalType: timestamp";
    Instant expected = Instant.parse("2024-03-01T12:30:45.123456Z");
    for (String same :
        List.of(
            "2024-03-01T12:30:45.123456Z", "2024-03-01 12:30:45.123456 UTC",
            "2024-03-01t12:30:45,123456z", "2024-03-01T14:30:45.123456+02:00",
            "2024-03-01 07:00:45.123456 -0530", "2024-03-01 13:30:45.123456+01",
            "2024-03-01 12:30:45.123456000 gmt", "2024-03-01 12:30:45.123456")) {
      assertEquals(same, expected, value(field, same));
    }
    assertEquals(Instant.parse("2024-03-01T12:30:00Z"), value(field, "2024-03-01T12:30"));
    for (String bad :
        List.of(
            "2024-03-01",
            "2024-03-01T25:00:00Z",
            "2024-02-30T00:00:00Z",
            "2024-03-01T12:30:45 X",
            "2024-03-01T12:30:45+19:00",
            "2024-03-01T12:30:45+18:01",
            "2024-03-01T12:30:45Zjunk",
            "2024-03-01T12:30:45+02:",
            "2024-03-01T12:30:45+",
            "1709294400",
            "2024-03-01 12:30:45 ")) {
      assertEquals(bad, "TYPE_TIMESTAMP", fault(field, bad).code());
    }
    assertThat(
        fault(field, "2024-03-01T12:30:45.1234567Z").message(),
        containsString("beyond microseconds, which would be lost"));
  }

  @Test
  public void timestampsWithoutAZoneAreInTheContractsDefaultZone() {
    String berlin =
        "name: ts, logicalType: timestamp, logicalTypeOptions: {defaultTimezone: Europe/Berlin}";
    assertEquals(Instant.parse("2024-07-01T10:00:00Z"), value(berlin, "2024-07-01 12:00:00"));
    assertEquals(Instant.parse("2024-10-27T00:30:00Z"), value(berlin, "2024-10-27 02:30:00"));
    assertEquals(Instant.parse("2024-07-01T12:00:00Z"), value(berlin, "2024-07-01 12:00:00Z"));
    assertEquals(
        "ts: '2024-03-31 02:30:00' does not exist in Europe/Berlin, where the clock skips it",
        fault(berlin, "2024-03-31 02:30:00").message());
  }

  @Test
  public void timestampsInAFormatOfTheContract() {
    String zoned =
        "name: ts, logicalType: timestamp,"
            + " logicalTypeOptions: {format: \"dd/MM/yyyy HH:mm:ss XXX\"}";
    assertEquals(Instant.parse("2024-03-01T10:00:00Z"), value(zoned, "01/03/2024 12:00:00 +02:00"));
    assertEquals("TYPE_TIMESTAMP", fault(zoned, "31/02/2024 12:00:00 +02:00").code());
    assertEquals("TYPE_TIMESTAMP", fault(zoned, "01/03/2024 12:00:00").code());
  }

  @Test
  public void aLocalTimestampTakesNoOffset() {
    String local = "name: ts, logicalType: timestamp, logicalTypeOptions: {timezone: false}";
    assertEquals(Instant.parse("2024-03-31T02:30:00Z"), value(local, "2024-03-31 02:30:00"));
    assertThat(
        fault(local, "2024-03-31 02:30:00Z").message(),
        containsString("names a time zone, but the contract says that there is none"));
  }

  @Test
  public void objectsAreJsonWithExactNumbersAndNestedFaultsNameTheirPath() {
    String field =
        "name: place, logicalType: object, properties: ["
            + "{name: town, logicalType: string},"
            + "{name: people, logicalType: integer, logicalTypeOptions: {format: u64}},"
            + "{name: area, logicalType: number},"
            + "{name: tags, logicalType: array, items: {logicalType: integer}}]";
    Row row =
        (Row)
            Objects.requireNonNull(
                value(
                    field,
                    "{\"TOWN\":\"Łódź\",\"people\":18446744073709551615,\"area\":1.10,"
                        + "\"tags\":[1,null,2],\"other\":{}}"));
    assertEquals("Łódź", row.getString("town"));
    assertEquals(new BigDecimal("18446744073709551615"), row.getDecimal("people"));
    assertEquals(new BigDecimal("1.10"), row.getDecimal("area"));
    assertEquals(
        Arrays.asList(1L, null, 2L),
        new ArrayList<>(Objects.requireNonNull(row.<Long>getArray("tags"))));
    assertEquals(
        List.of(
            "TYPE_INTEGER place.people place.people: 'x' is not a whole number",
            "TYPE_INTEGER place.tags[] place.tags[]: '1.5' is not a whole number"),
        faults(field, "{\"people\":\"x\",\"tags\":[1.5]}"));
    for (String bad : List.of("[1]", "{", "{\"a\":1,\"a\":2}", "{} x", "5")) {
      assertEquals(bad, "TYPE_OBJECT", fault(field, bad).code());
    }
    assertEquals("TYPE_ARRAY", fault(field, "{\"tags\":7}").code());
    assertEquals("TYPE_INTEGER", fault(field, "{\"people\":{}}").code());
    assertNull(value(field, "null"));
  }

  @Test
  public void arraysAreJsonOrPlainLists() {
    String texts = "name: tags, logicalType: array, items: {logicalType: string}";
    assertEquals(List.of("a, b", "c"), value(texts, "[\"a, b\",\"c\"]"));
    assertEquals(List.of("#a", "b c"), value(texts, "[#a, b c]"));
    assertEquals(List.of("a", "b"), value(texts, "a , b"));
    assertEquals(Arrays.asList("a", null, "b"), value(texts, "a,,b"));
    assertEquals(List.of(), value(texts, "[]"));
    assertEquals(List.of(), value(texts, "[ ]"));
    assertEquals(List.of("a"), value(texts, "a"));
    assertThat(fault(texts, "[a, b").message(), containsString("does not end with ]"));
    String numbers = "name: n, logicalType: array, items: {logicalType: integer}";
    assertEquals(List.of(1L, 2L), value(numbers, "1, 2"));
    assertEquals(
        List.of(
            "TYPE_INTEGER n[] n[]: 'x' is not a whole number",
            "TYPE_INTEGER n[] n[]: 'y' is not a whole number"),
        faults(numbers, "[x, 1, y]"));
  }

  @Test
  public void maskedValuesStayOutOfMessagesAlsoWhenNested() {
    String secret = "name: n, logicalType: integer, classification: restricted";
    assertEquals("n: *** is not a whole number", fault(secret, "4711x").message());
    String nested =
        "name: o, logicalType: object, classification: confidential, properties: ["
            + "{name: pin, logicalType: integer}]";
    assertThat(fault(nested, "{\"pin\":\"4711x\"}").message(), not(containsString("4711")));
    assertThat(fault(nested, "4711x").message(), not(containsString("4711")));
  }

  @Test
  public void longAndUnprintableValuesAreShownShortAndSafe() {
    String field = "name: n, logicalType: integer";
    assertEquals(
        "n: '" + "x".repeat(80) + "…' is not a whole number",
        fault(field, "x".repeat(500)).message());
    assertEquals("n: 'a·b' is not a whole number", fault(field, "a\u001bb").message());
  }

  private @Nullable Object read(String property, String text) {
    faults.clear();
    return CellParser.of(Contracts.of(property).fields().get(0)).parse(text, faults);
  }

  private @Nullable Object value(String property, String text) {
    Object value = read(property, text);
    assertEquals(text, List.of(), faults.reasons());
    return value;
  }

  private Reason fault(String property, String text) {
    Object unused = read(property, text);
    assertEquals(text, 1, faults.reasons().size());
    return faults.reasons().get(0);
  }

  private List<String> faults(String property, String text) {
    Object unused = read(property, text);
    return faults.reasons().stream()
        .map(reason -> reason.code() + " " + reason.field() + " " + reason.message())
        .toList();
  }
}
