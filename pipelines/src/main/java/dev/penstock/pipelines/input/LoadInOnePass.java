package dev.penstock.pipelines.input;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SettleParts;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RowProfileCoder;
import dev.penstock.transforms.validate.QualityCounter;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Reads files, holds their records against a contract and hands the rows to a sink, in one pass.
 *
 * <pre>{@code
 * LoadInOnePass.of(input, contract).into(sink, pipeline, accounting);
 * accounting.close(deadLetters);
 * }</pre>
 *
 * <p>What the pass rejects and counts is kept in the books; they remain to be closed.
 *
 * @param <F> what the reader hands over of a record
 */
public final class LoadInOnePass<F> {
  /** Verb of the step. */
  public static final String STEP = "Load";

  private final Input<F> input;
  private final DataContract contract;
  private final boolean dryRun;

  private LoadInOnePass(Input<F> input, DataContract contract, boolean dryRun) {
    this.input = input;
    this.contract = contract;
    this.dryRun = dryRun;
  }

  /** A pass over this input, under this contract. */
  public static <F> LoadInOnePass<F> of(Input<F> input, DataContract contract) {
    return new LoadInOnePass<>(input, contract, false);
  }

  /** Whether some of the rows are to be shown at the end. */
  public LoadInOnePass<F> withDryRun(boolean newDryRun) {
    return new LoadInOnePass<>(input, contract, newDryRun);
  }

  /** Puts the pass into a pipeline. */
  public void into(RowSink sink, Pipeline pipeline, Accounting accounting) {
    OnePass<F> handler =
        new OnePass<>(contract, input.parse(), sink, dryRun, accounting.wantsProfile());
    PCollectionTuple loaded =
        pipeline.apply(
            input.format().step(STEP), input.read().handledBy(handler, handler.outputs()));
    accounting.keep(loaded.get(RecordHandler.DEAD_LETTERS), loaded.get(RecordHandler.LEDGER));
    settle(sink, loaded, accounting);
    if (!contract.qualityChecks().isEmpty()) {
      PCollection<KV<Integer, Long>> counts =
          loaded.get(OnePass.COUNTS).setCoder(QualityCounter.countsCoder());
      PCollection<KV<Integer, byte[]>> keys =
          loaded.get(OnePass.KEYS).setCoder(QualityCounter.keysCoder());
      accounting.judge(
          PCollectionTuple.of(OnePass.COUNTS, counts)
              .and(OnePass.KEYS, keys)
              .apply("MeasureQuality", new JudgeCounts(contract)));
    }
    if (accounting.wantsProfile()) {
      accounting.profile(loaded.get(OnePass.PROFILES).setCoder(RowProfileCoder.of()));
    }
    if (dryRun) {
      PCollection<String> samples = loaded.get(OnePass.SAMPLES).setCoder(StringUtf8Coder.of());
      accounting.show(samples.apply("SampleRows", DryRun.someTexts()));
    }
  }

  private static void settle(RowSink sink, PCollectionTuple loaded, Accounting accounting) {
    PCollectionTuple settled =
        loaded
            .get(OnePass.RECEIPTS)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("SettleSources", SettleParts.of(sink));
    if (sink.settlesLate()) {
      accounting.keep(settled.get(SettleParts.DEAD_LETTERS), settled.get(SettleParts.LEDGER));
    }
  }
}
