package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that wait for being written together, and the records that they were made of. */
final class RowBatch {
  final List<SourceRecord> records = new ArrayList<>();
  final StagedRows values;
  private long bytes;

  RowBatch(StagedRows values) {
    this.values = values;
  }

  void add(SourceRecord record, @Nullable Object[] encoded) throws Unstorable {
    values.add(encoded);
    records.add(record);
    bytes += record.payload().length;
  }

  boolean full(ConnectionSettings settings) {
    return records.size() >= settings.batchRows() || bytes >= settings.batchBytes();
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  void clear() {
    records.clear();
    values.clear();
    bytes = 0;
  }
}
