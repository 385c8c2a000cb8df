package dev.penstock.transforms.parse;

import dev.penstock.transforms.deadletter.Reason;
import java.util.Locale;

/** The reasons for which bytes are no Avro record. They tell places and names, never values. */
final class AvroFaults {
  private AvroFaults() {}

  /**
   * Bytes that do not begin with the number of a schema.
   *
   * @param first the first byte, or -1 when there is none
   */
  static Reason framing(int first) {
    return Reason.of(
        "AVRO_FRAMING",
        first == 0
            ? "The record has less than the five bytes that name its schema"
            : "The record begins with "
                + (first < 0 ? "nothing" : String.format(Locale.ROOT, "0x%02X", first))
                + ", not with 0x00 and the number of its schema; is it JSON, or Avro without a"
                + " registry?");
  }

  /** A number that the registry does not know. */
  static Reason unknownSchema(int id) {
    return Reason.of(
        "AVRO_SCHEMA_UNKNOWN",
        "The schema registry has no schema "
            + Integer.toUnsignedString(id)
            + ", by which the record is written; is it another registry?");
  }

  /** A schema that nothing can be read by. */
  static Reason unusableSchema(int id, String why) {
    return Reason.of(
        "AVRO_SCHEMA_UNUSABLE",
        "The record cannot be read by the schema " + Integer.toUnsignedString(id) + ": " + why);
  }

  /** Bytes that do not follow their schema. */
  static Reason malformed(int at, String why) {
    return Reason.of(
        "AVRO_MALFORMED", "The record does not follow its schema near its byte " + at + ": " + why);
  }

  /** Something after the record. */
  static Reason trailing(int bytes) {
    return Reason.of(
        "AVRO_MALFORMED",
        "The record does not follow its schema: " + bytes + " bytes are left at its end");
  }
}
