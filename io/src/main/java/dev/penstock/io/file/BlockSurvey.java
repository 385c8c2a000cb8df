package dev.penstock.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * What framing found in one block of a file when it began at a line end, which may have been the
 * wrong place: where the first records begin, how many begin in the block, and where the next one
 * does. From any of these places on it is what a reader finds who comes from the file's beginning.
 *
 * @param from first byte of the block
 * @param to first byte after the block
 * @param starts where the first records of the block begin, in order; not all of them
 * @param count records that begin in the block
 * @param next where the first record after the block begins, or {@link FileRange#END}
 * @param ahead bytes that the block adds to {@link FileRange#ahead}
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a list would box each place.
record BlockSurvey(long from, long to, long[] starts, long count, long next, long ahead) {

  /** Records of the block from the one on that begins here; -1 when none is known to. */
  long countFrom(long place) {
    int index = Arrays.binarySearch(starts, place);
    return index < 0 ? -1 : count - index;
  }

  /** Places as distances, so that most take a byte or two. */
  static final class SurveyCoder extends AtomicCoder<BlockSurvey> {
    private static final long serialVersionUID = 1L;
    private static final VarLongCoder NUMBERS = VarLongCoder.of();
    private static final VarIntCoder SIZES = VarIntCoder.of();

    @Override
    public void encode(BlockSurvey survey, OutputStream out) throws IOException {
      NUMBERS.encode(survey.from(), out);
      NUMBERS.encode(survey.to(), out);
      NUMBERS.encode(survey.count(), out);
      NUMBERS.encode(survey.next(), out);
      NUMBERS.encode(survey.ahead(), out);
      SIZES.encode(survey.starts().length, out);
      long last = 0;
      for (long start : survey.starts()) {
        NUMBERS.encode(start - last, out);
        last = start;
      }
    }

    @Override
    public BlockSurvey decode(InputStream in) throws IOException {
      long from = NUMBERS.decode(in);
      long to = NUMBERS.decode(in);
      long count = NUMBERS.decode(in);
      long next = NUMBERS.decode(in);
      long ahead = NUMBERS.decode(in);
      long[] starts = new long[SIZES.decode(in)];
      long last = 0;
      for (int i = 0; i < starts.length; i++) {
        last += NUMBERS.decode(in);
        starts[i] = last;
      }
      return new BlockSurvey(from, to, starts, count, next, ahead);
    }
  }
}
