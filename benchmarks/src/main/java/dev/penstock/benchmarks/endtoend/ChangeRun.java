package dev.penstock.benchmarks.endtoend;

import java.sql.SQLException;

/**
 * One run of one contender.
 *
 * @param setup with how much
 * @param topic what it reads
 * @param tables where it writes
 * @param expected what must be there in the end
 */
record ChangeRun(
    Setup setup, ChangeTopic topic, ChangeTables tables, ChangeEvents.Expected expected) {

  /** Whether all of it is there. */
  boolean isDone() throws SQLException {
    return tables.has(expected);
  }
}
