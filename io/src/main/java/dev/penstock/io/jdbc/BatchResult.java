package dev.penstock.io.jdbc;

import java.util.HashMap;
import java.util.Map;

/** What became of a batch: the rows that were refused, and how many were there before. */
final class BatchResult {

  /** Why a row was refused. */
  record Rejection(String state, String column, String message) {}

  private final Map<Integer, Rejection> rejections = new HashMap<>();
  private final Map<String, Long> duplicates = new HashMap<>();

  void reject(int row, Failure failure) {
    rejections.put(row, new Rejection(failure.state(), failure.column(), failure.message()));
  }

  void add(Merged merged) {
    merged.duplicates().forEach((source, count) -> duplicates.merge(source, count, Long::sum));
  }

  /** Refused rows by their index in the batch. */
  Map<Integer, Rejection> rejections() {
    return rejections;
  }

  /** Rows of each source that an earlier run had stored. */
  long duplicates(String source) {
    return duplicates.getOrDefault(source, 0L);
  }
}
