package dev.penstock.io.file;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads files into records with positions; what {@link ReadCsv}, {@link ReadJson} and their like
 * have in common.
 *
 * <pre>{@code
 * ReadRecords<?> read = json ? ReadJson.from("loans-*.jsonl") : ReadCsv.from("loans-*.csv");
 * Outcome<SourceRecord> records = pipeline.apply(read);
 * }</pre>
 *
 * <p>Records, record numbers and offsets are those of a reader that starts at the beginning of each
 * file, however many workers read it. A file that cannot be read to its end fails the run.
 *
 * @param <F> what a {@link RecordHandler} gets of a record
 */
public abstract class ReadRecords<F> extends PTransform<PBegin, Outcome<SourceRecord>> {
  private static final long serialVersionUID = 1L;

  ReadRecords() {}

  abstract List<String> globs();

  abstract SplitSize splitSize();

  abstract long maxRecords();

  abstract FileFormat<F> format();

  static List<String> checked(String step, List<String> globs) {
    if (globs.isEmpty() || globs.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(step + " needs file names or patterns, not " + globs);
    }
    return List.copyOf(globs);
  }

  static long checked(long maxRecords) {
    if (maxRecords < 0) {
      throw new IllegalArgumentException(
          "A run reads 1 record or more (0: all), not " + maxRecords);
    }
    return maxRecords;
  }

  /**
   * Finds the files and opens each of them, without a pipeline.
   *
   * @return what would stop a run, one line each: a missing file, a pattern without a match, a
   *     damaged archive; empty when all is well
   */
  public final List<String> check() {
    List<String> problems = new ArrayList<>();
    try {
      for (MatchResult.Metadata file : InputFiles.match(globs())) {
        problems.addAll(check(file));
      }
    } catch (FileInputException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  private List<String> check(MatchResult.Metadata file) {
    try {
      format().open(file).close();
      return List.of();
    } catch (FileInputException e) {
      return e.problems();
    } catch (IOException e) {
      return List.of(file.resourceId() + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * The same reading with another use of the records: where they lie, without an element for each.
   *
   * @param outputs where the handler puts its results
   * @return a transform that gives those outputs, {@link RecordHandler#DEAD_LETTERS} and {@link
   *     RecordHandler#LEDGER}; the reader puts its own dead letters and its counts there
   */
  public final PTransform<PBegin, PCollectionTuple> handledBy(
      RecordHandler<F> handler, TupleTagList outputs) {
    return new HandleRecords<>(this, handler, outputs);
  }

  @Override
  public final Outcome<SourceRecord> expand(PBegin begin) {
    TupleTag<SourceRecord> accepted = new TupleTag<>() {};
    PCollectionTuple read =
        begin.apply("Read", handledBy(RecordHandler.copies(accepted), TupleTagList.of(accepted)));
    return Outcome.of(
        read.get(accepted).setCoder(SourceRecordCoder.of()),
        read.get(RecordHandler.DEAD_LETTERS),
        read.get(RecordHandler.LEDGER));
  }

  private static final class HandleRecords<F> extends PTransform<PBegin, PCollectionTuple> {
    private static final long serialVersionUID = 1L;
    private final ReadRecords<F> read;
    private final RecordHandler<F> handler;
    private final TupleTagList outputs;

    HandleRecords(ReadRecords<F> read, RecordHandler<F> handler, TupleTagList outputs) {
      this.read = read;
      this.handler = handler;
      this.outputs = outputs;
    }

    @Override
    public PCollectionTuple expand(PBegin begin) {
      String runId = begin.getPipeline().getOptions().as(RunOptions.class).getRunId();
      FileFormat<F> format = read.format();
      PCollectionTuple handled =
          begin
              .apply(
                  "PlanRanges",
                  new PlanRanges(read.globs(), format, read.splitSize(), read.maxRecords()))
              .apply(
                  "ReadRanges",
                  ParDo.of(new ReadRangesFn<>(format, handler, runId))
                      .withOutputTags(RecordHandler.LEDGER, outputs.and(DeadLetterBlocks.TAG)));
      handled.get(RecordHandler.LEDGER).setCoder(LedgerEntryCoder.of());
      PCollection<DeadLetter> letters =
          handled
              .get(DeadLetterBlocks.TAG)
              .setCoder(ByteArrayCoder.of())
              .apply("EachDeadLetter", ParDo.of(new DeadLetterBlocks.EachLetterFn()))
              .setCoder(DeadLetterCoder.of());
      return handled.and(RecordHandler.DEAD_LETTERS, letters);
    }
  }
}
