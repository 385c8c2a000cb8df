package dev.penstock.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MetadataCoderV2;

/**
 * Records of one file that one worker reads: those that begin at or after {@code from} and before
 * {@code to}.
 *
 * @param file the file as it was found
 * @param from where the first record begins; 0 for the first record of the file
 * @param to where the first record of the next range begins, or {@link #END}
 * @param recordsBefore records of the file before this range
 * @param ahead bytes by which offsets are ahead of places in the file; 0 for text
 */
record FileRange(MatchResult.Metadata file, long from, long to, long recordsBefore, long ahead) {
  /** A place behind every record. */
  static final long END = Long.MAX_VALUE;

  /** All records of a file. */
  static FileRange whole(MatchResult.Metadata file) {
    return new FileRange(file, 0, END, 0, 0);
  }

  /** Bytes of a file, wherever its records begin. */
  static FileRange block(MatchResult.Metadata file, long from, long to) {
    return new FileRange(file, from, to, 0, 0);
  }

  /** The records of a file before the one that begins here. */
  static FileRange upTo(MatchResult.Metadata file, long to) {
    return new FileRange(file, 0, to, 0, 0);
  }

  String source() {
    return file.resourceId().toString();
  }

  /** Files, places and counts in their shortest form. */
  static final class RangeCoder extends AtomicCoder<FileRange> {
    private static final long serialVersionUID = 1L;
    private static final MetadataCoderV2 FILES = MetadataCoderV2.of();
    private static final VarLongCoder NUMBERS = VarLongCoder.of();

    @Override
    public void encode(FileRange range, OutputStream out) throws IOException {
      FILES.encode(range.file(), out);
      NUMBERS.encode(range.from(), out);
      NUMBERS.encode(range.to(), out);
      NUMBERS.encode(range.recordsBefore(), out);
      NUMBERS.encode(range.ahead(), out);
    }

    @Override
    public FileRange decode(InputStream in) throws IOException {
      return new FileRange(
          FILES.decode(in),
          NUMBERS.decode(in),
          NUMBERS.decode(in),
          NUMBERS.decode(in),
          NUMBERS.decode(in));
    }
  }
}
