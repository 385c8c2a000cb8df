package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final TableWriter.Target target;
  private final String runId;
  private final TupleTag<Row> accepted;
  private final TupleTag<DeadLetter> deadLetters;
  private final TupleTag<LedgerEntry> ledger;

  private transient @Nullable TableWriter table;
  private transient @Nullable Map<BoundedWindow, Batch> batches;

  /** Rows of one window, which are handed on when they are written. */
  private static final class Batch {
    private final RowBatch waiting;
    private final List<Row> rows = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    Batch(RowBatch waiting) {
      this.waiting = waiting;
    }

    void add(Row row, SourceRecord record, Instant time, @Nullable Object[] values)
        throws Unstorable {
      waiting.add(record, values);
      rows.add(row);
      times.add(time);
    }
  }

  WriteRowsFn(
      TableWriter.Target target,
      String runId,
      TupleTag<Row> accepted,
      TupleTag<DeadLetter> deadLetters,
      TupleTag<LedgerEntry> ledger) {
    this.target = target;
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
    table = TableWriter.open(target, runId);
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
    if (present(table)
        .leavesOut(row, record, entry -> output.emit(ledger, entry, context.timestamp()))) {
      return;
    }
    try {
      TableWriter into = present(table);
      @Nullable Object[] values = into.encode(row, record);
      Batch batch = present(batches).computeIfAbsent(window, each -> new Batch(into.batch()));
      batch.add(row, record, context.timestamp(), values);
      if (into.full(batch.waiting)) {
        present(batches).remove(window);
        flush(batch, output);
      }
    } catch (Unstorable e) {
      output.emit(deadLetters, present(table).refused(record, e), context.timestamp());
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
    if (table != null) {
      table.close();
      table = null;
    }
  }

  /** A full batch is emitted while its last row is processed, with the rows' own times. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private void flush(Batch batch, Output output) {
    if (batch.rows.isEmpty()) {
      return;
    }
    TableWriter into = present(table);
    Instant last = batch.times.get(batch.times.size() - 1);
    BatchResult result = into.write(batch.waiting, entry -> output.emit(ledger, entry, last));
    for (int i = 0; i < batch.rows.size(); i++) {
      BatchResult.Rejection rejection = result.rejections().get(i);
      Instant time = batch.times.get(i);
      if (rejection == null) {
        output.emit(accepted, batch.rows.get(i), time);
      } else {
        output.emit(deadLetters, into.refused(batch.waiting.records.get(i), rejection), time);
      }
    }
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The function was not set up");
    }
    return value;
  }
}
