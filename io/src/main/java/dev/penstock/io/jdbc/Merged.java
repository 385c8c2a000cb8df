package dev.penstock.io.jdbc;

import java.util.Map;

/** What one merge found: rows of other runs under the keys of incoming rows, for each source. */
record Merged(Map<String, Long> duplicates) {
  static final Merged ALL_WRITTEN = new Merged(Map.of());
}
