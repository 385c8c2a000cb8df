package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Unstorable;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait for being written together, in the form in which their database takes them. Each
 * {@link Dialect} gets those that it made.
 */
interface StagedRows {
  /**
   * Adds a row.
   *
   * @param values those of the columns of {@link TableLayout#staged}; may be used again for others
   * @throws Unstorable if a value has no place in its column; nothing is added then
   */
  void add(@Nullable Object[] values) throws Unstorable;

  /** Number of rows. */
  int size();

  /** The rows from one to before another, as long as nothing is added or cleared. */
  StagedRows part(int from, int to);

  /** Forgets all rows. */
  void clear();
}
