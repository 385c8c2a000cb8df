package dev.penstock.io.jdbc;

/** What a column stores, independent of the database. */
enum ColumnKind {
  TEXT,
  INTEGER,
  DECIMAL,
  DOUBLE,
  FLOAT,
  BOOLEAN,
  DATE,
  TIME,
  LOCAL_TIMESTAMP,
  INSTANT,
  JSON,
  UUID,
  BYTES
}
