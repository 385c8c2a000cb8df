package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import java.util.Objects;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** For each duplicate check, the number of rows whose values another row has, less the first. */
final class CountDuplicates extends PTransform<PCollection<Row>, PCollection<KV<Integer, Long>>> {
  private static final long serialVersionUID = 1L;

  private final DataContract contract;

  CountDuplicates(DataContract contract) {
    this.contract = contract;
  }

  @Override
  public PCollection<KV<Integer, Long>> expand(PCollection<Row> rows) {
    return rows.apply("Hash", ParDo.of(new HashFn(contract)))
        .setCoder(ByteArrayCoder.of())
        .apply("CountKeys", ofKeys(contract));
  }

  /** The same of keys that were made elsewhere. */
  static PTransform<PCollection<byte[]>, PCollection<KV<Integer, Long>>> ofKeys(
      DataContract contract) {
    return new OfKeys(contract.qualityChecks().size());
  }

  private static final class OfKeys
      extends PTransform<PCollection<byte[]>, PCollection<KV<Integer, Long>>> {
    private static final long serialVersionUID = 1L;
    private final int checks;

    OfKeys(int checks) {
      this.checks = checks;
    }

    @Override
    public PCollection<KV<Integer, Long>> expand(PCollection<byte[]> keys) {
      return keys.apply("CountEqual", Count.perElement())
          .apply("CountRepeats", ParDo.of(new RepeatsFn(checks)))
          .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()));
    }
  }

  static final class HashFn extends DoFn<Row, byte[]> {
    private final DataContract contract;
    private transient @Nullable QualityCounter counter;

    HashFn(DataContract contract) {
      this.contract = contract;
    }

    @Setup
    public void setup() {
      counter = new QualityCounter(contract);
    }

    @ProcessElement
    public void hash(@Element Row row, OutputReceiver<byte[]> out) {
      Objects.requireNonNull(counter).keys(row).forEach(out::output);
    }
  }

  static final class RepeatsFn extends DoFn<KV<byte[], Long>, KV<Integer, Long>> {
    private final int checks;
    private transient long[] repeats = new long[0];

    RepeatsFn(int checks) {
      this.checks = checks;
    }

    @StartBundle
    public void start() {
      repeats = new long[checks];
    }

    @ProcessElement
    public void count(@Element KV<byte[], Long> equal) {
      repeats[ValueHash.check(equal.getKey())] += equal.getValue() - 1;
    }

    @FinishBundle
    public void finish(FinishBundleContext bundle) {
      for (int i = 0; i < checks; i++) {
        if (repeats[i] > 0) {
          Tally.output(bundle, Tally.of(i), repeats[i]);
        }
      }
    }
  }
}
