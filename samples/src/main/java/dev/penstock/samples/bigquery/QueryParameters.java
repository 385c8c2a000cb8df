package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Query parameters as literals of DuckDB. */
record QueryParameters(Map<String, String> named, List<String> positional) {

  static QueryParameters of(JsonNode parameters) {
    Map<String, String> named = new HashMap<>();
    List<String> positional = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String literal = literal(parameter.path("parameterType"), parameter.path("parameterValue"));
      if (parameter.path("name").asText("").isEmpty()) {
        positional.add(literal);
      } else {
        named.put(parameter.get("name").asText().toLowerCase(Locale.ROOT), literal);
      }
    }
    return new QueryParameters(named, positional);
  }

  private static String literal(JsonNode type, JsonNode value) {
    String name = type.path("type").asText();
    if (name.equals("ARRAY")) {
      List<String> elements = new ArrayList<>();
      for (JsonNode element : value.path("arrayValues")) {
        elements.add(literal(type.path("arrayType"), element));
      }
      return "[" + String.join(", ", elements) + "]";
    }
    ColumnType column = ColumnType.named(name);
    if (column == null || column == ColumnType.RECORD) {
      throw ApiException.notCovered("query parameters of type " + name);
    }
    return "CAST("
        + (value.hasNonNull("value") ? Sql.literal(value.get("value").asText()) : "NULL")
        + " AS "
        + column.duckDb()
        + ")";
  }
}
