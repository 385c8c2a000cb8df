package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Divides a file into ranges of whole records, so that reading the ranges gives exactly what
 * reading the file from its beginning gives.
 *
 * <p>Where a record begins cannot be told from the middle of a file: a line end may stand within
 * quotes. But framing depends on nothing before the place where it begins, so two readers that ever
 * begin a record at the same place agree from there on, and readers that begin wrongly soon do.
 * Each block is therefore surveyed on its own from its first line end on, and then {@linkplain
 * #ranges joined}: from the true first record of a block, records are skipped until one begins
 * where the survey saw one begin. That is at once, unless the block begins within quotes; where it
 * never happens the block has been walked from end to end, so the result is exact for any bytes.
 */
final class FileSurveyor implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Places that a survey keeps: enough for a reader to meet it after a very long quoted field. */
  private static final int KEPT_STARTS = 1024;

  private final CsvDialect dialect;
  private final int columnCount;

  FileSurveyor(CsvDialect dialect, int columnCount) {
    this.dialect = dialect;
    this.columnCount = columnCount;
  }

  /** Frames the records of one block of a file that can be read from anywhere. */
  BlockSurvey survey(MatchResult.Metadata file, long from, long to) throws IOException {
    try (CsvCursor cursor = CsvCursor.open(file, dialect, columnCount)) {
      RecordFramer framer = cursor.framer();
      if (from > 0 && !seekFirstLine(framer, from)) {
        return new BlockSurvey(from, to, new long[0], 0, FileRange.END);
      }
      long[] starts = new long[KEPT_STARTS];
      long count = 0;
      long next = FileRange.END;
      while (framer.skip()) {
        if (framer.offset() >= to) {
          next = framer.offset();
          break;
        }
        if (count < starts.length) {
          starts[(int) count] = framer.offset();
        }
        count++;
      }
      return new BlockSurvey(
          from, to, Arrays.copyOf(starts, (int) Math.min(count, starts.length)), count, next);
    }
  }

  /** Goes behind the first line end at or just before this place; false without one. */
  private static boolean seekFirstLine(RecordFramer framer, long place) throws IOException {
    framer.seek(Math.max(0, place - place % framer.width() - framer.width()));
    return framer.seekLine();
  }

  /** Joins the surveys of all blocks of a file to ranges of whole records. */
  List<FileRange> ranges(MatchResult.Metadata file, List<BlockSurvey> surveys) throws IOException {
    List<BlockSurvey> inOrder = new ArrayList<>(surveys);
    inOrder.sort(Comparator.comparingLong(BlockSurvey::from));
    BlockSurvey first = inOrder.get(0);
    long at = first.count() > 0 ? first.starts()[0] : first.next();
    long before = 0;
    List<FileRange> ranges = new ArrayList<>();
    try (CsvCursor cursor = CsvCursor.open(file, dialect, columnCount)) {
      for (BlockSurvey survey : inOrder) {
        if (at >= survey.to()) {
          continue;
        }
        Joint joint = join(cursor.framer(), at, survey);
        ranges.add(new FileRange(file, at, joint.next(), before));
        before += joint.count();
        at = joint.next();
      }
    }
    return ranges;
  }

  /** The records of a block, and where the first one behind it begins. */
  private record Joint(long count, long next) {}

  private static Joint join(RecordFramer framer, long at, BlockSurvey survey) throws IOException {
    long known = survey.countFrom(at);
    if (known >= 0) {
      return new Joint(known, survey.next());
    }
    framer.seek(at);
    long walked = 0;
    while (framer.skip()) {
      if (framer.offset() >= survey.to()) {
        return new Joint(walked, framer.offset());
      }
      known = survey.countFrom(framer.offset());
      if (known >= 0) {
        return new Joint(walked + known, survey.next());
      }
      walked++;
    }
    return new Joint(walked, FileRange.END);
  }

  /**
   * The range of a file's first records.
   *
   * @return the range, and how many records it has: as many as asked for, or all
   */
  Head head(MatchResult.Metadata file, long records) throws IOException {
    try (CsvCursor cursor = CsvCursor.open(file, dialect, columnCount)) {
      long count = 0;
      while (cursor.framer().skip()) {
        if (count == records) {
          return new Head(new FileRange(file, 0, cursor.framer().offset(), 0), count);
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
