package dev.penstock.transforms.parse;

import java.time.LocalDate;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/** Days, in ISO 8601 or the contract's format. */
final class DateCell extends CellParser {
  private final IsoReader iso = new IsoReader();
  private final @Nullable TextPattern pattern;
  private final String problem;

  DateCell(String format, String path, boolean masked) {
    super(path, "TYPE_DATE", masked);
    pattern = format.isEmpty() ? null : new TextPattern(format);
    problem = "is not a date in the form " + (format.isEmpty() ? "2026-01-31" : format);
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    LocalDate date = read(text);
    return date == null ? fault(text, problem, faults) : date;
  }

  private @Nullable LocalDate read(String text) {
    if (pattern != null) {
      TemporalAccessor parsed = pattern.parse(text);
      return parsed == null ? null : parsed.query(TemporalQueries.localDate());
    }
    iso.start(text);
    LocalDate date = iso.date();
    return iso.atEnd() ? date : null;
  }
}
