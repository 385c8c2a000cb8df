package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import java.util.Locale;

/**
 * The reasons for which bytes are no JSON object of a contract. They tell places and names, never
 * values, which may be ones that no message shows.
 */
final class JsonFaults {
  /** Characters of a name that a message shows. */
  private static final int SHOWN = 80;

  private JsonFaults() {}

  /** A malformed byte, counted from the record's start. */
  static Reason encoding(int at, byte value) {
    return Reason.of(
        "JSON_ENCODING",
        String.format(
            Locale.ROOT,
            "Byte %d of the record (0x%02X) is not valid UTF-8, in which JSON is written",
            at,
            value & 0xFF));
  }

  /** A NUL character at the record's start, as in text of another encoding. */
  static Reason nul() {
    return Reason.of(
        "JSON_ENCODING",
        "The record begins with a NUL character; JSON is written in UTF-8, not in UTF-16 or UTF-32");
  }

  /** Text that does not follow RFC 8259. */
  static Reason malformed(long at) {
    return Reason.of("JSON_MALFORMED", "The record is not JSON near its byte " + at);
  }

  /** A text that ends before its object does. */
  static Reason cutOff() {
    return Reason.of(
        "JSON_MALFORMED",
        "The record ends before its JSON object does; each object stands in one line");
  }

  /** Something after the object. */
  static Reason trailing(long at) {
    return Reason.of(
        "JSON_MALFORMED",
        "Something follows the record's JSON object, near byte "
            + at
            + "; each object stands in a line of its own");
  }

  /** JSON of another kind. */
  static Reason notObject(String found) {
    return Reason.of("JSON_NOT_OBJECT", "The record is a JSON " + found + ", not a JSON object");
  }

  /** Objects in objects, beyond what is followed. */
  static Reason nesting(int limit) {
    return Reason.of(
        "JSON_NESTING", "The record has more than " + limit + " objects and arrays in each other");
  }

  /** Two members for one field. */
  static Reason duplicate(String path, String name) {
    return Reason.of(
        "JSON_DUPLICATE_KEY",
        path,
        path + ": the record has this field twice, the second time as '" + shown(name) + "'");
  }

  /** A member that the contract has not. */
  static Reason unknown(String path, String near) {
    return Reason.of(
        "JSON_UNKNOWN_FIELD",
        "The contract has no field '"
            + shown(path)
            + "'"
            + (near.isEmpty() ? "" : "; did you mean '" + near + "'?")
            + "; add it to the contract, or ignore it with --extraColumns=ignore");
  }

  /** A text from the record, in quotes, on one line and not too long. */
  static String quote(String text) {
    return "'" + shown(text) + "'";
  }

  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(name.length(), SHOWN);
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      shown.append(Character.isISOControl(c) ? '\u00B7' : c);
    }
    return shown.append(end < name.length() ? "…" : "").toString();
  }
}
