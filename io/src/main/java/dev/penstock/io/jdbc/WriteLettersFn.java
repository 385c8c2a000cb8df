package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Buffers dead letters of a bundle and stores them batch by batch. */
final class WriteLettersFn extends DoFn<DeadLetter, LedgerEntry> {
  private static final long serialVersionUID = 1L;

  private final ConnectionSettings settings;
  private final TablePreparation preparation;
  private final String runId;

  private transient Databases.@Nullable Shared shared;
  private transient @Nullable BatchWriter writer;
  private transient @Nullable Map<BoundedWindow, Batch> batches;

  WriteLettersFn(ConnectionSettings settings, TablePreparation preparation, String runId) {
    this.settings = settings;
    this.preparation = preparation;
    this.runId = runId;
  }

  private static final class Batch {
    final StagedRows values;
    final Map<String, Long> sources = new HashMap<>();
    Instant last = BoundedWindow.TIMESTAMP_MIN_VALUE;
    long bytes;

    Batch(StagedRows values) {
      this.values = values;
    }
  }

  private interface Output {
    void emit(LedgerEntry entry, Instant time);
  }

  @Setup
  public void setup() {
    try {
      Databases.Shared opened = Databases.acquire(settings);
      shared = opened;
      TableLayout layout = opened.prepare(preparation);
      writer = new BatchWriter(settings, opened.database(), layout, Thread::sleep);
    } catch (SQLException e) {
      teardown();
      throw Destinations.unusable(settings, e);
    } catch (RuntimeException e) {
      teardown();
      throw e;
    }
  }

  @StartBundle
  public void startBundle() {
    // A bundle that failed may have left dead letters behind; they come again.
    batches = new HashMap<>();
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window) {
    DeadLetter letter = context.element();
    Batch batch = open().computeIfAbsent(window, each -> new Batch(writer().staged()));
    try {
      batch.values.add(LetterLayout.values(letter, UUID.fromString(runId)));
    } catch (Unstorable e) {
      throw refused("field '" + e.field() + "' " + e.text(), e.state());
    }
    batch.sources.merge(letter.record().position().source(), 1L, Long::sum);
    batch.bytes += letter.record().payload().length;
    batch.last = context.timestamp();
    if (batch.values.size() >= settings.batchRows() || batch.bytes >= settings.batchBytes()) {
      Batch full = open().remove(window);
      if (full != null) {
        flush(full, context::outputWithTimestamp);
      }
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    open()
        .forEach(
            (window, batch) -> flush(batch, (entry, time) -> context.output(entry, time, window)));
    batches = null;
  }

  @Teardown
  public void teardown() {
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }

  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private void flush(Batch batch, Output output) {
    BatchResult result = write(batch.values);
    for (BatchResult.Rejection rejection : result.rejections().values()) {
      // There is nowhere left to put it, and losing it is not allowed.
      throw refused(rejection.message(), rejection.state());
    }
    batch.sources.forEach(
        (source, count) -> {
          LedgerEntry entry = LedgerEntry.deadLettered(source, count);
          RunProgress.of(runId).add(entry);
          output.emit(entry, batch.last);
        });
  }

  private BatchResult write(StagedRows values) {
    try {
      return writer().write(values);
    } catch (DestinationException e) {
      if (shared != null) {
        shared.forget(preparation);
      }
      throw e;
    }
  }

  private DestinationException refused(String why, String state) {
    return new DestinationException(
        "Table "
            + preparation.wanted().name()
            + " of "
            + settings.url()
            + " refuses a dead letter: "
            + why
            + " (SQLSTATE "
            + state
            + "). Remove what the table has beyond Penstock's own columns, or store dead letters"
            + " in a folder",
        null);
  }

  private BatchWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("The function was not set up");
    }
    return writer;
  }

  private Map<BoundedWindow, Batch> open() {
    if (batches == null) {
      throw new IllegalStateException("No bundle was started");
    }
    return batches;
  }
}
