package dev.penstock.samples.bigquery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What turns a table's schema into a newer one, where the service allows it. */
final class SchemaChange {
  private final TableId table;
  private final List<String> statements = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private boolean adds;
  private boolean relaxes;

  private SchemaChange(TableId table) {
    this.table = table;
  }

  static SchemaChange of(Table before, List<Column> after) {
    SchemaChange change = new SchemaChange(before.id());
    change.compare("", before.columns(), after);
    change.order(before.columns(), after);
    return change;
  }

  // New fields are stored behind the others, wherever they stand in the new schema.
  private void order(List<Column> before, List<Column> after) {
    Map<String, Column> left = new LinkedHashMap<>();
    after.forEach(column -> left.put(column.key(), column));
    for (Column column : before) {
      Column newer = left.remove(column.key());
      if (newer != null) {
        columns.add(newer);
      }
    }
    columns.addAll(left.values());
  }

  /** The new columns in the order in which they are stored. */
  List<Column> columns() {
    return columns;
  }

  /** Statements for DuckDB. */
  List<String> statements() {
    return statements;
  }

  boolean adds() {
    return adds;
  }

  boolean relaxes() {
    return relaxes;
  }

  private void compare(String path, List<Column> before, List<Column> after) {
    Map<String, Column> old =
        before.stream().collect(Collectors.toMap(Column::key, Function.identity()));
    for (Column column : after) {
      Column known = old.remove(column.key());
      if (known == null) {
        add(path, column);
      } else {
        alter(path, known, column);
      }
    }
    if (!old.isEmpty()) {
      throw refused(
          "Field " + path + old.values().iterator().next().name() + " is missing in new schema");
    }
  }

  private void add(String path, Column column) {
    String name = path + column.name();
    if (column.mode() == Column.Mode.REQUIRED) {
      throw refused("Cannot add required fields to an existing schema. (field: " + name + ")");
    }
    if (!path.isEmpty()) {
      throw ApiException.notCovered("new fields within a record (" + name + ")");
    }
    adds = true;
    String absent = column.isRepeated() ? " DEFAULT []" : "";
    statements.add(
        "ALTER TABLE " + table.sql() + " ADD COLUMN " + column.duckDbDefinition() + absent);
  }

  private void alter(String path, Column known, Column column) {
    String name = path + column.name();
    if (!known.sqlType().equals(column.sqlType())) {
      throw refused(
          "Field "
              + name
              + " has changed type from "
              + known.sqlType()
              + " to "
              + column.sqlType());
    }
    if (known.mode() == Column.Mode.REQUIRED && column.mode() == Column.Mode.NULLABLE) {
      relaxes = true;
      if (path.isEmpty()) {
        statements.add(
            "ALTER TABLE "
                + table.sql()
                + " ALTER COLUMN "
                + Sql.quoted(known.name())
                + " DROP NOT NULL");
      }
    } else if (known.mode() != column.mode()) {
      throw refused(
          "Field " + name + " has changed mode from " + known.mode() + " to " + column.mode());
    }
    compare(name + ".", known.fields(), column.fields());
  }

  private ApiException refused(String why) {
    return ApiException.invalid("Provided Schema does not match Table " + table + ". " + why);
  }
}
