package dev.penstock.io.file;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * A kind of files and how their records are found.
 *
 * @param <F> what a handler gets of a record
 */
interface FileFormat<F> extends Serializable {
  /** Name of the reading step in dead letters. */
  String step();

  /** Under whose name records are counted. */
  Class<?> metrics();

  /** Opens a file before its first record. */
  RecordCursor<F> open(MatchResult.Metadata file) throws IOException;

  /** Divides files of this kind. */
  FileSurveyor surveyor();

  /**
   * The range of a file's first records.
   *
   * @return the range, and how many records it has: as many as asked for, or all
   */
  default Head head(MatchResult.Metadata file, long records) throws IOException {
    try (RecordCursor<F> cursor = open(file)) {
      long count = 0;
      while (cursor.skip()) {
        if (count == records) {
          return new Head(FileRange.upTo(file, cursor.offset()), count);
        }
        count++;
      }
      return new Head(FileRange.whole(file), count);
    }
  }

  /**
   * The first records of a file.
   *
   * @param range where they are
   * @param count how many there are
   */
  record Head(FileRange range, long count) {}
}
