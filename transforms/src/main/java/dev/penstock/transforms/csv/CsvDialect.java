package dev.penstock.transforms.csv;

import com.google.auto.value.AutoValue;
import java.io.Serializable;

/**
 * How a CSV text is laid out. The default is RFC 4180: comma, double quotes doubled inside quoted
 * fields, a header, UTF-8.
 */
@AutoValue
public abstract class CsvDialect implements Serializable {
  private static final int DEFAULT_MAX_RECORD_BYTES = 8 * 1024 * 1024;

  /** RFC 4180 with a header, in UTF-8, records of at most 8 MiB. */
  public static CsvDialect rfc4180() {
    return builder()
        .setDelimiter(',')
        .setQuote('"')
        .setEscape('\0')
        .setCharset("UTF-8")
        .setHeader(true)
        .setMaxRecordBytes(DEFAULT_MAX_RECORD_BYTES)
        .build();
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

  abstract Builder toBuilder();

  private static Builder builder() {
    return new AutoValue_CsvDialect.Builder();
  }

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
