package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;

/**
 * What {@link MeasureQuality} counts of rows, as a plain class.
 *
 * <pre>{@code
 * MeasureQuality quality = MeasureQuality.against(contract);
 * QualityCounter counter = quality.counter();
 * counter.parsed(row);
 * counter.accepted(row);
 * counter.takeCounts().forEach(counts::output);
 * }</pre>
 *
 * <p>One instance serves one thread.
 */
public final class QualityCounter {
  private final MeasuredCheck[] checks;
  private final boolean[] ofKeys;
  private final ValueHash hash = new ValueHash();
  private final long[] counts;

  QualityCounter(DataContract contract) {
    checks = MeasuredCheck.all(contract);
    counts = new long[Tally.size(contract.qualityChecks())];
    ofKeys = new boolean[checks.length];
    for (int i = 0; i < checks.length; i++) {
      ofKeys[i] = MeasuredCheck.countsDuplicates(contract.qualityChecks().get(i));
    }
  }

  /** Coder of the counts. */
  public static Coder<KV<Integer, Long>> countsCoder() {
    return KvCoder.of(VarIntCoder.of(), VarLongCoder.of());
  }

  /** Counts a row that was parsed, whether it is valid or not. */
  public void parsed(Row row) {
    counts[Tally.PARSED]++;
    for (int i = 0; i < checks.length; i++) {
      if (checks[i].counts(row)) {
        counts[Tally.of(i)]++;
      }
    }
  }

  /** Counts a row that was accepted. */
  public void accepted(Row row) {
    counts[Tally.ACCEPTED]++;
  }

  /** What rows are compared by to count duplicates: the check's index and a hash of the values. */
  public List<byte[]> keys(Row accepted) {
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < checks.length; i++) {
      List<Object> values = ofKeys[i] ? checks[i].values(accepted) : null;
      if (values != null) {
        keys.add(hash.of(i, values));
      }
    }
    return keys;
  }

  /** The counts since they were last taken; each with its place. */
  public List<KV<Integer, Long>> takeCounts() {
    List<KV<Integer, Long>> taken = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        taken.add(KV.of(i, counts[i]));
        counts[i] = 0;
      }
    }
    return taken;
  }
}
