package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MeasureQuality} counts of rows, as a plain class.
 *
 * <pre>{@code
 * MeasureQuality quality = MeasureQuality.against(contract);
 * QualityCounter counter = quality.counter();
 * for (Row row : rows) {
 *   counter.parsed(row);
 *   counter.accepted(row);
 *   if (counter.hasManyKeys()) {
 *     counter.takeKeys().forEach(keys::output);
 *   }
 * }
 * counter.takeKeys().forEach(keys::output);
 * counter.takeCounts().forEach(counts::output);
 * }</pre>
 *
 * <p>Of values that occur several times while the counter holds them, one key is kept and the
 * others are among the counts: both have to reach {@link MeasureQuality#ofCounts}. For each
 * duplicate check a counter holds up to 65,536 keys in 2 MiB.
 *
 * <p>One instance serves one thread.
 */
public final class QualityCounter {
  private static final int MANY_KEYS = 1 << 16;

  private final MeasuredCheck[] checks;
  private final ValueHash hash = new ValueHash();
  private final long[] counts;
  private final @Nullable DistinctHashes[] keys;
  private boolean manyKeys;

  QualityCounter(DataContract contract) {
    checks = MeasuredCheck.all(contract);
    counts = new long[Tally.size(contract.qualityChecks())];
    keys = new DistinctHashes[checks.length];
    for (int i = 0; i < checks.length; i++) {
      if (MeasuredCheck.countsDuplicates(contract.qualityChecks().get(i))) {
        keys[i] = new DistinctHashes();
      }
    }
  }

  /** Coder of the counts. */
  public static Coder<KV<Integer, Long>> countsCoder() {
    return KvCoder.of(VarIntCoder.of(), VarLongCoder.of());
  }

  /** Coder of the keys. */
  public static Coder<KV<Integer, byte[]>> keysCoder() {
    return KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
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

  /** Counts a row that was accepted, and keeps what it is compared by with others. */
  public void accepted(Row row) {
    counts[Tally.ACCEPTED]++;
    for (int i = 0; i < checks.length; i++) {
      DistinctHashes seen = keys[i];
      List<Object> values = seen == null ? null : checks[i].values(row);
      if (seen == null || values == null) {
        continue;
      }
      hash.take(values);
      if (!seen.add(hash.high(), hash.low())) {
        counts[Tally.of(i)]++;
      } else if (seen.size() >= MANY_KEYS) {
        manyKeys = true;
      }
    }
  }

  /** Whether so many keys are held that they should be taken. */
  public boolean hasManyKeys() {
    return manyKeys;
  }

  /** The keys since they were last taken, in blocks by what brings equal ones together. */
  public List<KV<Integer, byte[]>> takeKeys() {
    List<KV<Integer, byte[]>> blocks = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      DistinctHashes held = keys[i];
      if (held != null && held.size() > 0) {
        HashBlocks.add(i, held, blocks);
        keys[i] = new DistinctHashes();
      }
    }
    manyKeys = false;
    return blocks;
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
