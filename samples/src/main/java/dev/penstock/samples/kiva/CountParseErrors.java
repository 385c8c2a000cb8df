package dev.penstock.samples.kiva;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.ledger.LedgerEntry;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * A destination for dead letters that also counts them in the Beam counter {@value #COUNTER}, for
 * dashboards that watch it.
 *
 * <pre>{@code
 * CsvToWarehouse.of(options).withDeadLetters(CountParseErrors.before(WriteDeadLetters.to(uri)));
 * }</pre>
 *
 * <p>Like every counter of a runner it counts attempts; the ledger is what is exact.
 */
public final class CountParseErrors
    extends PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> {
  /** Namespace of the counter. */
  public static final String NAMESPACE = "kiva";

  /** Name of the counter. */
  public static final String COUNTER = "num_parse_errors";

  private static final long serialVersionUID = 1L;

  private final PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> destination;

  private CountParseErrors(
      PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> destination) {
    this.destination = destination;
  }

  /** Counts dead letters, and hands them on to a destination that stores them. */
  public static CountParseErrors before(
      PTransform<PCollection<DeadLetter>, PCollection<LedgerEntry>> destination) {
    return new CountParseErrors(destination);
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<DeadLetter> letters) {
    return letters
        .apply("Count", ParDo.of(new CountFn()))
        .setCoder(DeadLetterCoder.of())
        .apply("Store", destination);
  }

  private static final class CountFn extends DoFn<DeadLetter, DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final Counter errors = Metrics.counter(NAMESPACE, COUNTER);
    private transient long inBundle;

    @StartBundle
    public void start() {
      inBundle = 0;
    }

    @ProcessElement
    public void count(@Element DeadLetter letter, OutputReceiver<DeadLetter> out) {
      inBundle++;
      out.output(letter);
    }

    @FinishBundle
    public void finish() {
      errors.inc(inBundle);
    }
  }
}
