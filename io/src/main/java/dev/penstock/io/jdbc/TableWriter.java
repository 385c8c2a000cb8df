package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.Refusals;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Writes batches of rows into one table, for one thread. */
final class TableWriter implements AutoCloseable {
  private static final Counter STORED = Metrics.counter(TableWriter.class, "rows-stored");
  private static final Counter REFUSED = Metrics.counter(TableWriter.class, "rows-refused");

  private final Target target;
  private final String runId;
  private final Databases.Shared shared;
  private final BatchWriter writer;
  private final RowEncoder encoder;

  /**
   * What is written into.
   *
   * @param settings how to connect
   * @param preparation how the table is made ready
   * @param refusals makes dead letters
   * @param schema schema of the rows
   * @param leavesOutDeletions whether changes that delete are left out
   */
  record Target(
      ConnectionSettings settings,
      TablePreparation preparation,
      Refusals refusals,
      Schema schema,
      boolean leavesOutDeletions)
      implements Serializable {}

  private TableWriter(Target target, String runId, Databases.Shared shared) throws SQLException {
    this.target = target;
    this.runId = runId;
    this.shared = shared;
    TableLayout layout = shared.prepare(target.preparation());
    this.writer = new BatchWriter(target.settings(), shared.database(), layout, Thread::sleep);
    this.encoder = new RowEncoder(layout, target.schema(), UUID.fromString(runId));
  }

  /** Connects and makes the table ready. */
  static TableWriter open(Target target, String runId) {
    Databases.Shared shared = null;
    try {
      shared = Databases.acquire(target.settings());
      TableWriter opened = new TableWriter(target, runId, shared);
      shared = null;
      return opened;
    } catch (SQLException e) {
      throw Destinations.unusable(target.settings(), e);
    } finally {
      if (shared != null) {
        shared.release();
      }
    }
  }

  /** Whether a row is left out on purpose; its account is given then. */
  boolean leavesOut(Row row, SourceRecord record, Consumer<LedgerEntry> accounts) {
    Change change = target.leavesOutDeletions() ? Change.of(row) : null;
    if (change == null || change.operation() != Change.Operation.DELETE) {
      return false;
    }
    LedgerEntry entry = LedgerEntry.filtered(record.position().source(), 1);
    RunProgress.of(runId).add(entry);
    accounts.accept(entry);
    return true;
  }

  /** Takes rows until they are written. */
  RowBatch batch() {
    return new RowBatch(writer.staged());
  }

  /** The values of the table's columns; the array is used again for the next row. */
  @Nullable Object[] encode(Row row, SourceRecord record) throws Unstorable {
    return encoder.encode(row, record);
  }

  boolean full(RowBatch batch) {
    return batch.full(target.settings());
  }

  /** The dead letter of a row that has no place in the table. */
  DeadLetter refused(SourceRecord record, Unstorable problem) {
    REFUSED.inc();
    return target.refusals().of(record, problem);
  }

  /** The dead letter of a row that the database refused. */
  DeadLetter refused(SourceRecord record, BatchResult.Rejection rejection) {
    return ServerRefusals.of(
        target.refusals(), record, target.preparation().wanted().name(), rejection);
  }

  /**
   * Writes a batch; on return, each of its rows is either durably in the table or refused.
   *
   * @param accounts takes the counts of the rows that are in the table
   */
  BatchResult write(RowBatch batch, Consumer<LedgerEntry> accounts) {
    BatchResult result = write(batch.values);
    kept(batch, result)
        .forEach(
            (source, rows) -> {
              long duplicates = result.duplicates(source);
              LedgerEntry entry = LedgerEntry.of(source, 0, rows - duplicates, 0, 0, duplicates, 0);
              RunProgress.of(runId).add(entry);
              accounts.accept(entry);
            });
    REFUSED.inc(result.rejections().size());
    STORED.inc(batch.values.size() - (long) result.rejections().size());
    return result;
  }

  /** Rows of each source that are in the table. */
  private static Map<String, Long> kept(RowBatch batch, BatchResult result) {
    Map<String, Long> kept = new HashMap<>(batch.ofSources());
    for (int refused : result.rejections().keySet()) {
      kept.merge(batch.records.get(refused).position().source(), -1L, Long::sum);
    }
    kept.values().removeIf(count -> count == 0);
    return kept;
  }

  private BatchResult write(StagedRows values) {
    try {
      return writer.write(values);
    } catch (DestinationException e) {
      shared.forget(target.preparation());
      long done = 0;
      for (LedgerEntry entry : RunProgress.of(runId).units()) {
        done += entry.written() + entry.duplicate();
      }
      throw new DestinationException(
          e.getMessage()
              + ". Until then this worker had committed "
              + done
              + " rows to "
              + target.preparation().wanted().name()
              + "; they stay, and running again repeats none of them",
          e);
    }
  }

  @Override
  public void close() {
    shared.release();
  }
}
