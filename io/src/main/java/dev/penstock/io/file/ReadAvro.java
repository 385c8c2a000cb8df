package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.ledger.RecordBytes;
import java.util.List;

/**
 * Reads Avro object container files into records with positions. A record's payload is the JSON
 * object that says the same, since Avro has no bytes of a record that could be read on their own;
 * {@code ParseJson} makes rows of it.
 *
 * <pre>{@code
 * Outcome<Row> rows =
 *     pipeline
 *         .apply(ReadAvro.from("loans-*.avro"))
 *         .accepted()
 *         .apply(ParseJson.to(contract).withIsoFirst(true));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Each file's own schema is used, with its logical types: decimals digit by
 * digit, dates, times and timestamps in ISO 8601. Enums are texts, maps and nested records are
 * objects, bytes are Base64, and a union is what it holds. A record's offset is that of its block
 * plus its index in the block (where a block has more records than bytes, what follows is pushed
 * back by the difference): unique in the file, and the same in every run. A file that several
 * patterns match is read once. A file that cannot be read to its end fails the run.
 *
 * <p><b>Dead letters.</b> {@code AVRO_RECORD_TOO_LARGE}.
 *
 * <p>A large file is read by several workers at once, divided between its blocks ({@link
 * #withSplitBytes}).
 *
 * <p><b>Cost.</b> One pass over the blocks, with a block and the text of a record in memory; for
 * files that are divided another pass that looks at the blocks' heads.
 */
@AutoValue
public abstract class ReadAvro extends ReadRecords<RecordBytes> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_RECORD_BYTES = 8 << 20;

  /** A record is kept up to four times the limit. */
  private static final int MOST_RECORD_BYTES = 64 << 20;

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadAvro from(String... globs) {
    return from(List.of(globs));
  }

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadAvro from(List<String> globs) {
    return new AutoValue_ReadAvro.Builder()
        .setGlobs(checked("ReadAvro", globs))
        .setMaxRecordBytes(MAX_RECORD_BYTES)
        .setSplitSize(SplitSize.automatic())
        .setMaxRecords(0)
        .build();
  }

  abstract int maxRecordBytes();

  abstract Builder toBuilder();

  /** Rejects records of more bytes, as JSON, than this; 8 MiB by default, and at most 64 MiB. */
  public ReadAvro withMaxRecordBytes(int bytes) {
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
  public ReadAvro withSplitBytes(long bytes) {
    return toBuilder().setSplitSize(SplitSize.ofBytes(bytes)).build();
  }

  /**
   * Reads no more than the first records of the input, files in order of their names; 0, the
   * default, reads all. What comes behind them is not read, and not in the ledger.
   */
  public ReadAvro withMaxRecords(long records) {
    return toBuilder().setMaxRecords(checked(records)).build();
  }

  @Override
  AvroFormat format() {
    return new AvroFormat(maxRecordBytes());
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setGlobs(List<String> value);

    abstract Builder setMaxRecordBytes(int value);

    abstract Builder setSplitSize(SplitSize value);

    abstract Builder setMaxRecords(long value);

    abstract ReadAvro build();
  }
}
