package dev.penstock.transforms.csv;

import dev.penstock.transforms.deadletter.Reason;

/** The reasons for which bytes are no CSV record, with their stable codes. */
public final class CsvFaults {
  /** A quote in an unquoted field, or text between a closing quote and the next delimiter. */
  public static final String STRAY_QUOTE = "CSV_STRAY_QUOTE";

  /** A quoted field that the record's first line opens and that is not closed as it should be. */
  public static final String UNCLOSED_QUOTE = "CSV_UNCLOSED_QUOTE";

  /** More or fewer fields than the header has columns. */
  public static final String FIELD_COUNT = "CSV_FIELD_COUNT";

  /** A NUL character. */
  public static final String NUL = "CSV_NUL";

  /** Bytes that are no text in the character set. */
  public static final String ENCODING = "CSV_ENCODING";

  /** A record over the size limit. */
  public static final String RECORD_TOO_LARGE = "CSV_RECORD_TOO_LARGE";

  private CsvFaults() {}

  /** A stray quote; the byte is counted from the record's start. */
  public static Reason strayQuote(int field, long at) {
    return Reason.of(
        STRAY_QUOTE,
        "A quote in field "
            + field
            + " neither opens nor closes it (byte "
            + at
            + " of the record); quote the whole field and double the quotes inside it");
  }

  /** A quote that is not closed. */
  public static Reason unclosedQuote() {
    return Reason.of(
        UNCLOSED_QUOTE,
        "A quoted field begins in this line and does not end properly; reading went on with the"
            + " next line");
  }

  /** A wrong number of fields. */
  public static Reason fieldCount(int expected, int found) {
    return Reason.of(
        FIELD_COUNT, "Expected " + expected + " fields, as the columns, but found " + found);
  }

  /** A NUL character. */
  public static Reason nul() {
    return Reason.of(NUL, "The record has a NUL character; is the character set right?");
  }

  /** A malformed byte, counted from the record's start. */
  public static Reason encoding(CsvEncoding encoding, int at, byte value) {
    return Reason.of(
        ENCODING,
        String.format(
            java.util.Locale.ROOT,
            "Byte %d of the record (0x%02X) is not valid %s; is the character set right?",
            at,
            value & 0xFF,
            encoding.charset().name()));
  }

  /** A record over the limit, of which {@code kept} bytes are in the payload. */
  public static Reason recordTooLarge(long size, int limit, long kept) {
    String tail = kept < size ? "; the payload holds its first " + kept + " bytes" : "";
    return Reason.of(
        RECORD_TOO_LARGE,
        "The record has " + size + " bytes, more than the limit of " + limit + tail);
  }
}
