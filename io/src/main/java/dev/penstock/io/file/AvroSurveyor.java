package dev.penstock.io.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Divides Avro files between their blocks. Each part is surveyed from the first mark between two
 * blocks on; where data look like such a mark, joining the parts finds that out and counts anew.
 */
record AvroSurveyor() implements FileSurveyor {
  @Override
  public BlockSurvey survey(MatchResult.Metadata file, long from, long to) throws IOException {
    try (AvroInput input = AvroInput.open(file)) {
      long first = input.seekBlock(from);
      AvroInput.Blocks blocks = input.blocks(first, to);
      return new BlockSurvey(
          from, to, new long[] {first}, blocks.count(), blocks.next(), blocks.ahead());
    }
  }

  @Override
  public List<FileRange> ranges(MatchResult.Metadata file, List<BlockSurvey> surveys)
      throws IOException {
    List<BlockSurvey> inOrder = new ArrayList<>(surveys);
    inOrder.sort(Comparator.comparingLong(BlockSurvey::from));
    List<FileRange> ranges = new ArrayList<>();
    long at = inOrder.get(0).starts()[0];
    long before = 0;
    long ahead = 0;
    try (AvroInput input = AvroInput.open(file)) {
      for (BlockSurvey survey : inOrder) {
        if (at >= survey.to()) {
          continue;
        }
        AvroInput.Blocks blocks =
            survey.starts()[0] == at
                ? new AvroInput.Blocks(survey.count(), survey.next(), survey.ahead())
                : input.blocks(at, survey.to());
        boolean last = blocks.next() == FileRange.END;
        long end = last ? FileRange.END : blocks.next() + ahead + blocks.ahead();
        ranges.add(new FileRange(file, at + ahead, end, before, ahead));
        at = blocks.next();
        before += blocks.count();
        ahead += blocks.ahead();
      }
    }
    return ranges;
  }
}
