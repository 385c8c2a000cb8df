package dev.penstock.io.bigquery;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of the rows of a part that are stored as they come. */
final class PartAccount {
  private final String runId;
  private @Nullable SourcePart part;
  private RowSink.@Nullable Results results;
  private long stored;

  PartAccount(String runId) {
    this.runId = runId;
  }

  void begin(SourcePart newPart, RowSink.Results newResults) {
    part = newPart;
    results = newResults;
    stored = 0;
  }

  void stored(long rows) {
    stored += rows;
  }

  void reject(DeadLetter letter) {
    begun(results).reject(letter);
  }

  void finish() {
    if (stored > 0) {
      LedgerEntry entry = LedgerEntry.written(begun(part).source(), stored);
      RunProgress.of(runId).add(entry);
      begun(results).account(entry);
    }
    part = null;
    results = null;
  }

  private static <T> T begun(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("No part was begun");
    }
    return value;
  }
}
