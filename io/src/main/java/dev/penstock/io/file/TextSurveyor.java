package dev.penstock.io.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Divides files of text.
 *
 * <p>Where a record begins cannot be told from the middle of a file: a line end may stand within
 * quotes. But framing depends on nothing before the place where it begins, so two readers that ever
 * begin a record at the same place agree from there on, and readers that begin wrongly soon do.
 * Each block is therefore surveyed on its own from its first line end on, and then {@linkplain
 * #ranges joined}: from the true first record of a block, records are skipped until one begins
 * where the survey saw one begin. That is at once, unless the block begins within quotes; where it
 * never happens the block has been walked from end to end, so the result is exact for any bytes.
 */
record TextSurveyor(TextFormat<?> format) implements FileSurveyor {
  /** Places that a survey keeps: enough for a reader to meet it after a very long quoted field. */
  private static final int KEPT_STARTS = 1024;

  @Override
  public BlockSurvey survey(MatchResult.Metadata file, long from, long to) throws IOException {
    try (TextCursor<?> cursor = format.open(file)) {
      if (from > 0 && !cursor.seekLine(from)) {
        return new BlockSurvey(from, to, new long[0], 0, FileRange.END, 0);
      }
      long[] starts = new long[KEPT_STARTS];
      long count = 0;
      long next = FileRange.END;
      while (cursor.skip()) {
        if (cursor.offset() >= to) {
          next = cursor.offset();
          break;
        }
        if (count < starts.length) {
          starts[(int) count] = cursor.offset();
        }
        count++;
      }
      return new BlockSurvey(
          from, to, Arrays.copyOf(starts, (int) Math.min(count, starts.length)), count, next, 0);
    }
  }

  @Override
  public List<FileRange> ranges(MatchResult.Metadata file, List<BlockSurvey> surveys)
      throws IOException {
    List<BlockSurvey> inOrder = new ArrayList<>(surveys);
    inOrder.sort(Comparator.comparingLong(BlockSurvey::from));
    BlockSurvey first = inOrder.get(0);
    long at = first.count() > 0 ? first.starts()[0] : first.next();
    long before = 0;
    List<FileRange> ranges = new ArrayList<>();
    try (TextCursor<?> cursor = format.open(file)) {
      for (BlockSurvey survey : inOrder) {
        if (at >= survey.to()) {
          continue;
        }
        Joint joint = join(cursor, at, survey);
        ranges.add(new FileRange(file, at, joint.next(), before, 0));
        before += joint.count();
        at = joint.next();
      }
    }
    return ranges;
  }

  /** The records of a block, and where the first one behind it begins. */
  private record Joint(long count, long next) {}

  private static Joint join(TextCursor<?> cursor, long at, BlockSurvey survey) throws IOException {
    long known = survey.countFrom(at);
    if (known >= 0) {
      return new Joint(known, survey.next());
    }
    cursor.seek(at);
    long walked = 0;
    while (cursor.skip()) {
      if (cursor.offset() >= survey.to()) {
        return new Joint(walked, cursor.offset());
      }
      known = survey.countFrom(cursor.offset());
      if (known >= 0) {
        return new Joint(walked + known, survey.next());
      }
      walked++;
    }
    return new Joint(walked, FileRange.END);
  }
}
