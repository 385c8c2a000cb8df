package dev.penstock.transforms.contract;

/** How rows are put into a destination; each mode is idempotent. */
public enum WriteMode {
  /** Every record once: insert, or ignore when the record's deterministic id is there already. */
  APPEND,
  /** One row for each primary key: that of the highest version, in whatever order rows arrive. */
  UPSERT,
  /** One row for each primary key and version. */
  HISTORY
}
