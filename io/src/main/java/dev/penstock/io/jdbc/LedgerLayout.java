package dev.penstock.io.jdbc;

import dev.penstock.io.sink.RowKey;
import java.util.List;

/** The table of a stream's ledger. */
final class LedgerLayout {
  static final TableName NAME = TableName.parse("penstock_ledger");

  private LedgerLayout() {}

  static TableLayout of(Dialect dialect) {
    List<Column> columns =
        List.of(
            column(dialect, "target", ColumnKind.TEXT, "The table that rows go to"),
            column(dialect, "topic", ColumnKind.TEXT, "The topic that records come from"),
            column(dialect, "partition", ColumnKind.INTEGER, "Its partition"),
            column(dialect, "first_offset", ColumnKind.INTEGER, "The first offset accounted for"),
            column(dialect, "next_offset", ColumnKind.INTEGER, "The offset behind the last one"),
            column(dialect, "minute", ColumnKind.INSTANT, "When they were entered, to the minute"),
            column(dialect, "read", ColumnKind.INTEGER, "Records read"),
            column(
                dialect, "written", ColumnKind.INTEGER, "Those, or newer versions, in the table"),
            column(dialect, "dead_lettered", ColumnKind.INTEGER, "Those that are dead letters"),
            column(dialect, "filtered", ColumnKind.INTEGER, "Those left out on purpose"),
            column(dialect, "run_id", ColumnKind.UUID, "Run that entered them first"));
    return new TableLayout(
        NAME,
        columns,
        List.of("target", "topic", "partition", "first_offset"),
        null,
        RowKey.Conflict.IGNORE,
        "What became of each record of a stream: every offset once",
        null);
  }

  private static Column column(Dialect dialect, String name, ColumnKind kind, String about) {
    return Column.bookkeeping(name, kind, dialect.type(kind, 0, 0, 0), about);
  }
}
