package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.bytes;
import static dev.penstock.transforms.parse.DebeziumEvents.captured;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordBytes;
import java.io.IOException;
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

/** Events as a real connector sent them, in every form and encoding. */
@RunWith(JUnit4.class)
public class CapturedEventsTest {
  private static final DataContract EVERYTHING =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true",
          "name: quantity, logicalType: integer",
          "name: total_views, logicalType: integer",
          "name: price, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: ratio, logicalType: number",
          "name: name, logicalType: string",
          "name: note, logicalType: string",
          "name: active, logicalType: boolean",
          "name: birthday, logicalType: date",
          "name: opens_at, logicalType: time",
          "name: changed_at, logicalType: timestamp,"
              + " customProperties: [{property: temporalEncoding, value: millis}]",
          "name: created_at, logicalType: timestamp",
          "name: seen_at, logicalType: timestamp",
          "name: attributes, logicalType: string",
          "name: token, logicalType: string, logicalTypeOptions: {format: uuid}",
          "name: picture, logicalType: string, logicalTypeOptions: {format: byte}",
          "name: tags, logicalType: array, items: {logicalType: string}");

  private static final List<String> MODES = List.of("precise", "string", "double");

  private static List<String> files(String form) {
    List<String> files = new ArrayList<>();
    for (String mode : MODES) {
      files.add(form + "-decimals-" + mode + ".jsonl");
      files.add(form + "-decimals-" + mode + "-with-schemas.jsonl");
    }
    return files;
  }

  /** Each event in words: its operation and key, the code of its dead letter, or filtered. */
  private static List<String> outcomes(String file) throws IOException {
    RowParser<RecordBytes> parser = ParseDebezium.to(EVERYTHING).parser();
    List<String> outcomes = new ArrayList<>();
    for (String event : captured(file)) {
      Row row = parser.parse(bytes(event));
      if (row != null) {
        Change change = Objects.requireNonNull(Change.of(row));
        outcomes.add(change.operation() + " " + row.getInt64("id"));
      } else {
        outcomes.add(parser.reasons().isEmpty() ? "filtered" : parser.reasons().get(0).code());
      }
    }
    return outcomes;
  }

  private static List<Row> rows(String file) throws IOException {
    RowParser<RecordBytes> parser = ParseDebezium.to(EVERYTHING).parser();
    List<Row> rows = new ArrayList<>();
    for (String event : captured(file)) {
      Row row = parser.parse(bytes(event));
      if (row != null) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  public void everyEventIsARowADeadLetterOrFiltered() throws IOException {
    List<String> rows =
        List.of(
            "SNAPSHOT 1",
            "SNAPSHOT 2",
            "INSERT 3",
            "UPDATE 1",
            "DELETE 3",
            "filtered",
            "INSERT 30",
            "DELETE 2",
            "filtered");
    List<String> truncated = new ArrayList<>(rows);
    truncated.add("CHANGE_TRUNCATE");
    for (String file : files("envelope")) {
      assertEquals(file, truncated, outcomes(file));
    }
    for (String file : files("unwrapped")) {
      assertEquals(file, rows, outcomes(file));
    }
  }

  @Test
  public void everyEncodingGivesTheSameValues() throws IOException {
    for (String form : List.of("envelope", "unwrapped")) {
      for (String file : files(form)) {
        boolean exact = !file.contains("double");
        List<Row> rows = rows(file);
        List<@Nullable Object> first = usual(exact);
        assertEquals(file, first, values(rows.get(0)));
        assertEquals(file, 2L, values(rows.get(1)).get(0));
        assertTrue(file, values(rows.get(1)).stream().skip(1).allMatch(Objects::isNull));
        assertEquals(file, extreme(3, exact), values(rows.get(2)));
        first.set(3, new BigDecimal(exact ? "1000.10" : "1000.1"));
        first.set(7, null);
        assertEquals(file, first, values(rows.get(3)));
        assertEquals(file, extreme(3, exact), values(rows.get(4)));
        assertEquals(file, extreme(30, exact), values(rows.get(5)));
        assertEquals(file, 2L, values(rows.get(6)).get(0));
      }
    }
  }

  private static List<@Nullable Object> values(Row row) {
    return new ArrayList<>(row.getValues().subList(0, EVERYTHING.fields().size()));
  }

  /** What the source has of row 1; its doubles have lost digits on the way to the event. */
  private static List<@Nullable Object> usual(boolean exact) {
    return new ArrayList<>(
        Arrays.asList(
            1L,
            3L,
            5_000_000_000L,
            new BigDecimal("999.99"),
            new BigDecimal(exact ? "0.3333333333333333333333" : "0.3333333333333333"),
            "iPhone 15",
            "two lines:\nsecond \"quoted\" \\ line",
            true,
            LocalDate.of(2023, 12, 11),
            LocalTime.of(10, 15, 23, 123_456_000),
            Instant.parse("2023-12-11T10:15:23.123Z"),
            Instant.parse("2023-12-11T10:15:23.123456Z"),
            Instant.parse("2023-12-11T10:15:23.123456Z"),
            "{\"sizes\": [1, 2.50], \"colour\": \"blue\"}",
            "6f1b4f3e-8d2a-4b6a-9a57-0c5d2f0e7c11",
            "AP8Q",
            Arrays.asList("new", "Zürich", null)));
  }

  private static List<@Nullable Object> extreme(long id, boolean exact) {
    return Arrays.asList(
        id,
        -2_147_483_648L,
        Long.MAX_VALUE,
        new BigDecimal("-99999999.99"),
        new BigDecimal(
            exact ? "123456789012345678901234567890.000000000001" : "1.2345678901234568E29"),
        "",
        "日本語 \uD83D\uDE00",
        false,
        LocalDate.of(1899, 12, 31),
        LocalTime.of(23, 59, 59, 999_999_000),
        Instant.parse("1969-12-31T23:59:59.999Z"),
        Instant.parse("0001-01-01T00:00:00.000001Z"),
        Instant.parse("9999-12-31T23:59:59.999999Z"),
        "[]",
        "00000000-0000-0000-0000-000000000000",
        "",
        List.of());
  }

  @Test
  public void changesHaveTheirVersionAndTimeInEveryForm() throws IOException {
    for (String form : List.of("envelope", "unwrapped")) {
      for (String file : files(form)) {
        long last = 0;
        for (Row row : rows(file)) {
          Change change = Objects.requireNonNull(Change.of(row));
          long version = Objects.requireNonNull(change.version());
          assertTrue(file, version >= last);
          assertNotNull(file, change.time());
          last = version;
        }
      }
    }
    Row snapshot = rows("envelope-decimals-precise.jsonl").get(0);
    assertEquals(
        new Change(
            Change.Operation.SNAPSHOT, 26_364_992L, Instant.parse("2026-11-21T20:38:39.535889Z")),
        Change.of(snapshot));
    Row unwrapped = rows("unwrapped-decimals-precise.jsonl").get(0);
    assertEquals(
        new Change(
            Change.Operation.SNAPSHOT, 26_501_712L, Instant.parse("2026-11-21T20:38:44.736Z")),
        Change.of(unwrapped));
  }

  @Test
  public void aColumnOfJsonIsAnObjectOfTheContract() throws IOException {
    DataContract contract =
        Contracts.of(
            "name: id, logicalType: integer, primaryKey: true",
            "name: attributes, logicalType: object, properties: [{name: colour, logicalType: string},"
                + " {name: sizes, logicalType: array, items: {logicalType: number}}]");
    for (String file : files("envelope")) {
      Row row = DebeziumEvents.row(ParseDebezium.to(contract), captured(file).get(0));
      assertEquals(
          file,
          List.of("blue", List.of(new BigDecimal("1"), new BigDecimal("2.50"))),
          Objects.requireNonNull(row.getRow("attributes")).getValues());
    }
  }
}
