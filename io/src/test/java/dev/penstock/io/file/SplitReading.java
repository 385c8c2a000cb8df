package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.deadletter.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Reads a file in parts as a run does, without a pipeline. */
final class SplitReading {
  private SplitReading() {}

  /** Surveys blocks of this size, and joins them in any order to ranges. */
  static List<FileRange> split(
      FileSurveyor surveyor, MatchResult.Metadata file, long blockBytes, Random random)
      throws IOException {
    List<BlockSurvey> surveys = new ArrayList<>();
    for (long from = 0; from < file.sizeBytes(); from += blockBytes) {
      long to = Math.min(from + blockBytes, file.sizeBytes());
      surveys.add(surveyor.survey(file, from, to));
    }
    Collections.shuffle(surveys, random);
    return surveys.isEmpty() ? List.of() : surveyor.ranges(file, surveys);
  }

  /** Adds the records of a range: number, offset, bytes and faults. */
  static void read(FileRange range, CsvDialect dialect, int columns, List<String> records)
      throws IOException {
    try (CsvCursor cursor = CsvCursor.open(range.file(), dialect, columns)) {
      RecordFramer framer = cursor.framer();
      if (range.from() > 0) {
        framer.seek(range.from());
      }
      long number = range.recordsBefore();
      while (framer.next() && framer.offset() < range.to()) {
        number++;
        String text = new String(framer.payload(), StandardCharsets.ISO_8859_1);
        List<String> codes = framer.faults().stream().map(Reason::message).toList();
        records.add(number + " " + framer.offset() + " " + text + " " + codes);
      }
    }
  }
}
