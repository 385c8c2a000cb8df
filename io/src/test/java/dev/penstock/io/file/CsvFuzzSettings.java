package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;

/**
 * How a fuzzed file is laid out and read: what the first bytes of an input say. Printable digits
 * choose the usual settings, so that seeds can be written by hand; zeros are RFC 4180.
 *
 * @param dialect layout of the file; it may contradict itself
 * @param fields fields of a good record; negative when any number will do
 * @param header whether a file that is read in parts has a header
 * @param inParts whether it is read in parts at all: seldom, because it takes long
 * @param bufferBytes size of the buffer of a second reading
 * @param blockBytes size of a part
 */
record CsvFuzzSettings(
    CsvDialect dialect,
    int fields,
    boolean header,
    boolean inParts,
    int bufferBytes,
    int blockBytes) {
  /** Bytes that are settings. */
  static final int BYTES = 7;

  private static final String DELIMITERS = ",;\t|¦ \u0001€a";
  private static final String QUOTES = "\"'\0þ€a";
  private static final String ESCAPES = "\0\\\"'^€";
  private static final int[] LIMITS = {8 << 20, 1, 2, 3, 5, 8, 13, 40, 100, 1000};

  static CsvFuzzSettings of(byte[] input) {
    int layout = choice(input, 5);
    CsvDialect dialect =
        CsvDialect.rfc4180()
            .withDelimiter(DELIMITERS.charAt(choice(input, 0) % DELIMITERS.length()))
            .withQuote(QUOTES.charAt(choice(input, 1) % QUOTES.length()))
            .withEscape(ESCAPES.charAt(choice(input, 2) % ESCAPES.length()))
            .withCharset(CsvDialect.charsets().get(choice(input, 3) % CsvDialect.charsets().size()))
            .withMaxRecordBytes(LIMITS[choice(input, 4) % LIMITS.length]);
    return new CsvFuzzSettings(
        dialect,
        layout % 6 - 1,
        layout / 6 % 2 == 0,
        layout / 12 == 1,
        4 + choice(input, 6) % 50,
        1 + choice(input, 6));
  }

  /** The setting at this place, where the digit 0 is as good as the byte 0. */
  private static int choice(byte[] input, int place) {
    return (input[place] - '0') & 0xFF;
  }
}
