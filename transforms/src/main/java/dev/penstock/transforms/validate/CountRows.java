package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** Counts rows that are elements, bundle by bundle, with a {@link QualityCounter}. */
final class CountRows extends PTransform<PCollection<Row>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<KV<Integer, Long>> COUNTS = new TupleTag<>("counts") {};
  static final TupleTag<KV<Integer, byte[]>> KEYS = new TupleTag<>("keys") {};

  private final DataContract contract;
  private final boolean accepted;

  private CountRows(DataContract contract, boolean accepted) {
    this.contract = contract;
    this.accepted = accepted;
  }

  static CountRows parsed(DataContract contract) {
    return new CountRows(contract, false);
  }

  static CountRows accepted(DataContract contract) {
    return new CountRows(contract, true);
  }

  @Override
  public PCollectionTuple expand(PCollection<Row> rows) {
    PCollectionTuple counted =
        rows.apply("WholeRun", Window.into(new GlobalWindows()))
            .apply(
                "Count",
                ParDo.of(new CountFn(contract, accepted))
                    .withOutputTags(
                        COUNTS, accepted ? TupleTagList.of(KEYS) : TupleTagList.empty()));
    PCollectionTuple counts =
        PCollectionTuple.of(COUNTS, counted.get(COUNTS).setCoder(QualityCounter.countsCoder()));
    return accepted
        ? counts.and(KEYS, counted.get(KEYS).setCoder(QualityCounter.keysCoder()))
        : counts;
  }

  static final class CountFn extends DoFn<Row, KV<Integer, Long>> {
    private final DataContract contract;
    private final boolean accepted;
    private transient @Nullable QualityCounter counter;

    CountFn(DataContract contract, boolean accepted) {
      this.contract = contract;
      this.accepted = accepted;
    }

    @StartBundle
    public void start() {
      counter = new QualityCounter(contract);
    }

    @ProcessElement
    public void count(@Element Row row, MultiOutputReceiver out) {
      QualityCounter counts = Objects.requireNonNull(counter);
      if (!accepted) {
        counts.parsed(row);
        return;
      }
      counts.accepted(row);
      if (counts.hasManyKeys()) {
        counts.takeKeys().forEach(out.get(KEYS)::output);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext bundle) {
      QualityCounter counts = Objects.requireNonNull(counter);
      for (KV<Integer, byte[]> block : counts.takeKeys()) {
        bundle.output(KEYS, block, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
      for (KV<Integer, Long> count : counts.takeCounts()) {
        Tally.output(bundle, count.getKey(), count.getValue());
      }
    }
  }
}
