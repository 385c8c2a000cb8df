package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One column of a table, or a part of a nested one.
 *
 * @param name column name
 * @param field name of the contract's field, or the column's own name for bookkeeping
 * @param type what it stores
 * @param mode whether it has a value, perhaps one, or many
 * @param precision digits of a decimal, or 0 where the type alone limits them
 * @param scale digits of a decimal after the point
 * @param length most characters or bytes, or 0 for no limit
 * @param description what people read of it, or empty
 * @param parts columns of a record
 */
record Column(
    String name,
    String field,
    ColumnType type,
    Mode mode,
    int precision,
    int scale,
    int length,
    String description,
    List<Column> parts)
    implements Serializable {

  /** How often a value occurs. */
  enum Mode {
    NULLABLE,
    REQUIRED,
    REPEATED
  }

  static Column plain(String name, ColumnType type, Mode mode, String description) {
    return new Column(name, name, type, mode, 0, 0, 0, description, List.of());
  }

  Column withMode(Mode other) {
    return new Column(name, field, type, other, precision, scale, length, description, parts);
  }

  /** The same column, as an existing table has it. */
  Column as(ColumnType otherType, Mode otherMode, int otherPrecision, int otherScale, int most) {
    return new Column(
        name, field, otherType, otherMode, otherPrecision, otherScale, most, description, parts);
  }

  Column withParts(List<Column> others) {
    return new Column(
        name, field, type, mode, precision, scale, length, description, List.copyOf(others));
  }

  /** Digits after the point that the column keeps. */
  int effectiveScale() {
    return precision > 0 ? scale : type.maxScale();
  }

  /** Digits before the point that the column has room for. */
  int wholeDigits() {
    return precision > 0 ? precision - scale : type.maxWholeDigits();
  }

  String quoted() {
    return "`" + name + "`";
  }

  /** The type as SQL writes it, without the parts of a record. */
  String shortType() {
    return type == ColumnType.RECORD ? withParts(List.of()).sqlType().replace("<>", "") : sqlType();
  }

  /** The type as SQL writes it. */
  String sqlType() {
    String item =
        type == ColumnType.RECORD
            ? parts.stream()
                .map(part -> part.quoted() + " " + part.definition())
                .collect(Collectors.joining(", ", "STRUCT<", ">"))
            : type.sql() + parameters();
    return mode == Mode.REPEATED ? "ARRAY<" + item + ">" : item;
  }

  private String parameters() {
    if (length > 0) {
      return "(" + length + ")";
    }
    return precision == 0
        ? ""
        : scale == 0 ? "(" + precision + ")" : "(" + precision + ", " + scale + ")";
  }

  /** Type, constraint and options, as a definition in SQL has them after the name. */
  String definition() {
    return sqlType()
        + (mode == Mode.REQUIRED ? " NOT NULL" : "")
        + (description.isEmpty() ? "" : " OPTIONS(description=" + Sql.literal(description) + ")");
  }

  /** The column as the service's interface describes it. */
  TableFieldSchema schema() {
    TableFieldSchema schema =
        new TableFieldSchema().setName(name).setType(type.api()).setMode(mode.name());
    if (!description.isEmpty()) {
      schema.setDescription(description);
    }
    if (length > 0) {
      schema.setMaxLength((long) length);
    }
    if (precision > 0) {
      schema.setPrecision((long) precision);
      if (scale > 0) {
        schema.setScale((long) scale);
      }
    }
    if (type == ColumnType.RECORD) {
      schema.setFields(parts.stream().map(Column::schema).toList());
    }
    return schema;
  }

  /** A column of an existing table. */
  static Column of(TableFieldSchema schema) {
    ColumnType type = ColumnType.of(schema.getType());
    return new Column(
        schema.getName(),
        schema.getName(),
        type,
        schema.getMode() == null ? Mode.NULLABLE : Mode.valueOf(schema.getMode()),
        number(schema.getPrecision()),
        number(schema.getScale()),
        number(schema.getMaxLength()),
        schema.getDescription() == null ? "" : schema.getDescription(),
        schema.getFields() == null
            ? List.of()
            : schema.getFields().stream().map(Column::of).toList());
  }

  private static int number(@org.jspecify.annotations.Nullable Long value) {
    return value == null ? 0 : Math.toIntExact(value);
  }
}
