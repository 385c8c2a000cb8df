package dev.penstock.io.bigquery;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.LetterValues;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends the dead letters of a bundle, and counts them once they are confirmed. */
final class StoreLettersFn extends DoFn<DeadLetter, LedgerEntry> {
  private static final long serialVersionUID = 1L;

  private final GoogleSettings settings;
  private final Patience patience;
  private final TablePreparation preparation;
  private final String runId;

  private transient @Nullable MutationWriter writer;
  private transient @Nullable Map<BoundedWindow, Map<String, Counted>> counts;

  /** Dead letters of one source, and the time of the last one. */
  private record Counted(long letters, Instant last) {}

  StoreLettersFn(
      GoogleSettings settings, Patience patience, TablePreparation preparation, String runId) {
    this.settings = settings;
    this.patience = patience;
    this.preparation = preparation;
    this.runId = runId;
  }

  @StartBundle
  public void startBundle() {
    counts = new HashMap<>();
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window) {
    DeadLetter letter = context.element();
    try {
      MutationWriter open = writer();
      @Nullable Object[] values = LetterValues.of(letter, UUID.fromString(runId));
      for (int i = 0; i < values.length; i++) {
        open.values()[i] = values[i] instanceof UUID id ? id.toString() : values[i];
      }
      // The earlier run has the higher number: what it stored stays.
      String earlier = Long.toHexString(Long.MAX_VALUE - System.currentTimeMillis());
      open.upsert(earlier, letter.record());
    } catch (Unstorable e) {
      throw new IllegalStateException("Every dead letter can be stored", e);
    } catch (ServiceException e) {
      throw Unusable.of(preparation.wanted().ref(), e);
    }
    started(counts)
        .computeIfAbsent(window, each -> new HashMap<>())
        .merge(
            letter.record().position().source(),
            new Counted(1, context.timestamp()),
            (one, other) -> new Counted(one.letters() + other.letters(), other.last()));
  }

  private MutationWriter writer() throws ServiceException {
    MutationWriter open = writer;
    if (open == null) {
      TablePreparation.Ready ready =
          preparation.run(BigQueryApi.connect(settings, patience), false);
      TableRef ref = ready.layout().ref();
      open =
          new MutationWriter(
              settings,
              patience,
              ref,
              ready.layout().columns(),
              (record, reason) -> {
                // There is nowhere left to put it, and losing it is not allowed.
                throw new DestinationException(
                    "Table "
                        + ref
                        + " refuses a dead letter: "
                        + reason
                        + ". Remove what the table has beyond Penstock's own columns, or store"
                        + " dead letters in a folder",
                    null);
              });
      writer = open;
    }
    return open;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    if (writer != null) {
      try {
        writer.flush();
      } catch (ServiceException e) {
        throw Unusable.of(preparation.wanted().ref(), e);
      }
    }
    started(counts)
        .forEach(
            (window, sources) ->
                sources.forEach(
                    (source, counted) -> {
                      LedgerEntry entry = LedgerEntry.deadLettered(source, counted.letters());
                      RunProgress.of(runId).add(entry);
                      context.output(entry, counted.last(), window);
                    }));
    counts = null;
  }

  @Teardown
  public void teardown() {
    MutationWriter open = writer;
    if (open != null) {
      open.close();
      writer = null;
    }
  }

  private static <T> T started(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("No bundle was started");
    }
    return value;
  }
}
