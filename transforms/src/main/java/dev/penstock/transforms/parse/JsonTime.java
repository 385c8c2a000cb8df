package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Dates, times and timestamps in strings: in the contract's format or, as most writers of JSON have
 * them, in ISO 8601. Where a format looks like ISO 8601 and means something else, such as {@code
 * yyyy-dd-MM}, only one of the two is read.
 */
final class JsonTime extends JsonValue {
  /** A time that no two readings agree on by chance. */
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2001, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC);

  private final @Nullable CellParser other;
  private final CellFaults firstFaults = new CellFaults();
  private final CellFaults otherFaults = new CellFaults();

  private JsonTime(ContractField field, CellParser first, @Nullable CellParser other) {
    super(field, first);
    this.other = other;
  }

  static JsonTime of(ContractField field, String path, boolean masked, boolean isoFirst) {
    CellParser iso = CellParser.temporal(field, "", path, masked);
    if (field.format().isEmpty()) {
      return new JsonTime(field, iso, null);
    }
    CellParser formatted = CellParser.temporal(field, field.format(), path, masked);
    CellParser first = isoFirst ? iso : formatted;
    CellParser other = isoFirst ? formatted : iso;
    return new JsonTime(field, first, contradict(field.format(), formatted, iso) ? null : other);
  }

  private static boolean contradict(String format, CellParser formatted, CellParser iso) {
    CellFaults faults = new CellFaults();
    String text = new TextPattern(format).write(SAMPLE);
    Object asFormatted = formatted.parse(text, faults);
    Object asIso = iso.parse(text, faults);
    return faults.isEmpty() && asFormatted != null && !asFormatted.equals(asIso);
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    if (token != JsonToken.VALUE_STRING) {
      return mistyped(token, json, faults);
    }
    String value = json.getText().strip();
    if (other == null) {
      return text().parse(value, faults);
    }
    firstFaults.clear();
    Object first = text().parse(value, firstFaults);
    if (first != null) {
      return first;
    }
    otherFaults.clear();
    Object second = other.parse(value, otherFaults);
    if (second == null) {
      firstFaults.reasons().forEach(faults::add);
    }
    return second;
  }
}
