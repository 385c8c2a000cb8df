package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import java.util.List;

/**
 * Reads CSV files into records with positions: the bytes of each record as they stand in the file.
 *
 * <pre>{@code
 * Outcome<SourceRecord> records =
 *     pipeline.apply(
 *         ReadCsv.from("loans-*.csv.gz").withDialect(CsvDialect.rfc4180().withDelimiter(';')));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Quoted fields may hold line ends; records end with LF, CRLF or CR, also
 * mixed. Every byte of a file belongs to a record, to a line end, to a blank line, to the header or
 * to the byte-order mark. Bad records are dead-lettered with their bytes, and reading goes on with
 * the next one; see {@code docs/csv.md} for where that is. Offsets count bytes of the decompressed
 * file. Files named {@code .gz}, {@code .bz2}, {@code .zst} (and what else Beam detects) are
 * decompressed. A file that several patterns match is read once. A file that cannot be read to its
 * end fails the run.
 *
 * <p><b>Dead letters.</b> {@code CSV_STRAY_QUOTE}, {@code CSV_UNCLOSED_QUOTE}, {@code
 * CSV_FIELD_COUNT}, {@code CSV_NUL}, {@code CSV_ENCODING}, {@code CSV_RECORD_TOO_LARGE}.
 *
 * <p>A large file is read by several workers at once, quoted line ends included: a first pass, also
 * spread over the workers, finds where records begin ({@link #withSplitBytes}). Records, record
 * numbers and offsets are those of a reader that starts at the beginning, whatever the file holds.
 * Compressed files are read by one worker each.
 *
 * <p><b>Cost.</b> One pass over the bytes and one copy of each record, in memory bounded by about
 * twelve times the record limit; the pass that divides large files skips from line end to line end
 * where it meets no quote.
 */
@AutoValue
public abstract class ReadCsv extends ReadRecords<CsvScanner> {
  private static final long serialVersionUID = 1L;

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadCsv from(String... globs) {
    return from(List.of(globs));
  }

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadCsv from(List<String> globs) {
    return new AutoValue_ReadCsv.Builder()
        .setGlobs(checked("ReadCsv", globs))
        .setDialect(CsvDialect.rfc4180())
        .setColumnCount(0)
        .setSplitSize(SplitSize.automatic())
        .setMaxRecords(0)
        .build();
  }

  abstract CsvDialect dialect();

  abstract int columnCount();

  abstract Builder toBuilder();

  /** Reads files laid out like this. */
  public ReadCsv withDialect(CsvDialect dialect) {
    return toBuilder().setDialect(dialect.check()).build();
  }

  /**
   * Demands this many fields of each record of files without a header. (With a header, its columns
   * are counted.) Without it the first step to notice a wrong count is {@code ParseCsv}.
   */
  public ReadCsv withColumnCount(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("A record has at least 1 column, not " + columns);
    }
    return toBuilder().setColumnCount(columns).build();
  }

  /**
   * Divides files that are larger than this into parts of this size, 64 MiB by default; 0 reads
   * each file in one go.
   */
  public ReadCsv withSplitBytes(long bytes) {
    return toBuilder().setSplitSize(SplitSize.ofBytes(bytes)).build();
  }

  /**
   * Reads no more than the first records of the input, files in order of their names; 0, the
   * default, reads all. What comes behind them is not read, and not in the ledger.
   */
  public ReadCsv withMaxRecords(long records) {
    return toBuilder().setMaxRecords(checked(records)).build();
  }

  @Override
  CsvFormat format() {
    return new CsvFormat(dialect(), columnCount());
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setGlobs(List<String> value);

    abstract Builder setDialect(CsvDialect value);

    abstract Builder setColumnCount(int value);

    abstract Builder setSplitSize(SplitSize value);

    abstract Builder setMaxRecords(long value);

    abstract ReadCsv build();
  }
}
