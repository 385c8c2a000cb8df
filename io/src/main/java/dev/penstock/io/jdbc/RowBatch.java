package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that wait for being written together, and the records that they were made of. */
final class RowBatch {
  final List<SourceRecord> records = new ArrayList<>();
  final StagedRows values;
  private final Map<String, Long> ofSources = new HashMap<>();

  /** The source of the last record; those of one source mostly follow each other. */
  private String source = "";

  private long ofSource;
  private long bytes;

  RowBatch(StagedRows values) {
    this.values = values;
  }

  void add(SourceRecord record, @Nullable Object[] encoded) throws Unstorable {
    values.add(encoded);
    records.add(record);
    bytes += record.payload().length;
    String next = record.position().source();
    if (!next.equals(source)) {
      countLast();
      source = next;
    }
    ofSource++;
  }

  private void countLast() {
    if (ofSource > 0) {
      ofSources.merge(source, ofSource, Long::sum);
      ofSource = 0;
    }
  }

  /** How many rows there are of each source. */
  Map<String, Long> ofSources() {
    countLast();
    return Map.copyOf(ofSources);
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
    ofSources.clear();
    ofSource = 0;
    bytes = 0;
  }
}
