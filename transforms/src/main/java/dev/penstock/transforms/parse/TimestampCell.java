package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.ContractField;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps, in ISO 8601 or the contract's format, to the microsecond. A text without a zone is in
 * the contract's default zone; in the hour that a clock repeats it is the first one.
 */
final class TimestampCell extends CellParser {
  private final IsoReader iso = new IsoReader();
  private final @Nullable TextPattern pattern;
  private final boolean zoned;
  private final ZoneId defaultZone;
  private final String problem;

  TimestampCell(ContractField field, String format, String path, boolean masked) {
    super(path, "TYPE_TIMESTAMP", masked);
    pattern = format.isEmpty() ? null : new TextPattern(format);
    zoned = field.zoned();
    defaultZone = zoned ? ZoneId.of(field.defaultTimezone()) : ZoneOffset.UTC;
    problem =
        "is not a timestamp in the form " + (format.isEmpty() ? "2026-01-31T23:59:59Z" : format);
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    return pattern == null ? parseIso(text, faults) : parsePattern(pattern, text, faults);
  }

  private @Nullable Object parseIso(String text, CellFaults faults) {
    iso.start(text);
    LocalDateTime local = iso.dateTime();
    boolean named = !iso.atEnd();
    ZoneOffset offset = local != null && named ? iso.offset() : null;
    if (local == null || !iso.atEnd() || (named && offset == null)) {
      return fault(text, problem, faults);
    }
    if (iso.tooPrecise()) {
      return fault(text, TimeCell.TOO_PRECISE, faults);
    }
    return inZone(local, offset, text, faults);
  }

  private @Nullable Object parsePattern(TextPattern form, String text, CellFaults faults) {
    TemporalAccessor parsed = form.parse(text);
    LocalDate date = parsed == null ? null : parsed.query(TemporalQueries.localDate());
    if (parsed == null || date == null) {
      return fault(text, problem, faults);
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
    if (!local.truncatedTo(ChronoUnit.MICROS).equals(local)) {
      return fault(text, TimeCell.TOO_PRECISE, faults);
    }
    ZoneId named = parsed.query(TemporalQueries.zone());
    return inZone(local, named, text, faults);
  }

  /** The instant of a date and time that names no zone. */
  @Nullable Object local(LocalDateTime local, String text, CellFaults faults) {
    return inZone(local, null, text, faults);
  }

  private @Nullable Object inZone(
      LocalDateTime local, @Nullable ZoneId named, String text, CellFaults faults) {
    if (named != null && !zoned) {
      return fault(text, "names a time zone, but the contract says that there is none", faults);
    }
    ZoneId zone = named == null ? defaultZone : named;
    if (zone instanceof ZoneOffset fixed) {
      return local.toInstant(fixed);
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? fault(text, "does not exist in " + zone + ", where the clock skips it", faults)
        : local.toInstant(offsets.get(0));
  }
}
