package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.transforms.contract.SchemaDrift;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the columns that a contract wants against those that a table has.
 *
 * <p>What the table has decides how values are written; what it lacks is added or left out, at any
 * depth, as the policy for drift says.
 */
final class SchemaMatch {
  private final TableLayout wanted;
  private final SchemaDrift drift;
  private final List<String> problems = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private List<Column> columns = List.of();
  private List<TableFieldSchema> fields = List.of();

  private SchemaMatch(TableLayout wanted, SchemaDrift drift) {
    this.wanted = wanted;
    this.drift = drift;
  }

  static SchemaMatch of(TableLayout wanted, List<TableFieldSchema> existing, SchemaDrift drift) {
    SchemaMatch match = new SchemaMatch(wanted, drift);
    List<TableFieldSchema> fields = new ArrayList<>(existing);
    match.columns = match.columns(wanted.columns(), fields, "");
    match.fields = fields;
    return match;
  }

  /** What stands in the way, one line each. */
  List<String> problems() {
    return problems;
  }

  /** Columns that the table lacks, with their paths. */
  List<String> added() {
    return added;
  }

  /** The columns under which rows are written. */
  List<Column> columns() {
    return columns;
  }

  /** The table's fields, with those that it lacked at the end. */
  List<TableFieldSchema> fields() {
    return fields;
  }

  private List<Column> columns(
      List<Column> wantedColumns, List<TableFieldSchema> existing, String path) {
    List<Column> matched = new ArrayList<>();
    for (Column column : wantedColumns) {
      int index = index(existing, column.name());
      if (index >= 0) {
        found(column, existing, index, path).ifPresent(matched::add);
      } else {
        lacking(column, existing, path).ifPresent(matched::add);
      }
    }
    for (TableFieldSchema field : existing) {
      boolean filled = wantedColumns.stream().anyMatch(each -> same(each.name(), field));
      if (!filled && Mode.REQUIRED.name().equals(field.getMode())) {
        problems.add(
            "Table "
                + wanted.ref()
                + " has a REQUIRED column "
                + path
                + field.getName()
                + " that the contract lacks, so no row could be written. Make it NULLABLE (ALTER"
                + " COLUMN … DROP NOT NULL), or add it to the contract");
      }
    }
    return matched;
  }

  private static int index(List<TableFieldSchema> fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (same(name, fields.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(String name, TableFieldSchema field) {
    return name.equalsIgnoreCase(field.getName());
  }

  private Optional<Column> found(
      Column column, List<TableFieldSchema> existing, int index, String path) {
    TableFieldSchema field = existing.get(index);
    Column there = Column.of(field);
    boolean listed = there.mode() == Mode.REPEATED;
    if (listed != (column.mode() == Mode.REPEATED) || !fits(column, there)) {
      problems.add(
          "Column "
              + path
              + column.name()
              + " of table "
              + wanted.ref()
              + " has type "
              + there.shortType()
              + ", but the contract asks for "
              + column.shortType()
              + ". Change the column or the contract's physicalType, or write to another table");
      return Optional.empty();
    }
    if (column.type() != ColumnType.RECORD) {
      return Optional.of(
          column.as(there.type(), there.mode(), there.precision(), there.scale(), there.length()));
    }
    List<TableFieldSchema> parts =
        field.getFields() == null ? new ArrayList<>() : new ArrayList<>(field.getFields());
    List<Column> matched = columns(column.parts(), parts, path + column.name() + ".");
    TableFieldSchema copy = new TableFieldSchema();
    copy.putAll(field);
    existing.set(index, copy.setFields(parts));
    return Optional.of(column.withMode(there.mode()).withParts(matched));
  }

  private static boolean fits(Column column, Column there) {
    ColumnType type = there.type();
    return switch (column.type()) {
      case INTEGER -> type == ColumnType.INTEGER || type.isDecimal();
      case NUMERIC, BIGNUMERIC ->
          type.isDecimal() && (column.precision() == 0 || there.effectiveScale() >= column.scale());
      default -> type == column.type();
    };
  }

  private Optional<Column> lacking(Column column, List<TableFieldSchema> existing, String path) {
    boolean essential = path.isEmpty() && wanted.essential(column);
    if (drift == SchemaDrift.FAIL || (drift == SchemaDrift.IGNORE && essential)) {
      problems.add(
          "Table "
              + wanted.ref()
              + " has no column "
              + path
              + column.name()
              + (essential ? ", which every write needs" : ", which the contract has")
              + ". Add it (type "
              + column.sqlType()
              + "), or pass --schemaDrift="
              + (essential ? "add" : "add or --schemaDrift=ignore"));
      return Optional.empty();
    }
    added.add(path + column.name());
    if (drift == SchemaDrift.IGNORE) {
      return Optional.empty();
    }
    // Rows that are there have no value for it.
    Column optional = column.mode() == Mode.REQUIRED ? column.withMode(Mode.NULLABLE) : column;
    existing.add(optional.schema());
    return Optional.of(optional);
  }
}
