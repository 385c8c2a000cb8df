package dev.penstock.io.bigquery;

/** The types of BigQuery's columns, and what its two languages call them. */
enum ColumnType {
  STRING("STRING", "STRING"),
  INTEGER("INTEGER", "INT64"),
  FLOAT("FLOAT", "FLOAT64"),
  NUMERIC("NUMERIC", "NUMERIC"),
  BIGNUMERIC("BIGNUMERIC", "BIGNUMERIC"),
  BOOLEAN("BOOLEAN", "BOOL"),
  DATE("DATE", "DATE"),
  TIME("TIME", "TIME"),
  DATETIME("DATETIME", "DATETIME"),
  TIMESTAMP("TIMESTAMP", "TIMESTAMP"),
  JSON("JSON", "JSON"),
  BYTES("BYTES", "BYTES"),
  RECORD("RECORD", "STRUCT");

  private final String api;
  private final String sql;

  ColumnType(String api, String sql) {
    this.api = api;
    this.sql = sql;
  }

  /** The name in a table's schema. */
  String api() {
    return api;
  }

  /** The name in SQL. */
  String sql() {
    return sql;
  }

  /** The type that a schema names in either language. */
  static ColumnType of(String name) {
    for (ColumnType type : values()) {
      if (type.api.equalsIgnoreCase(name) || type.sql.equalsIgnoreCase(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("No type of BigQuery is known by the name " + name);
  }

  boolean isDecimal() {
    return this == NUMERIC || this == BIGNUMERIC;
  }

  /** Digits after the point that the type has without parameters. */
  int maxScale() {
    return this == NUMERIC ? 9 : 38;
  }

  /** Digits before the point that the type always has room for. */
  int maxWholeDigits() {
    return this == NUMERIC ? 29 : 38;
  }
}
