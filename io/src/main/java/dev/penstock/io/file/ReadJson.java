package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.ledger.RecordBytes;
import java.util.List;

/**
 * Reads files of JSON lines into records with positions: the bytes of each line as they stand in
 * the file.
 *
 * <pre>{@code
 * Outcome<SourceRecord> records = pipeline.apply(ReadJson.from("loans-*.jsonl.gz"));
 * }</pre>
 *
 * <p><b>Guarantees.</b> A record is a line; lines end with LF or CRLF, and blank ones are skipped.
 * Every byte of a file belongs to a record, to a line end, to a blank line or to the byte-order
 * mark. Whether a line is JSON is for {@code ParseJson} to say. Offsets count bytes of the
 * decompressed file. Files named {@code .gz}, {@code .bz2}, {@code .zst} (and what else Beam
 * detects) are decompressed. A file that several patterns match is read once. A file that cannot be
 * read to its end fails the run, and so does one that begins with the byte-order mark of UTF-16.
 *
 * <p><b>Dead letters.</b> {@code JSON_RECORD_TOO_LARGE}.
 *
 * <p>A large file is read by several workers at once ({@link #withSplitBytes}), compressed files by
 * one worker each.
 *
 * <p><b>Cost.</b> One pass over the bytes and one copy of each record, in memory bounded by about
 * eight times the record limit; for files that are divided another pass that counts lines.
 */
@AutoValue
public abstract class ReadJson extends ReadRecords<RecordBytes> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_RECORD_BYTES = 8 << 20;

  /** A record is kept up to four times the limit, in a buffer that doubles. */
  private static final int MOST_RECORD_BYTES = 64 << 20;

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadJson from(String... globs) {
    return from(List.of(globs));
  }

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadJson from(List<String> globs) {
    return new AutoValue_ReadJson.Builder()
        .setGlobs(checked("ReadJson", globs))
        .setMaxRecordBytes(MAX_RECORD_BYTES)
        .setSplitSize(SplitSize.automatic())
        .setMaxRecords(0)
        .build();
  }

  abstract int maxRecordBytes();

  abstract Builder toBuilder();

  /** Rejects records of more bytes than this; 8 MiB by default, and at most 64 MiB. */
  public ReadJson withMaxRecordBytes(int bytes) {
    if (bytes < 1 || bytes > MOST_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "A record may have from 1 to " + MOST_RECORD_BYTES + " bytes, not " + bytes);
    }
    return toBuilder().setMaxRecordBytes(bytes).build();
  }

  /**
   * Divides files that are larger than this into parts of this size; by default 8 to 64 MiB, the
   * more the larger the file is. 0 reads each file in one go.
   */
  public ReadJson withSplitBytes(long bytes) {
    return toBuilder().setSplitSize(SplitSize.ofBytes(bytes)).build();
  }

  /**
   * Reads no more than the first records of the input, files in order of their names; 0, the
   * default, reads all. What comes behind them is not read, and not in the ledger.
   */
  public ReadJson withMaxRecords(long records) {
    return toBuilder().setMaxRecords(checked(records)).build();
  }

  @Override
  JsonFormat format() {
    return new JsonFormat(maxRecordBytes());
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setGlobs(List<String> value);

    abstract Builder setMaxRecordBytes(int value);

    abstract Builder setSplitSize(SplitSize value);

    abstract Builder setMaxRecords(long value);

    abstract ReadJson build();
  }
}
