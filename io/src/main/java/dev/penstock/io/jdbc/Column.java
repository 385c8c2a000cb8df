package dev.penstock.io.jdbc;

import java.io.Serializable;

/**
 * One column of a destination table.
 *
 * @param name column name, before quoting
 * @param field name of the contract's field, or the column's own name for bookkeeping
 * @param kind what it stores
 * @param type SQL type in the destination
 * @param precision digits of a decimal, or 0 for no limit
 * @param scale digits of a decimal after the point
 * @param declared whether the contract itself gives precision and scale
 * @param required whether a new table refuses null
 * @param description comment on the column, or empty
 * @param stored the database's number of the type that a table has there, or 0 where it is not
 *     known
 */
record Column(
    String name,
    String field,
    ColumnKind kind,
    String type,
    int precision,
    int scale,
    boolean declared,
    boolean required,
    String description,
    int stored)
    implements Serializable {

  static Column bookkeeping(String name, ColumnKind kind, String type, String description) {
    return new Column(name, name, kind, type, 0, 0, true, true, description, 0);
  }

  /** The same column, with the decimal type that the table really has. */
  Column withDecimal(int precision, int scale, String type) {
    return new Column(
        name, field, kind, type, precision, scale, declared, required, description, stored);
  }

  /** The same column, which takes null. */
  Column optional() {
    return new Column(
        name, field, kind, type, precision, scale, declared, false, description, stored);
  }

  /** The same column, of which the stored type is known. */
  Column withStored(int number) {
    return new Column(
        name, field, kind, type, precision, scale, declared, required, description, number);
  }

  String quoted() {
    return TableName.quote(name);
  }
}
