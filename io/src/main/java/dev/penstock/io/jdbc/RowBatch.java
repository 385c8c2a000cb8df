package dev.penstock.io.jdbc;

import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** Rows of one window that wait for being written together. */
final class RowBatch {
  final List<Row> rows = new ArrayList<>();
  final List<SourceRecord> records = new ArrayList<>();
  final List<Instant> times = new ArrayList<>();
  final List<Object[]> values = new ArrayList<>();
  private long bytes;

  void add(Row row, SourceRecord record, Instant time, Object[] encoded) {
    rows.add(row);
    records.add(record);
    times.add(time);
    values.add(encoded);
    bytes += record.payload().length;
  }

  boolean full(ConnectionSettings settings) {
    return rows.size() >= settings.batchRows() || bytes >= settings.batchBytes();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }
}
