package dev.penstock.transforms.parse;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/** Times of day, in ISO 8601 or the contract's format, to the microsecond. */
final class TimeCell extends CellParser {
  static final String TOO_PRECISE =
      "has a fraction beyond microseconds, which would be lost; round it at the source";

  private final IsoReader iso = new IsoReader();
  private final @Nullable TextPattern pattern;
  private final String problem;

  TimeCell(String format, String path, boolean masked) {
    super(path, "TYPE_TIME", masked);
    pattern = format.isEmpty() ? null : new TextPattern(format);
    problem = "is not a time in the form " + (format.isEmpty() ? "23:59:59.123456" : format);
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    LocalTime time = read(text);
    if (time == null) {
      return fault(text, problem, faults);
    }
    boolean lost =
        !time.truncatedTo(ChronoUnit.MICROS).equals(time) || (pattern == null && iso.tooPrecise());
    return lost ? fault(text, TOO_PRECISE, faults) : time;
  }

  private @Nullable LocalTime read(String text) {
    if (pattern != null) {
      TemporalAccessor parsed = pattern.parse(text);
      return parsed == null ? null : parsed.query(TemporalQueries.localTime());
    }
    iso.start(text);
    LocalTime time = iso.time();
    return iso.atEnd() ? time : null;
  }
}
