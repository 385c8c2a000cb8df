package dev.penstock.transforms.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in the three forms in which a sample keeps them: numbers as {@code Double}, points in time
 * as {@code Double} milliseconds (since 1970, or since midnight), texts as {@link Text}. Null
 * stands for no value, and for one that is not kept.
 */
final class ProfiledValues {
  private static final int MOST_CHARACTERS = 80;
  private static final double FARTHEST_MILLIS = 3e14;

  /** The beginning of a text, and how many characters the whole has. */
  record Text(String shown, int length) {}

  private ProfiledValues() {}

  static List<Object> cells(List<ProfiledField> fields, Object[] values) {
    List<Object> cells = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      cells.add(fields.get(i).masked() ? null : cell(values[i]));
    }
    return cells;
  }

  private static @Nullable Object cell(@Nullable Object value) {
    if (value instanceof Number number) {
      double finite = number.doubleValue();
      return Double.isFinite(finite) ? (Object) finite : null;
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Instant instant) {
      return time(instant.getEpochSecond() * 1e3 + instant.get(ChronoField.MILLI_OF_SECOND));
    }
    if (value instanceof LocalDate date) {
      return time(date.toEpochDay() * 86_400_000.0);
    }
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / 1e6;
    }
    if (value instanceof Boolean) {
      return text(value.toString());
    }
    return value instanceof Collection<?> items ? (Object) (double) items.size() : null;
  }

  /** Times that no calendar of a report can show are left out. */
  private static @Nullable Object time(double millis) {
    return Math.abs(millis) <= FARTHEST_MILLIS ? (Object) millis : null;
  }

  private static Text text(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= MOST_CHARACTERS
        ? new Text(text, length)
        : new Text(text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…", length);
  }
}
