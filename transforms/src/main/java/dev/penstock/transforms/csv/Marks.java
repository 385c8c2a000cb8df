package dev.penstock.transforms.csv;

/**
 * The bytes that mean something in a dialect: delimiter, quote, escape, line ends and NUL. In the
 * single-byte sets and UTF-8 a table tells most of them by their first byte; a delimiter or quote
 * outside of ASCII takes several bytes in UTF-8 and is then compared in full.
 */
final class Marks {
  static final int ORDINARY = 0;
  static final int DELIMITER = 1;
  static final int QUOTE = 2;
  static final int LINE_END = 3;
  static final int NUL = 4;
  static final int ESCAPE = 5;

  /** Beyond the text. */
  static final int NOTHING = 6;

  /** First byte, or high unit, of a mark that the table cannot tell. */
  private static final byte LEAD = 7;

  private final boolean wide;
  private final int high;
  private final byte[] delimiter;
  private final byte[] quote;
  private final byte[] escape;
  private final boolean ascii;
  private final byte[] plainKinds = new byte[256];
  private final byte[] quotedKinds = new byte[256];

  Marks(CsvDialect dialect, CsvEncoding encoding) {
    this.wide = encoding.width() == 2;
    this.high = encoding == CsvEncoding.UTF_16LE ? 1 : 0;
    this.delimiter = encode(dialect.delimiter(), encoding);
    this.quote = encode(dialect.quote(), encoding);
    // A quote that escapes quotes is the doubling that is understood anyway.
    this.escape = encode(dialect.escape() == dialect.quote() ? '\0' : dialect.escape(), encoding);
    this.ascii = dialect.delimiter() < 128 && dialect.quote() < 128 && dialect.escape() < 128;
    for (byte[] kinds : new byte[][] {plainKinds, quotedKinds}) {
      kinds[0] = NUL;
      kinds['\r'] = LINE_END;
      kinds['\n'] = LINE_END;
      put(kinds, quote, QUOTE);
    }
    put(plainKinds, delimiter, DELIMITER);
    put(quotedKinds, escape, ESCAPE);
  }

  private static byte[] encode(char mark, CsvEncoding encoding) {
    return mark == '\0' ? new byte[0] : String.valueOf(mark).getBytes(encoding.charset());
  }

  private void put(byte[] kinds, byte[] mark, int kind) {
    if (mark.length == 0) {
      return;
    }
    if (!wide) {
      kinds[mark[0] & 0xFF] = mark.length == 1 ? (byte) kind : LEAD;
    } else if (unit(mark, 0) < kinds.length) {
      kinds[unit(mark, 0)] = (byte) kind;
    }
  }

  /** Whether no mark has a byte beyond ASCII. */
  boolean ascii() {
    return ascii;
  }

  /** Bytes of the longest mark. */
  int longest() {
    return Math.max(delimiter.length, quote.length);
  }

  int delimiterLength() {
    return delimiter.length;
  }

  int quoteLength() {
    return quote.length;
  }

  int escapeLength() {
    return escape.length;
  }

  byte[] plainKinds() {
    return plainKinds;
  }

  byte[] quotedKinds() {
    return quotedKinds;
  }

  /** What stands at i outside of a quoted field. */
  int plain(byte[] bytes, int i, int stop) {
    int kind = kind(plainKinds, bytes, i, stop);
    if (kind != LEAD) {
      return kind;
    }
    return at(delimiter, bytes, i, stop) ? DELIMITER : at(quote, bytes, i, stop) ? QUOTE : ORDINARY;
  }

  /** What stands at i inside a quoted field. */
  int quoted(byte[] bytes, int i, int stop) {
    int kind = kind(quotedKinds, bytes, i, stop);
    if (kind != LEAD) {
      return kind;
    }
    return at(quote, bytes, i, stop) ? QUOTE : at(escape, bytes, i, stop) ? ESCAPE : ORDINARY;
  }

  private int kind(byte[] kinds, byte[] bytes, int i, int stop) {
    if (i >= stop) {
      return NOTHING;
    }
    if (!wide) {
      return kinds[bytes[i] & 0xFF];
    }
    int unit = unit(bytes, i);
    return unit < kinds.length ? kinds[unit] : LEAD;
  }

  private static boolean at(byte[] mark, byte[] bytes, int i, int stop) {
    if (mark.length == 0 || stop - i < mark.length) {
      return false;
    }
    for (int k = 0; k < mark.length; k++) {
      if (bytes[i + k] != mark[k]) {
        return false;
      }
    }
    return true;
  }

  /** The UTF-16 code unit at i. */
  int unit(byte[] bytes, int i) {
    return ((bytes[i + high] & 0xFF) << 8) | (bytes[i + 1 - high] & 0xFF);
  }

  /** Whether a UTF-16 code unit is certainly no mark. */
  boolean ordinary(byte[] kinds, int unit) {
    return unit < kinds.length
        ? kinds[unit] == ORDINARY
        : (quote.length == 0 || unit != unit(quote, 0))
            && unit != unit(delimiter, 0)
            && (escape.length == 0 || unit != unit(escape, 0));
  }

  boolean isCarriageReturn(byte[] bytes, int i) {
    return (wide ? unit(bytes, i) : bytes[i]) == '\r';
  }

  boolean isLineFeed(byte[] bytes, int i) {
    return (wide ? unit(bytes, i) : bytes[i]) == '\n';
  }
}
