package dev.penstock.samples.bigquery;

/** Quoting for DuckDB. */
final class Sql {
  private Sql() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
