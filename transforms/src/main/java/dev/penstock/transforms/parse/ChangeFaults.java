package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;

/** The reasons for which a change event gives no row. They tell names, never values. */
final class ChangeFaults {
  private ChangeFaults() {}

  /** JSON that is no change event. */
  static Reason noEvent(String why) {
    return Reason.of("CHANGE_ENVELOPE", "The record is no change event: " + why);
  }

  /** A letter that no row follows from. */
  static Reason operation(String op) {
    return Reason.of(
        "CHANGE_OPERATION",
        "The operation "
            + JsonFaults.quote(op)
            + " of the change event is none of c, u, d, r, t and m");
  }

  /** All rows of the table are gone. */
  static Reason truncate(String table) {
    return Reason.of(
        "CHANGE_TRUNCATE",
        "The table"
            + (table.isEmpty() ? "" : " " + JsonFaults.quote(table))
            + " was emptied at its source (TRUNCATE), which deletes no row here. If its rows shall"
            + " go, delete them at the destination; Debezium leaves such events out with"
            + " skipped.operations=t");
  }

  /** An event without the row that it is about. */
  static Reason noImage(String op, String image) {
    String way =
        image.equals("before")
            ? "Give the table a primary key, or set REPLICA IDENTITY FULL on it at the source"
            : "Set REPLICA IDENTITY DEFAULT or FULL on the table at the source, and keep the event"
                + " whole on its way";
    return Reason.of(
        "CHANGE_IMAGE",
        "The change event (op " + op + ") has no '" + image + "', so its row is not known. " + way);
  }

  /** A row that is no object. */
  static Reason wrongImage(String image, String kind) {
    return Reason.of(
        "CHANGE_IMAGE",
        "The '" + image + "' of the change event is a JSON " + kind + ", no object");
  }

  /** A value that the source did not tell. */
  static Reason unavailable(String path) {
    return Reason.of(
        "CHANGE_UNAVAILABLE_VALUE",
        path,
        path
            + ": the event does not have this value, since the update left it as it was and it is"
            + " stored apart from its row (TOAST); set REPLICA IDENTITY FULL on the table at the"
            + " source");
  }

  /** A text that is a number in two ways. */
  static Reason eitherDecimal(String path) {
    return Reason.of(
        "CHANGE_DECIMAL",
        path,
        path
            + ": the text may be a number in digits or in Base64; give the field the custom"
            + " property decimalEncoding (text or base64) in the contract, or set"
            + " decimal.handling.mode=string and the property to text");
  }

  /** Bytes of a number of which nobody says where the point is. */
  static Reason noScale(String path) {
    return Reason.of(
        "CHANGE_DECIMAL",
        path,
        path
            + ": the number is in Base64, without its scale; give the field a physicalType such as"
            + " DECIMAL(12,2) in the contract, or turn schemas on at the source");
  }

  /** A part of the event that should be a number. */
  static Reason metadata(String name) {
    return Reason.of(
        "CHANGE_METADATA",
        "The change event's '" + name + "' is not a whole number within 64 bits");
  }

  /** Two members where there may be one. */
  static Reason duplicate(String name) {
    return Reason.of("JSON_DUPLICATE_KEY", "The change event has '" + name + "' twice");
  }
}
