package dev.penstock.io.jdbc;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows straight from the reader into a table, in the batches of {@link WriteToJdbc}. A part
 * that is written again finds the rows of its first attempt by their ids.
 */
final class JdbcSink implements RowSink {
  private static final long serialVersionUID = 1L;

  private final TableWriter.Target target;

  JdbcSink(TableWriter.Target target) {
    this.target = target;
  }

  @Override
  public Writer open(String runId) {
    return new BatchesWriter(TableWriter.open(target, runId));
  }

  private static final class BatchesWriter implements Writer {
    private final TableWriter table;
    private final RowBatch batch;
    private @Nullable Results results;

    BatchesWriter(TableWriter table) {
      this.table = table;
      this.batch = table.batch();
    }

    @Override
    public void begin(SourcePart part, Results newResults) {
      results = newResults;
      batch.clear();
    }

    @Override
    public void write(Row row, RecordView view) {
      SourceRecord record = view.toRecord();
      if (table.leavesOut(row, record, results()::account)) {
        return;
      }
      try {
        batch.add(record, table.encode(row, record));
        if (table.full(batch)) {
          flush();
        }
      } catch (Unstorable e) {
        results().reject(table.refused(record, e));
      }
    }

    @Override
    public void finish() {
      if (!batch.isEmpty()) {
        flush();
      }
    }

    private void flush() {
      Results out = results();
      BatchResult result = table.write(batch, out::account);
      result
          .rejections()
          .forEach((row, why) -> out.reject(table.refused(batch.records.get(row), why)));
      batch.clear();
    }

    private Results results() {
      if (results == null) {
        throw new IllegalStateException("No part was begun");
      }
      return results;
    }

    @Override
    public void close() {
      table.close();
    }
  }
}
