package dev.penstock.transforms.parse;

import java.util.Map;

/** What an event says beside its rows. */
enum ChangeFact {
  OP,
  DELETED,
  LSN,
  SOURCE_MS,
  SOURCE_US,
  SOURCE_NS,
  EVENT_MS,
  EVENT_US,
  EVENT_NS,
  TABLE,
  SCHEMA,
  DATABASE,
  TRANSACTION,
  TRANSACTION_ID,
  SNAPSHOT;

  /** Members of the envelope. */
  static final Map<String, ChangeFact> OF_EVENT =
      Map.of("op", OP, "ts_ms", EVENT_MS, "ts_us", EVENT_US, "ts_ns", EVENT_NS);

  /** Members of the envelope's {@code source}. */
  static final Map<String, ChangeFact> OF_SOURCE =
      Map.of(
          "lsn", LSN,
          "ts_ms", SOURCE_MS,
          "ts_us", SOURCE_US,
          "ts_ns", SOURCE_NS,
          "table", TABLE,
          "schema", SCHEMA,
          "db", DATABASE,
          "txId", TRANSACTION,
          "snapshot", SNAPSHOT);

  /** Members of the envelope's {@code transaction}. */
  static final Map<String, ChangeFact> OF_TRANSACTION = Map.of("id", TRANSACTION_ID);

  /** Members that an unwrapped row has beside its columns. */
  static final Map<String, ChangeFact> BESIDE_ROW =
      Map.ofEntries(
          Map.entry("__op", OP),
          Map.entry("__deleted", DELETED),
          Map.entry("__lsn", LSN),
          Map.entry("__source_lsn", LSN),
          Map.entry("__ts_ms", EVENT_MS),
          Map.entry("__ts_us", EVENT_US),
          Map.entry("__ts_ns", EVENT_NS),
          Map.entry("__source_ts_ms", SOURCE_MS),
          Map.entry("__source_ts_us", SOURCE_US),
          Map.entry("__source_ts_ns", SOURCE_NS),
          Map.entry("__table", TABLE),
          Map.entry("__source_table", TABLE),
          Map.entry("__schema", SCHEMA),
          Map.entry("__source_schema", SCHEMA),
          Map.entry("__db", DATABASE),
          Map.entry("__source_db", DATABASE),
          Map.entry("__txId", TRANSACTION),
          Map.entry("__source_txId", TRANSACTION),
          Map.entry("__transaction_id", TRANSACTION_ID),
          Map.entry("__snapshot", SNAPSHOT),
          Map.entry("__source_snapshot", SNAPSHOT));

  /** Whether it is a whole number of 64 bits. */
  boolean isWhole() {
    return switch (this) {
      case LSN, SOURCE_MS, SOURCE_US, SOURCE_NS, EVENT_MS, EVENT_US, EVENT_NS -> true;
      default -> false;
    };
  }
}
