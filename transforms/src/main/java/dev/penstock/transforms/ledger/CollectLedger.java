package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Adds up the ledger entries of a bounded run: one entry for each unit of input comes out.
 *
 * <pre>{@code
 * PCollection<LedgerEntry> units =
 *     PCollectionList.of(read.ledger()).and(written.ledger()).and(stored)
 *         .apply(Flatten.pCollections())
 *         .apply(CollectLedger.perUnit());
 * }</pre>
 *
 * <p>Entries are combined before the shuffle, so that a unit costs one small element per bundle.
 */
@AutoValue
public abstract class CollectLedger
    extends PTransform<PCollection<LedgerEntry>, PCollection<LedgerEntry>> {

  /** One entry for each unit. */
  public static CollectLedger perUnit() {
    return new AutoValue_CollectLedger();
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<LedgerEntry> entries) {
    return entries
        .apply("WholeRun", Window.into(new GlobalWindows()))
        .apply("KeyByUnit", MapElements.via(new KeyByUnit()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), LedgerEntryCoder.of()))
        .apply("AddUp", Combine.perKey(new AddUp()))
        .apply("Units", Values.create())
        .setCoder(LedgerEntryCoder.of());
  }

  private static final class KeyByUnit
      extends SimpleFunction<LedgerEntry, KV<String, LedgerEntry>> {
    @Override
    public KV<String, LedgerEntry> apply(LedgerEntry entry) {
      return KV.of(entry.source(), entry);
    }
  }

  private static final class AddUp
      implements SerializableBiFunction<LedgerEntry, LedgerEntry, LedgerEntry> {
    @Override
    public LedgerEntry apply(LedgerEntry one, LedgerEntry other) {
      return one.plus(other);
    }
  }
}
