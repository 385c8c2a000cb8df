package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import java.util.List;

/** The columns that Penstock adds to every table of rows. */
final class BookkeepingColumns {
  private BookkeepingColumns() {}

  static List<Column> of(Dialect dialect) {
    return List.of(
        column(dialect, Bookkeeping.ID, ColumnKind.UUID),
        column(dialect, Bookkeeping.RUN, ColumnKind.UUID),
        column(dialect, Bookkeeping.SOURCE, ColumnKind.TEXT),
        column(dialect, Bookkeeping.MODIFIED, ColumnKind.INTEGER),
        column(dialect, Bookkeeping.OFFSET, ColumnKind.INTEGER));
  }

  /** Those that rows of changes have besides. */
  static List<Column> ofChanges(Dialect dialect) {
    return List.of(
        column(dialect, Bookkeeping.VERSION, ColumnKind.INTEGER),
        column(dialect, Bookkeeping.TIME, ColumnKind.INSTANT).optional());
  }

  /** Tells whether a change deleted its row. */
  static Column deleted(Dialect dialect) {
    return column(dialect, Bookkeeping.DELETED, ColumnKind.BOOLEAN);
  }

  private static Column column(Dialect dialect, String name, ColumnKind kind) {
    return Column.bookkeeping(
        name, kind, dialect.type(kind, 0, 0, 0), Bookkeeping.description(name));
  }
}
