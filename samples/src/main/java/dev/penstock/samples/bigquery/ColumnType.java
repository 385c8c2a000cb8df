package dev.penstock.samples.bigquery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type of the service: its name in schemas, and what DuckDB stores. */
enum ColumnType {
  STRING("STRING", "STRING", "VARCHAR"),
  BYTES("BYTES", "BYTES", "BLOB"),
  INTEGER("INTEGER", "INT64", "BIGINT"),
  FLOAT("FLOAT", "FLOAT64", "DOUBLE"),
  NUMERIC("NUMERIC", "NUMERIC", "DECIMAL(38,9)"),
  BIGNUMERIC("BIGNUMERIC", "BIGNUMERIC", "DECIMAL(38,18)"),
  BOOLEAN("BOOLEAN", "BOOL", "BOOLEAN"),
  DATE("DATE", "DATE", "DATE"),
  TIME("TIME", "TIME", "TIME"),
  DATETIME("DATETIME", "DATETIME", "TIMESTAMP"),
  TIMESTAMP("TIMESTAMP", "TIMESTAMP", "TIMESTAMPTZ"),
  JSON("JSON", "JSON", "JSON"),
  RECORD("RECORD", "STRUCT", "STRUCT");

  private static final Map<String, ColumnType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));

  private final String legacyName;
  private final String sqlName;
  private final String duckDb;

  ColumnType(String legacyName, String sqlName, String duckDb) {
    this.legacyName = legacyName;
    this.sqlName = sqlName;
    this.duckDb = duckDb;
  }

  /** By any of its names in schemas and in GoogleSQL. */
  static @Nullable ColumnType named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "INT64", "INT", "SMALLINT", "BIGINT", "TINYINT", "BYTEINT" -> INTEGER;
      case "FLOAT64" -> FLOAT;
      case "BOOL" -> BOOLEAN;
      case "STRUCT" -> RECORD;
      case "DECIMAL" -> NUMERIC;
      case "BIGDECIMAL" -> BIGNUMERIC;
      default -> BY_NAME.get(upper);
    };
  }

  /** The name that the REST interface answers with. */
  String legacyName() {
    return legacyName;
  }

  /** The name in GoogleSQL and in messages. */
  String sqlName() {
    return sqlName;
  }

  /** What DuckDB stores where the column has no parameters. */
  String duckDb() {
    return duckDb;
  }
}
