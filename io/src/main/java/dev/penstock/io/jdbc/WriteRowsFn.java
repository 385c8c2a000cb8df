package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Buffers rows of a bundle and writes them batch by batch. */
final class WriteRowsFn extends DoFn<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ConnectionSettings settings;
  private final TablePreparation preparation;
  private final Refusals refusals;
  private final Schema schema;
  private final String runId;
  private final TupleTag<Row> accepted;
  private final TupleTag<DeadLetter> deadLetters;
  private final TupleTag<LedgerEntry> ledger;
  private final Counter stored = Metrics.counter(WriteRowsFn.class, "rows-stored");
  private final Counter refused = Metrics.counter(WriteRowsFn.class, "rows-refused");

  private transient Databases.@Nullable Shared shared;
  private transient @Nullable BatchWriter writer;
  private transient @Nullable RowEncoder encoder;
  private transient @Nullable Map<BoundedWindow, RowBatch> batches;

  WriteRowsFn(
      ConnectionSettings settings,
      TablePreparation preparation,
      Refusals refusals,
      Schema schema,
      String runId,
      TupleTag<Row> accepted,
      TupleTag<DeadLetter> deadLetters,
      TupleTag<LedgerEntry> ledger) {
    this.settings = settings;
    this.preparation = preparation;
    this.refusals = refusals;
    this.schema = schema;
    this.runId = runId;
    this.accepted = accepted;
    this.deadLetters = deadLetters;
    this.ledger = ledger;
  }

  /** Where outputs go, within a bundle and at its end. */
  private interface Output {
    <T> void emit(TupleTag<T> tag, T value, Instant time);
  }

  @Setup
  public void setup() {
    try {
      Databases.Shared opened = Databases.acquire(settings);
      shared = opened;
      TableLayout layout = opened.prepare(preparation);
      writer = new BatchWriter(settings, opened.database(), layout, Thread::sleep);
      encoder = new RowEncoder(layout, schema, UUID.fromString(runId));
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
    // A bundle that failed may have left rows behind; they come again.
    batches = new HashMap<>();
  }

  @ProcessElement
  public void process(ProcessContext context, BoundedWindow window) {
    Row row = context.element();
    SourceRecord record = SourceRecord.of(row);
    Output output = context::outputWithTimestamp;
    try {
      Object[] values = present(encoder).encode(row, record);
      RowBatch batch = present(batches).computeIfAbsent(window, each -> new RowBatch());
      batch.add(row, record, context.timestamp(), values);
      if (batch.full(settings)) {
        present(batches).remove(window);
        flush(batch, output);
      }
    } catch (Unstorable e) {
      refused.inc();
      output.emit(deadLetters, refusals.of(record, e), context.timestamp());
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    present(batches)
        .forEach(
            (window, batch) ->
                flush(
                    batch,
                    new Output() {
                      @Override
                      public <T> void emit(TupleTag<T> tag, T value, Instant time) {
                        context.output(tag, value, time, window);
                      }
                    }));
    batches = null;
  }

  @Teardown
  public void teardown() {
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }

  /** A full batch is emitted while its last row is processed, with the rows' own times. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private void flush(RowBatch batch, Output output) {
    if (batch.isEmpty()) {
      return;
    }
    BatchResult result = write(batch);
    Map<String, Long> kept = new HashMap<>();
    for (int i = 0; i < batch.rows.size(); i++) {
      BatchResult.Rejection rejection = result.rejections().get(i);
      SourceRecord record = batch.records.get(i);
      if (rejection == null) {
        kept.merge(record.position().source(), 1L, Long::sum);
        output.emit(accepted, batch.rows.get(i), batch.times.get(i));
      } else {
        DeadLetter letter = refusals.of(record, preparation.wanted().name(), rejection);
        output.emit(deadLetters, letter, batch.times.get(i));
      }
    }
    Instant last = batch.times.get(batch.times.size() - 1);
    kept.forEach((source, rows) -> account(source, rows, result.duplicates(source), output, last));
    refused.inc(result.rejections().size());
    stored.inc(batch.rows.size() - (long) result.rejections().size());
  }

  private void account(String source, long rows, long duplicates, Output output, Instant time) {
    LedgerEntry entry = LedgerEntry.of(source, 0, rows - duplicates, 0, 0, duplicates, 0);
    RunProgress.of(runId).add(entry);
    output.emit(ledger, entry, time);
  }

  private BatchResult write(RowBatch batch) {
    try {
      return present(writer).write(batch.values);
    } catch (DestinationException e) {
      long done = 0;
      for (LedgerEntry entry : RunProgress.of(runId).units()) {
        done += entry.written() + entry.duplicate();
      }
      throw new DestinationException(
          e.getMessage()
              + ". Until then this worker had committed "
              + done
              + " rows to "
              + preparation.wanted().name()
              + "; they stay, and running again repeats none of them",
          e);
    }
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The function was not set up");
    }
    return value;
  }
}
