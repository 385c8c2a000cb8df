package dev.penstock.io.sink;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Settles a {@link RowSink} once all parts are written.
 *
 * <pre>{@code
 * PCollectionTuple settled = receipts.apply("Settle", SettleParts.of(sink));
 * accounting.keep(settled.get(SettleParts.DEAD_LETTERS), settled.get(SettleParts.LEDGER));
 * }</pre>
 *
 * <p>Takes the receipts under the {@linkplain RowSink#settledWith names} of their groups. What the
 * sink left lying is removed after what came of settling is safe.
 */
public final class SettleParts
    extends PTransform<PCollection<KV<String, String>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Rows that were refused in settling. */
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("deadLetters") {};

  /** Rows that settling has stored, or found to be there. */
  public static final TupleTag<LedgerEntry> LEDGER = new TupleTag<>("ledger") {};

  private static final TupleTag<KV<String, List<String>>> SETTLED = new TupleTag<>("settled") {};

  private final RowSink sink;

  private SettleParts(RowSink sink) {
    this.sink = sink;
  }

  /** Settles this sink. */
  public static SettleParts of(RowSink sink) {
    return new SettleParts(sink);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, String>> receipts) {
    PCollectionTuple settled =
        receipts
            .apply("ReceiptsOfAGroup", GroupByKey.create())
            .apply(
                "Settle",
                ParDo.of(new SettleFn(sink))
                    .withOutputTags(SETTLED, TupleTagList.of(DEAD_LETTERS).and(LEDGER)));
    PCollection<KV<String, List<String>>> groups =
        settled
            .get(SETTLED)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ListCoder.of(StringUtf8Coder.of())));
    if (sink.settlesLate()) {
      // What a failure would need again goes when the results of settling are safe.
      groups
          .apply("AfterSettling", Reshuffle.viaRandomKey())
          .apply("CleanUp", ParDo.of(new CleanUpFn(sink)));
    }
    return PCollectionTuple.of(
            DEAD_LETTERS, settled.get(DEAD_LETTERS).setCoder(DeadLetterCoder.of()))
        .and(LEDGER, settled.get(LEDGER).setCoder(LedgerEntryCoder.of()));
  }

  static final class SettleFn extends DoFn<KV<String, Iterable<String>>, KV<String, List<String>>> {
    private static final long serialVersionUID = 1L;
    private final RowSink sink;

    SettleFn(RowSink sink) {
      this.sink = sink;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> group, MultiOutputReceiver outputs) {
      List<String> receipts = new ArrayList<>();
      group.getValue().forEach(receipts::add);
      sink.settle(
          group.getKey(),
          receipts,
          new RowSink.Results() {
            @Override
            public void reject(DeadLetter letter) {
              outputs.get(DEAD_LETTERS).output(letter);
            }

            @Override
            public void account(LedgerEntry entry) {
              outputs.get(LEDGER).output(entry);
            }

            @Override
            public void receipt(String receipt) {
              throw new IllegalStateException("Settling gives no receipts");
            }
          });
      outputs.get(SETTLED).output(KV.of(group.getKey(), receipts));
    }
  }

  static final class CleanUpFn extends DoFn<KV<String, List<String>>, Void> {
    private static final long serialVersionUID = 1L;
    private final RowSink sink;

    CleanUpFn(RowSink sink) {
      this.sink = sink;
    }

    @ProcessElement
    public void process(@Element KV<String, List<String>> group) {
      sink.cleanUp(group.getKey(), group.getValue());
    }
  }
}
