package dev.penstock.pipelines.infer;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a file seems to be laid out, from its first bytes and from what the user says.
 *
 * @param dialect the layout
 * @param notes what it was guessed from
 * @param guessedCharset whether the character set is a guess, which later bytes may disprove
 */
record DialectGuess(CsvDialect dialect, List<String> notes, boolean guessedCharset) {
  /** Bytes that are looked at. */
  static final int HEAD_BYTES = 1 << 18;

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int MOST_RECORDS = 200;

  /** Guesses what the base leaves open. */
  static DialectGuess of(
      byte[] head, CsvDialect base, boolean delimiterKnown, boolean charsetKnown) {
    List<String> notes = new ArrayList<>();
    CsvDialect dialect = base;
    if (!charsetKnown) {
      dialect = dialect.withCharset(charset(head, notes));
    }
    if (!delimiterKnown) {
      String text = new String(head, CsvEncoding.of(dialect.charset()).charset());
      dialect = delimiter(text, dialect, head.length < HEAD_BYTES, notes);
    }
    return new DialectGuess(dialect, notes, !charsetKnown);
  }

  private static String charset(byte[] head, List<String> notes) {
    if (head.length >= 2 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xFF) == 0xFE) {
      notes.add("The byte-order mark says UTF-16LE.");
      return "UTF-16LE";
    }
    if (head.length >= 2 && (head[0] & 0xFF) == 0xFE && (head[1] & 0xFF) == 0xFF) {
      notes.add("The byte-order mark says UTF-16BE.");
      return "UTF-16BE";
    }
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    // Western texts in UTF-16 have a zero in nearly every other byte.
    for (int high = 0; high < 2; high++) {
      if (zeros[high] > head.length / 4 && zeros[1 - high] == 0) {
        String name = high == 0 ? "UTF-16BE" : "UTF-16LE";
        notes.add("Every other byte is zero, so this seems to be " + name + ".");
        return name;
      }
    }
    int malformed = CsvEncoding.UTF_8.malformedAt(head, 0, head.length);
    if (malformed < 0 || malformed > head.length - 4 || isMostlyUtf8(head)) {
      return "UTF-8";
    }
    notes.add(
        "Byte "
            + malformed
            + " is not UTF-8, so this seems to be windows-1252; look at its letters.");
    return "windows-1252";
  }

  /** Whether more letters beyond ASCII are UTF-8 than are not: then those others are faults. */
  private static boolean isMostlyUtf8(byte[] head) {
    int letters = 0;
    int malformed = 0;
    int from = 0;
    while (from < head.length) {
      int next = CsvEncoding.UTF_8.malformedAt(head, from, head.length);
      int to = next < 0 ? head.length : next;
      for (int i = from; i < to; i++) {
        // The first byte of several; those that follow begin with the bits 10.
        letters += (head[i] & 0xC0) == 0xC0 ? 1 : 0;
      }
      malformed += next < 0 ? 0 : 1;
      from = to + 1;
    }
    return letters > malformed;
  }

  private static CsvDialect delimiter(
      String text, CsvDialect dialect, boolean whole, List<String> notes) {
    char best = ',';
    int bestShare = 0;
    int bestCount = 0;
    int records = 0;
    for (char delimiter : DELIMITERS) {
      if (delimiter == dialect.quote() || delimiter == dialect.escape()) {
        continue;
      }
      List<Integer> counts = counts(text, delimiter, dialect.quote(), whole);
      Map<Integer, Integer> shares = new HashMap<>();
      counts.forEach(count -> shares.merge(count, 1, Integer::sum));
      for (Map.Entry<Integer, Integer> share : shares.entrySet()) {
        boolean better =
            share.getValue() > bestShare
                || (share.getValue() == bestShare && share.getKey() > bestCount);
        if (share.getKey() > 1 && better) {
          best = delimiter;
          bestShare = share.getValue();
          bestCount = share.getKey();
          records = counts.size();
        }
      }
    }
    if (best != ',') {
      notes.add(
          "The delimiter seems to be "
              + name(best)
              + ": "
              + bestShare
              + " of the first "
              + records
              + " records have "
              + bestCount
              + " fields then.");
    }
    return dialect.withDelimiter(best);
  }

  static String name(char delimiter) {
    return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
  }

  /** Fields of each of the first records. */
  private static List<Integer> counts(String text, char delimiter, char quote, boolean whole) {
    List<Integer> counts = new ArrayList<>();
    boolean quoted = false;
    int fields = 1;
    int start = 0;
    for (int i = 0; i < text.length() && counts.size() < MOST_RECORDS; i++) {
      char c = text.charAt(i);
      if (c == quote) {
        quoted = !quoted;
      } else if (!quoted && c == delimiter) {
        fields++;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (i > start) {
          counts.add(fields);
        }
        fields = 1;
        start = i + 1;
      }
    }
    if (whole && start < text.length() && counts.size() < MOST_RECORDS) {
      counts.add(fields);
    }
    return counts;
  }

  /** The flags that csv-to-warehouse needs to read the file; empty for the usual layout. */
  String flags() {
    StringBuilder flags = new StringBuilder();
    CsvDialect usual = CsvDialect.rfc4180();
    if (dialect.delimiter() != usual.delimiter()) {
      flags.append(" --delimiter=").append(word(dialect.delimiter()));
    }
    if (dialect.quote() != usual.quote()) {
      flags.append(" --quote=").append(word(dialect.quote()));
    }
    if (dialect.escape() != usual.escape()) {
      flags.append(" --escape=").append(word(dialect.escape()));
    }
    if (!dialect.charset().equals(usual.charset())) {
      flags.append(" --charset=").append(dialect.charset());
    }
    return flags.append(dialect.header() ? "" : " --header=false").toString();
  }

  private static String word(char mark) {
    return switch (mark) {
      case '\0' -> "none";
      case '\t' -> "tab";
      case ' ' -> "space";
      case ';' -> "semicolon";
      case '|' -> "pipe";
      case '\\' -> "backslash";
      default -> "'" + mark + "'";
    };
  }
}
