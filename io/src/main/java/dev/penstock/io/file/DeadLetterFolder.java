package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.ledger.RunOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * A folder that {@link DeadLetterFiles} wrote into, with the marks of what was repaired.
 *
 * <pre>{@code
 * PCollection<DeadLetter> letters = pipeline.apply(DeadLetterFolder.at("rejects").unrepaired());
 * }</pre>
 *
 * <p>Files of dead letters stay as they are. Marks are lines of JSON in files of the folder {@code
 * _repaired} within it, one file for each run that repaired something; each line has the id of a
 * dead letter and the run.
 *
 * <p>Cost: dead letters are shuffled once, to be held against the marks.
 */
@AutoValue
public abstract class DeadLetterFolder implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String MARKS = "_repaired/";

  /** The folder at this path, on any Beam file system. */
  public static DeadLetterFolder at(String directory) {
    if (directory.isBlank()) {
      throw new IllegalArgumentException("The directory of dead letters must not be empty");
    }
    return new AutoValue_DeadLetterFolder(directory.endsWith("/") ? directory : directory + "/");
  }

  abstract String directory();

  /**
   * Looks for files of dead letters.
   *
   * @return what would stop a run, one line each; empty when all is well
   */
  public List<String> check() {
    try {
      boolean none =
          FileSystems.match(directory() + "*.jsonl", EmptyMatchTreatment.ALLOW)
              .metadata()
              .isEmpty();
      return none
          ? List.of("There are no files of dead letters (*.jsonl) in " + directory())
          : List.of();
    } catch (IOException e) {
      return List.of(directory() + " cannot be read: " + e.getMessage());
    }
  }

  /** The dead letters that no run has marked so far. */
  public PTransform<PBegin, PCollection<DeadLetter>> unrepaired() {
    return new Unrepaired(directory());
  }

  /** Marks dead letters as repaired. */
  public PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> repaired() {
    return new Repaired(directory());
  }

  private static TextIO.Read lines(String pattern) {
    return TextIO.read()
        .from(pattern)
        .withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW)
        .withDelimiter(new byte[] {'\n'});
  }

  private static final class Unrepaired extends PTransform<PBegin, PCollection<DeadLetter>> {
    private static final long serialVersionUID = 1L;
    private static final TupleTag<DeadLetter> LETTERS = new TupleTag<>("letters") {};
    private static final TupleTag<String> REPAIRED = new TupleTag<>("repaired") {};
    private final String directory;

    Unrepaired(String directory) {
      this.directory = directory;
    }

    @Override
    public PCollection<DeadLetter> expand(PBegin begin) {
      String pattern = directory + "*.jsonl";
      PCollection<KV<String, DeadLetter>> letters =
          begin
              .apply("ReadLines", lines(pattern))
              .apply("Decode", ParDo.of(new ReadDeadLetters.DecodeFn(pattern)))
              .setCoder(DeadLetterCoder.of())
              .apply("KeyById", MapElements.via(new KeyById()))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), DeadLetterCoder.of()));
      PCollection<KV<String, String>> marks =
          begin
              .apply("ReadMarks", lines(directory + MARKS + "*.jsonl"))
              .apply("IdOfMark", ParDo.of(new MarkedFn()))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
      return KeyedPCollectionTuple.of(LETTERS, letters)
          .and(REPAIRED, marks)
          .apply("WithMarks", CoGroupByKey.create())
          .apply("NotRepaired", ParDo.of(new NotRepairedFn(LETTERS, REPAIRED)))
          .setCoder(DeadLetterCoder.of());
    }
  }

  private static final class KeyById extends SimpleFunction<DeadLetter, KV<String, DeadLetter>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<String, DeadLetter> apply(DeadLetter letter) {
      return KV.of(letter.id().toString(), letter);
    }
  }

  static final class MarkedFn extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line, OutputReceiver<KV<String, String>> out)
        throws IOException {
      if (!line.isBlank()) {
        out.output(KV.of(DeadLetterJson.idOfMark(line), ""));
      }
    }
  }

  static final class NotRepairedFn extends DoFn<KV<String, CoGbkResult>, DeadLetter> {
    private static final long serialVersionUID = 1L;
    private final TupleTag<DeadLetter> letters;
    private final TupleTag<String> repaired;

    NotRepairedFn(TupleTag<DeadLetter> letters, TupleTag<String> repaired) {
      this.letters = letters;
      this.repaired = repaired;
    }

    @ProcessElement
    public void process(@Element KV<String, CoGbkResult> group, OutputReceiver<DeadLetter> out) {
      if (group.getValue().getAll(repaired).iterator().hasNext()) {
        return;
      }
      for (DeadLetter letter : group.getValue().getAll(letters)) {
        out.output(letter);
        return;
      }
    }
  }

  private static final class Repaired
      extends PTransform<PCollection<DeadLetter>, PCollection<DeadLetter>> {
    private static final long serialVersionUID = 1L;
    private final String directory;

    Repaired(String directory) {
      this.directory = directory;
    }

    @Override
    public PCollection<DeadLetter> expand(PCollection<DeadLetter> letters) {
      String runId = letters.getPipeline().getOptions().as(RunOptions.class).getRunId();
      return letters
          .apply("Together", WithKeys.of(runId))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), DeadLetterCoder.of()))
          .apply("GroupByRun", GroupByKey.create())
          .apply("WriteMarks", ParDo.of(new MarkFn(directory + MARKS)))
          .setCoder(DeadLetterCoder.of());
    }
  }

  static final class MarkFn extends DoFn<KV<String, Iterable<DeadLetter>>, DeadLetter> {
    private static final long serialVersionUID = 1L;
    private final String directory;

    MarkFn(String directory) {
      this.directory = directory;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<DeadLetter>> run, OutputReceiver<DeadLetter> out)
        throws IOException {
      DeadLetterFile file = new DeadLetterFile(directory + "repaired-" + run.getKey() + ".jsonl");
      long unused = file.writeMarks(run.getValue(), run.getKey());
      run.getValue().forEach(out::output);
    }
  }
}
