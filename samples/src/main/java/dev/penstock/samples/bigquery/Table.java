package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table: its name, its columns, and its resource as the REST interface shows it. */
record Table(TableId id, List<Column> columns, ObjectNode resource) {

  static Table of(TableId id, ObjectNode resource) {
    if (resource.has("view") || resource.has("externalDataConfiguration")) {
      throw ApiException.notCovered("views and external tables");
    }
    List<Column> columns = Column.ofSchema(resource.path("schema"));
    ObjectNode checked = resource.deepCopy();
    checked.set("schema", Column.schema(columns));
    Table table = new Table(id, columns, checked);
    table.checkKey();
    return table;
  }

  /** Names of the key's columns; empty where the table has no key. */
  List<String> primaryKey() {
    List<String> names = new ArrayList<>();
    for (JsonNode name : resource.path("tableConstraints").path("primaryKey").path("columns")) {
      names.add(column(name.asText()).name());
    }
    return names;
  }

  private void checkKey() {
    var unused = primaryKey();
  }

  private Column column(String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> ApiException.invalid("Primary key column '" + name + "' is not in the schema."));
  }

  /** The statement that makes it in DuckDB. */
  String createStatement() {
    return createStatement(id.sql(), columns);
  }

  static String createStatement(String name, List<Column> columns) {
    return columns.stream()
        .map(Column::duckDbDefinition)
        .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"));
  }

  /** The same columns in DuckDB, whatever their descriptions. */
  boolean isStoredAs(Table other) {
    return createStatement(id.sql(), columns).equals(createStatement(id.sql(), other.columns));
  }
}
