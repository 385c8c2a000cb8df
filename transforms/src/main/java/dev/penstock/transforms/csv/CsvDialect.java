package dev.penstock.transforms.csv;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a CSV text is laid out. The default is RFC 4180: comma, double quotes doubled inside quoted
 * fields, a header, UTF-8.
 *
 * <pre>{@code
 * CsvDialect german =
 *     CsvDialect.rfc4180().withDelimiter(';').withCharset("windows-1252");
 * }</pre>
 *
 * <p>Each {@code withX} checks its own value at once. What concerns several settings together (the
 * delimiter may not be the quote, say) is told by {@link #problems}, so that the order of the
 * settings does not matter; every transform that takes a dialect {@linkplain #check checks} it.
 *
 * <p>A doubled quote inside a quoted field always stands for one quote, with or without an {@link
 * #escape}. Outside of quoted fields the escape character means itself.
 */
@AutoValue
public abstract class CsvDialect implements Serializable {
  /** Largest value of {@link #withMaxRecordBytes}: 64 MiB. */
  public static final int LARGEST_MAX_RECORD_BYTES = 64 * 1024 * 1024;

  private static final int DEFAULT_MAX_RECORD_BYTES = 8 * 1024 * 1024;
  private static final List<String> CHARSETS =
      List.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252");
  private static final Map<String, Character> NAMED =
      Map.of(
          "comma",
          ',',
          "semicolon",
          ';',
          "tab",
          '\t',
          "\\t",
          '\t',
          "pipe",
          '|',
          "space",
          ' ',
          "backslash",
          '\\',
          "none",
          '\0');

  /** RFC 4180 with a header, in UTF-8, records of at most 8 MiB. */
  public static CsvDialect rfc4180() {
    return new AutoValue_CsvDialect.Builder()
        .setDelimiter(',')
        .setQuote('"')
        .setEscape('\0')
        .setCharset("UTF-8")
        .setHeader(true)
        .setMaxRecordBytes(DEFAULT_MAX_RECORD_BYTES)
        .build();
  }

  /** Names of the character sets that {@link #withCharset} takes. */
  public static List<String> charsets() {
    return CHARSETS;
  }

  /**
   * The character that a command-line flag names: the character itself, or one of the words comma,
   * semicolon, tab (also {@code \t}), pipe, space, backslash and none.
   */
  public static char character(String text) {
    if (text.length() == 1) {
      return text.charAt(0);
    }
    Character named = NAMED.get(text.toLowerCase(Locale.ROOT));
    if (named == null) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not one character; give a single character or one of comma, semicolon, tab,"
              + " pipe, space, backslash, none");
    }
    return named;
  }

  /** Character between fields. */
  public abstract char delimiter();

  /** Character around fields that hold delimiters, quotes or line ends; {@code '\0'} for none. */
  public abstract char quote();

  /**
   * Character that makes the next one literal inside a quoted field; {@code '\0'} when quotes are
   * escaped by doubling them.
   */
  public abstract char escape();

  /** Character set: UTF-8, UTF-16, UTF-16LE, UTF-16BE, ISO-8859-1 or windows-1252. */
  public abstract String charset();

  /** Whether the first record of each file names the columns. */
  public abstract boolean header();

  /** Largest record in bytes; a longer one is dead-lettered. */
  public abstract int maxRecordBytes();

  /** The same dialect with this character between fields. */
  public final CsvDialect withDelimiter(char delimiter) {
    if (delimiter == '\0') {
      throw new IllegalArgumentException("The delimiter cannot be none; the usual one is ','");
    }
    return toBuilder().setDelimiter(mark("delimiter", delimiter)).build();
  }

  /** The same dialect with this quote character; {@code '\0'} makes quotes ordinary characters. */
  public final CsvDialect withQuote(char quote) {
    return toBuilder().setQuote(mark("quote", quote)).build();
  }

  /**
   * The same dialect with this escape character for quoted fields; {@code '\0'} or the quote itself
   * leaves it at doubled quotes.
   */
  public final CsvDialect withEscape(char escape) {
    return toBuilder().setEscape(mark("escape", escape)).build();
  }

  /**
   * The same dialect in this character set (see {@link #charsets}). A byte-order mark at the start
   * of a file is skipped; for UTF-16 it decides the byte order, which is big-endian without one.
   */
  public final CsvDialect withCharset(String charset) {
    for (String known : CHARSETS) {
      if (known.equalsIgnoreCase(charset)) {
        return toBuilder().setCharset(known).build();
      }
    }
    throw new IllegalArgumentException(
        "Character set '" + charset + "' is not supported; use one of " + CHARSETS);
  }

  /** The same dialect with or without a first record that names the columns. */
  public final CsvDialect withHeader(boolean header) {
    return toBuilder().setHeader(header).build();
  }

  /** The same dialect with this limit on the size of a record, in bytes. */
  public final CsvDialect withMaxRecordBytes(int bytes) {
    if (bytes < 1 || bytes > LARGEST_MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "The record limit is " + bytes + " bytes, not 1 to " + LARGEST_MAX_RECORD_BYTES);
    }
    return toBuilder().setMaxRecordBytes(bytes).build();
  }

  /** What is wrong with the settings taken together; empty for a usable dialect. */
  public final List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (delimiter() == quote()) {
      problems.add("Delimiter and quote are both '" + quote() + "'; they must differ");
    }
    if (escape() != '\0' && delimiter() == escape()) {
      problems.add("Delimiter and escape are both '" + escape() + "'; they must differ");
    }
    if (escape() != '\0' && quote() == '\0') {
      problems.add(
          "The escape '" + escape() + "' works inside quoted fields, but the quote is none");
    }
    CharsetEncoder encoder = CsvEncoding.of(charset()).charset().newEncoder();
    for (char mark : new char[] {delimiter(), quote(), escape()}) {
      if (!encoder.canEncode(mark)) {
        problems.add("The character '" + mark + "' does not exist in " + charset());
      }
    }
    return problems;
  }

  /**
   * This dialect, when its settings fit together.
   *
   * @throws IllegalArgumentException with all {@link #problems} otherwise
   */
  public final CsvDialect check() {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("CSV dialect: " + String.join("; ", problems));
    }
    return this;
  }

  private static char mark(String what, char value) {
    if (value == '\n' || value == '\r' || Character.isSurrogate(value) || value == '\uFEFF') {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "U+%04X cannot be the %s: line ends, surrogates and byte-order marks cannot",
              (int) value,
              what));
    }
    return value;
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setDelimiter(char value);

    abstract Builder setQuote(char value);

    abstract Builder setEscape(char value);

    abstract Builder setCharset(String value);

    abstract Builder setHeader(boolean value);

    abstract Builder setMaxRecordBytes(int value);

    abstract CsvDialect build();
  }
}
