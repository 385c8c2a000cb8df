package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.TemporalEncoding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Dates and times that a number stands for, and, as in other JSON, those in texts. */
final class JsonEpoch extends JsonValue {
  private static final long NANOS = 1_000_000_000;
  private static final long NANOS_OF_MICRO = 1_000;

  /** What Debezium writes for PostgreSQL's infinity and -infinity. */
  private static final long INFINITY = 9_223_372_036_825_200_000L;

  private static final long MINUS_INFINITY = -9_223_372_036_832_400_000L;

  private final JsonValue plain;
  private final LogicalType type;
  private final TemporalMeaning meaning;
  private final @Nullable TimestampCell inZone;

  private JsonEpoch(
      ContractField field,
      JsonValue plain,
      TemporalMeaning meaning,
      @Nullable TimestampCell inZone) {
    super(field, plain.text());
    this.plain = plain;
    this.type = field.logicalType();
    this.meaning = meaning;
    this.inZone = inZone;
  }

  /** For a field of which the contract tells what numbers count; timestamps are instants. */
  static JsonEpoch of(ContractField field, JsonValue plain, TemporalEncoding counts) {
    return new JsonEpoch(field, plain, new TemporalMeaning(counts, false, ""), null);
  }

  /**
   * For a field of change events, where numbers are timestamps without a zone, and so in the
   * contract's default zone.
   */
  static JsonEpoch ofChanges(
      ContractField field,
      String path,
      boolean masked,
      JsonValue plain,
      @Nullable ConnectType type) {
    boolean local = field.zoned() && !field.defaultTimezone().equals("UTC");
    TimestampCell inZone =
        field.logicalType() == LogicalType.TIMESTAMP && local
            ? new TimestampCell(field, "", path, masked)
            : null;
    return new JsonEpoch(field, plain, TemporalMeaning.of(field, type), inZone);
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return number(json, faults);
    }
    if (token == JsonToken.VALUE_STRING && meaning.dropsZone()) {
      String text = json.getText().strip();
      if (text.endsWith("Z")) {
        return text().parse(text.substring(0, text.length() - 1), faults);
      }
    }
    return plain.read(token, json, faults);
  }

  private @Nullable Object number(JsonReader json, CellFaults faults) {
    if (json.isShort()) {
      return number(json.getLongValue(), json, faults);
    }
    Long number = JsonNumber.whole(json.getText());
    return number == null
        ? text().fault(json.getText(), "is beyond 64 bits", faults)
        : number(number, json, faults);
  }

  private @Nullable Object number(long number, JsonReader json, CellFaults faults) {
    TemporalEncoding counts = meaning.counts();
    if (counts == null) {
      return text().fault(json.getText(), meaning.problem(), faults);
    }
    return switch (type) {
      case DATE -> date(number, counts, json, faults);
      case TIME -> time(number, counts, json, faults);
      default -> timestamp(number, counts, json, faults);
    };
  }

  private @Nullable Object date(
      long number, TemporalEncoding counts, JsonReader json, CellFaults faults) {
    long unit = counts == TemporalEncoding.DAYS ? 1 : perSecond(counts) * 86_400;
    long day = Math.floorDiv(number, unit);
    if (day * unit != number) {
      return text().fault(json.getText(), "is not the beginning of a day", faults);
    }
    return ChronoField.EPOCH_DAY.range().isValidValue(day)
        ? LocalDate.ofEpochDay(day)
        : text().fault(json.getText(), "is a day too far away", faults);
  }

  private @Nullable Object time(
      long number, TemporalEncoding counts, JsonReader json, CellFaults faults) {
    long unit = NANOS / perSecond(counts);
    if (number < 0 || number >= ChronoUnit.DAYS.getDuration().toNanos() / unit) {
      return text().fault(json.getText(), "is not within a day", faults);
    }
    long nano = number * unit;
    return nano % NANOS_OF_MICRO == 0
        ? LocalTime.ofNanoOfDay(nano)
        : text().fault(json.getText(), TimeCell.TOO_PRECISE, faults);
  }

  private @Nullable Object timestamp(
      long number, TemporalEncoding counts, JsonReader json, CellFaults faults) {
    if (number == INFINITY || number == MINUS_INFINITY) {
      return text()
          .fault(json.getText(), "is PostgreSQL's infinity, which is no point in time", faults);
    }
    long perSecond = perSecond(counts);
    long second = Math.floorDiv(number, perSecond);
    long nano = Math.floorMod(number, perSecond) * (NANOS / perSecond);
    if (Math.abs(second) >= Long.MAX_VALUE / 1_000_000) {
      return text().fault(json.getText(), "is a timestamp too far away", faults);
    }
    if (nano % NANOS_OF_MICRO != 0) {
      return text().fault(json.getText(), TimeCell.TOO_PRECISE, faults);
    }
    return inZone == null
        ? Instant.ofEpochSecond(second, nano)
        : inZone.local(
            LocalDateTime.ofEpochSecond(second, (int) nano, ZoneOffset.UTC),
            json.getText(),
            faults);
  }

  private static long perSecond(TemporalEncoding counts) {
    return switch (counts) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> NANOS;
      case DAYS -> throw new IllegalArgumentException("Days are of dates only");
    };
  }
}
