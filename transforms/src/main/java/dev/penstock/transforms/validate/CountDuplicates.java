package dev.penstock.transforms.validate;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * For each duplicate check, how many of the hashes in all {@linkplain QualityCounter#takeKeys
 * blocks} another one equals, less the first.
 *
 * <p>A shard is in memory while it is counted: at most 43 bytes, and 64 for moments, for each
 * different value, of which it has one in 128.
 */
final class CountDuplicates
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<KV<Integer, Long>>> {
  private static final long serialVersionUID = 1L;

  private final int checks;

  /** For contracts with this number of quality checks. */
  CountDuplicates(int checks) {
    this.checks = checks;
  }

  @Override
  public PCollection<KV<Integer, Long>> expand(PCollection<KV<Integer, byte[]>> blocks) {
    return blocks
        .apply("GroupByShard", GroupByKey.create())
        .apply("CountRepeats", ParDo.of(new RepeatsFn(checks)))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()));
  }

  static final class RepeatsFn extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, Long>> {
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
    public void count(@Element KV<Integer, Iterable<byte[]>> shard) {
      DistinctHashes seen = new DistinctHashes();
      for (byte[] block : shard.getValue()) {
        repeats[HashBlocks.check(shard.getKey())] += HashBlocks.repeats(block, seen);
      }
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
