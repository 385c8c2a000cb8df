package dev.penstock.samples.kiva;

import java.util.List;

/**
 * One way in which a generated record is bad.
 *
 * @param layout how the record is written
 * @param changes columns and the values they get instead of good ones
 * @param reasons for which a run rejects the record
 */
record Fault(Layout layout, List<Change> changes, List<String> reasons) {
  /** Stands in a text for a byte that no UTF-8 text has. */
  static final char INVALID_BYTE = '\uFFFF';

  /** How a bad record is written. */
  enum Layout {
    /** As a well-formed record. */
    WELL_FORMED,
    /** On one line without any quoting, as a careless export writes it. */
    UNQUOTED,
    /** On one line without quoting, and without its last field. */
    FIELD_MISSING,
    /** On one line without quoting, and with one field too many. */
    FIELD_ADDED
  }

  /** The value that a column gets. */
  record Change(String column, String value) {}

  /** A well-formed record with a bad value. */
  static Fault value(String column, String value, String... codes) {
    return new Fault(
        Layout.WELL_FORMED,
        List.of(new Change(column, value)),
        java.util.Arrays.stream(codes).map(code -> code + "(" + column + ")").toList());
  }

  /** A record that is not well-formed CSV. */
  static Fault framing(Layout layout, String code, String column, String value) {
    return new Fault(layout, List.of(new Change(column, value)), List.of(code));
  }

  /** This fault and another one in the same record. */
  Fault and(Fault other) {
    return new Fault(
        layout,
        java.util.stream.Stream.concat(changes.stream(), other.changes.stream()).toList(),
        java.util.stream.Stream.concat(reasons.stream(), other.reasons.stream()).toList());
  }
}
