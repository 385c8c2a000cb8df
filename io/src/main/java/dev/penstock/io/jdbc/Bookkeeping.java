package dev.penstock.io.jdbc;

import java.util.List;

/** The columns that Penstock adds to every table of rows. */
final class Bookkeeping {
  static final String PREFIX = "_penstock_";
  static final String ID = PREFIX + "id";
  static final String RUN = PREFIX + "run";
  static final String SOURCE = PREFIX + "source";
  static final String MODIFIED = PREFIX + "modified";
  static final String OFFSET = PREFIX + "offset";

  /** Columns of a position, in the order in which positions are compared. */
  static final List<String> POSITION = List.of(SOURCE, MODIFIED, OFFSET);

  private Bookkeeping() {}

  static List<Column> columns(Dialect dialect) {
    return List.of(
        column(dialect, ID, ColumnKind.UUID, "Identity of the record that the row was made from"),
        column(dialect, RUN, ColumnKind.UUID, "Run that wrote the row"),
        column(dialect, SOURCE, ColumnKind.TEXT, "File or topic partition of the record"),
        column(dialect, MODIFIED, ColumnKind.INTEGER, "Last change of the file, in ms since 1970"),
        column(dialect, OFFSET, ColumnKind.INTEGER, "Byte offset of the record in its file"));
  }

  private static Column column(Dialect dialect, String name, ColumnKind kind, String description) {
    return Column.bookkeeping(name, kind, dialect.type(kind, 0, 0, 0), description);
  }
}
