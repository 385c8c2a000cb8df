package dev.penstock.transforms.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The CSV grammar: finds the end and the fields of one record in bytes. The reader uses it to frame
 * records, the parser to split them. It works on the bytes of the file's own encoding, so that
 * offsets are exact and nothing is decoded that nobody asks for.
 *
 * <pre>{@code
 * CsvScanner scanner = CsvScanner.of(dialect, CsvEncoding.of(dialect.charset()));
 * if (scanner.scan(bytes, 0, bytes.length, true) == CsvScanner.Status.COMPLETE) {
 *   String first = scanner.text(0);
 * }
 * }</pre>
 *
 * <p>A scanner is reused for one record after the other, by one thread. It takes one pass over the
 * bytes of a record and allocates nothing until {@link #text} is called; texts that a field repeats
 * are often the same string.
 */
public final class CsvScanner {
  /** What a scan found. */
  public enum Status {
    /** A whole record. */
    COMPLETE,
    /** A quote in an unquoted field, or something else than a delimiter after a closing quote. */
    STRAY_QUOTE,
    /** The bytes ended inside a quoted field. */
    IN_QUOTES,
    /** The bytes ended outside of quoted fields, and more may follow. */
    MORE
  }

  /** Fields of a record that are kept; those beyond are only counted. */
  public static final int MAX_FIELDS = 65_536;

  /** Fields whose repeated texts are looked for: enough for most files, little for the widest. */
  private static final int WATCHED_FIELDS = 64;

  private static final byte[] EMPTY = {};

  private final Marks marks;
  private final Charset charset;
  private final int width;

  private byte[] bytes = EMPTY;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private boolean[] quoted = new boolean[32];
  private boolean[] escaped = new boolean[32];
  private byte[] scratch = new byte[256];
  private final @Nullable RepeatedTexts[] repeated = new @Nullable RepeatedTexts[WATCHED_FIELDS];
  private int count;
  private int end;
  private int next;
  private int fault;
  private int firstLineEnd;
  private boolean nul;
  private boolean escapes;
  private int seen;

  private CsvScanner(CsvDialect dialect, CsvEncoding encoding) {
    this.marks = new Marks(dialect, encoding);
    this.charset = encoding.charset();
    this.width = encoding.width();
  }

  /** A scanner for this dialect; the encoding may differ where a byte-order mark decides it. */
  public static CsvScanner of(CsvDialect dialect, CsvEncoding encoding) {
    return new CsvScanner(dialect, encoding);
  }

  /**
   * Scans the record that starts at {@code from}.
   *
   * @param last whether the text ends at {@code to}; otherwise more bytes may follow
   */
  public Status scan(byte[] text, int from, int to, boolean last) {
    reset(text);
    int stop = to - (to - from) % width;
    int i = from;
    while (true) {
      boolean inQuotes = marks.plain(text, i, stop) == Marks.QUOTE;
      int start = i;
      if (inQuotes) {
        start += marks.quoteLength();
        i = closingQuote(start, stop, last);
        if (i < 0) {
          return Status.IN_QUOTES;
        }
        addField(start, i, true);
        i += marks.quoteLength();
      } else {
        i = endOfUnquoted(i, stop);
        if (i < stop || last) {
          addField(start, i < stop ? i : to, false);
        }
      }
      int kind = marks.plain(text, i, stop);
      if (kind == Marks.DELIMITER) {
        i += marks.delimiterLength();
      } else if (kind == Marks.LINE_END) {
        return lineEnd(i, stop, last);
      } else if (i < stop) {
        fault = i;
        // The first bytes of a delimiter or quote whose others are still to come are no fault.
        return last || stop - i >= marks.longest() ? Status.STRAY_QUOTE : Status.IN_QUOTES;
      } else if (last) {
        return complete(to, to);
      } else {
        return Status.MORE;
      }
    }
  }

  private void reset(byte[] text) {
    bytes = text;
    count = 0;
    fault = -1;
    firstLineEnd = -1;
    nul = false;
    // Marks are skipped without a look at their bytes.
    seen = marks.ascii() ? 0 : -1;
  }

  private Status lineEnd(int i, int stop, boolean last) {
    if (!last && i + width >= stop && marks.isCarriageReturn(bytes, i)) {
      return Status.MORE;
    }
    return complete(i, i + lineEndLength(bytes, i, stop));
  }

  private Status complete(int recordEnd, int following) {
    end = recordEnd;
    next = following;
    return Status.COMPLETE;
  }

  private int endOfUnquoted(int from, int stop) {
    int i = from;
    while (true) {
      i = skip(marks.plainKinds(), i, stop);
      if (i >= stop) {
        return stop;
      }
      int kind = marks.plain(bytes, i, stop);
      if (kind == Marks.NUL) {
        nul = true;
      } else if (kind != Marks.ORDINARY) {
        return i;
      } else {
        seen |= bytes[i];
      }
      i += width;
    }
  }

  /** Index of the quote that closes the field, or -1 when the bytes end before that is certain. */
  private int closingQuote(int from, int stop, boolean last) {
    escapes = false;
    int i = from;
    while (true) {
      i = skip(marks.quotedKinds(), i, stop);
      if (i >= stop) {
        return -1;
      }
      int kind = marks.quoted(bytes, i, stop);
      if (kind == Marks.QUOTE) {
        int after = i + marks.quoteLength();
        if (after >= stop) {
          return last ? i : -1;
        }
        if (marks.quoted(bytes, after, stop) != Marks.QUOTE) {
          return i;
        }
        escapes = true;
        i = after + marks.quoteLength();
      } else if (kind == Marks.ESCAPE) {
        escapes = true;
        i += marks.escapeLength();
        if (i < stop) {
          i = literal(i, stop);
        }
      } else {
        i = literal(i, stop);
      }
    }
  }

  /** Takes one character of a quoted field as it is, whatever it is. */
  private int literal(int i, int stop) {
    switch (marks.quoted(bytes, i, stop)) {
      case Marks.QUOTE -> {
        return i + marks.quoteLength();
      }
      case Marks.ESCAPE -> {
        return i + marks.escapeLength();
      }
      case Marks.NUL -> nul = true;
      case Marks.LINE_END -> firstLineEnd = firstLineEnd < 0 ? i : firstLineEnd;
      default -> seen |= bytes[i];
    }
    return i + width;
  }

  private int skip(byte[] kinds, int from, int stop) {
    int i = from;
    if (width == 1) {
      byte[] text = bytes;
      int all = 0;
      while (i < stop && kinds[text[i] & 0xFF] == Marks.ORDINARY) {
        all |= text[i++];
      }
      seen |= all;
      return i;
    }
    while (i < stop && marks.ordinary(kinds, marks.unit(bytes, i))) {
      i += 2;
    }
    return i;
  }

  private void addField(int start, int finish, boolean inQuotes) {
    if (count < MAX_FIELDS) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
        quoted = Arrays.copyOf(quoted, count * 2);
        escaped = Arrays.copyOf(escaped, count * 2);
      }
      starts[count] = start;
      ends[count] = finish;
      quoted[count] = inQuotes;
      escaped[count] = inQuotes && escapes;
    }
    count++;
  }

  /** Index of the first line end from here on, quoted or not, or {@code to} when there is none. */
  public int lineEndIn(byte[] text, int from, int to) {
    int i = from;
    int stop = to - (to - from) % width;
    while (i < stop && !marks.isCarriageReturn(text, i) && !marks.isLineFeed(text, i)) {
      i += width;
    }
    return i < stop ? i : to;
  }

  /** Bytes of the line end at this index: CR LF counts as one; 0 at {@code to}. */
  public int lineEndLength(byte[] text, int at, int to) {
    if (to - at < width) {
      return 0;
    }
    boolean pair =
        marks.isCarriageReturn(text, at)
            && to - at >= 2 * width
            && marks.isLineFeed(text, at + width);
    return pair ? 2 * width : width;
  }

  /** Index after the last byte of the record, without its line end. */
  public int end() {
    return end;
  }

  /** Index of the byte after the record's line end. */
  public int next() {
    return next;
  }

  /** Number of fields so far. */
  public int fieldCount() {
    return count;
  }

  /** Index of the byte that made the scan stop with {@link Status#STRAY_QUOTE}. */
  public int faultAt() {
    return fault;
  }

  /** Index of the first line end inside a quoted field, or -1 when there is none. */
  public int firstLineEnd() {
    return firstLineEnd;
  }

  /** Whether a NUL character was seen. */
  public boolean hasNul() {
    return nul;
  }

  /** Whether the bytes are all below 128, so that the encoding cannot be malformed. */
  public boolean ascii() {
    return width == 1 && seen >= 0;
  }

  /** Whether the field at this index, counted from 0, is quoted. */
  public boolean quoted(int field) {
    return quoted[field];
  }

  /** Whether the field has no characters. */
  public boolean empty(int field) {
    return starts[field] == ends[field];
  }

  /** The characters of a field, without its quotes and escapes. */
  public String text(int field) {
    int from = starts[field];
    int to = ends[field];
    if (!escaped[field]) {
      return canRepeat(field, to - from)
          ? repeated(field).of(bytes, from, to - from)
          : decode(bytes, from, to - from);
    }
    if (scratch.length < to - from) {
      scratch = new byte[to - from];
    }
    return decode(scratch, 0, unescape(from, to));
  }

  private boolean canRepeat(int field, int length) {
    return field < WATCHED_FIELDS && length > 0 && length <= RepeatedTexts.LONGEST && ascii();
  }

  private RepeatedTexts repeated(int field) {
    RepeatedTexts texts = repeated[field];
    if (texts == null) {
      texts = new RepeatedTexts();
      repeated[field] = texts;
    }
    return texts;
  }

  private int unescape(int from, int to) {
    int length = 0;
    int i = from;
    while (i < to) {
      int kind = marks.quoted(bytes, i, to);
      if (kind == Marks.QUOTE) {
        // The first of two: the second is the character that is meant.
        i += marks.quoteLength();
      } else if (kind == Marks.ESCAPE) {
        i += marks.escapeLength();
        kind = marks.quoted(bytes, i, to);
      }
      int size =
          kind == Marks.QUOTE
              ? marks.quoteLength()
              : kind == Marks.ESCAPE ? marks.escapeLength() : width;
      System.arraycopy(bytes, i, scratch, length, size);
      length += size;
      i += size;
    }
    return length;
  }

  private String decode(byte[] from, int offset, int length) {
    // Latin-1 is what the JVM stores ASCII text as: a plain copy.
    return new String(from, offset, length, ascii() ? StandardCharsets.ISO_8859_1 : charset);
  }
}
