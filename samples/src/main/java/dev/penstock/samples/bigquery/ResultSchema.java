package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The schema of a query's result, from what DuckDB says of its columns. */
final class ResultSchema {
  private ResultSchema() {}

  static ObjectNode of(ResultSetMetaData columns) throws SQLException {
    ObjectNode schema = Json.object();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i);
      String type = columns.getColumnTypeName(i);
      boolean repeated = type.endsWith("[]");
      schema
          .withArray("fields")
          .addObject()
          .put("name", isGenerated(name) ? "f" + (i - 1) + "_" : name)
          .put("type", type(repeated ? type.substring(0, type.length() - 2) : type, name))
          .put("mode", repeated ? "REPEATED" : "NULLABLE");
    }
    return schema;
  }

  // An expression without a name: the service calls it f0_, DuckDB like the expression.
  private static boolean isGenerated(String name) {
    return name.indexOf('(') >= 0;
  }

  private static String type(String duckDb, String name) {
    String found = known(duckDb);
    if (found == null) {
      throw ApiException.notCovered(
          "results of DuckDB's type " + duckDb + " (column " + name + ")");
    }
    return found;
  }

  private static @Nullable String known(String duckDb) {
    if (duckDb.startsWith("DECIMAL")) {
      return duckDb.equals("DECIMAL(38,18)") ? "BIGNUMERIC" : "NUMERIC";
    }
    if (duckDb.startsWith("STRUCT")) {
      return "RECORD";
    }
    return switch (duckDb) {
      case "VARCHAR", "UUID" -> "STRING";
      case "BLOB" -> "BYTES";
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UINTEGER", "UBIGINT" ->
          "INTEGER";
      case "FLOAT", "DOUBLE" -> "FLOAT";
      case "BOOLEAN" -> "BOOLEAN";
      case "DATE" -> "DATE";
      case "TIME" -> "TIME";
      case "TIMESTAMP" -> "DATETIME";
      case "TIMESTAMP WITH TIME ZONE" -> "TIMESTAMP";
      case "JSON" -> "JSON";
      default -> null;
    };
  }
}
