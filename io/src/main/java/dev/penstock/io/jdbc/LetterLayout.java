package dev.penstock.io.jdbc;

import dev.penstock.io.sink.LetterValues;
import dev.penstock.io.sink.RowKey;
import dev.penstock.transforms.deadletter.DeadLetter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of dead letters. */
final class LetterLayout {
  /** Column of the header's names. */
  static final String COLUMNS = "columns";

  /** Column of the time at which a dead letter was repaired. */
  static final String REPAIRED_AT = "repaired_at";

  /** Column of the run that repaired a dead letter. */
  static final String REPAIRED_BY = "repaired_by";

  private LetterLayout() {}

  /** The values of a dead letter that was not repaired, in the order of the columns. */
  static @Nullable Object[] values(DeadLetter letter, UUID run) {
    @Nullable Object[] values = LetterValues.of(letter, run);
    @Nullable Object[] all = Arrays.copyOf(values, values.length + 3);
    all[values.length] = LetterValues.columns(letter);
    return all;
  }

  private static Column optional(
      Dialect dialect, String name, ColumnKind kind, String description) {
    return Column.bookkeeping(name, kind, dialect.type(kind, 0, 0, 0), description).optional();
  }

  static TableLayout of(Dialect dialect, TableName name) {
    List<Column> columns = new ArrayList<>();
    LetterValues.FIELDS.forEach(field -> columns.add(column(dialect, field)));
    columns.add(
        optional(dialect, COLUMNS, ColumnKind.JSON, "Names in the header of the record's file"));
    columns.add(
        optional(dialect, REPAIRED_AT, ColumnKind.INSTANT, "When a replay stored the row, if so"));
    columns.add(optional(dialect, REPAIRED_BY, ColumnKind.UUID, "Run of that replay"));
    return new TableLayout(
        name,
        columns,
        List.of(columns.get(0).name()),
        null,
        RowKey.Conflict.IGNORE,
        LetterValues.DESCRIPTION,
        null);
  }

  private static Column column(Dialect dialect, LetterValues.Field field) {
    ColumnKind kind = kind(field.kind());
    return new Column(
        field.name(),
        field.name(),
        kind,
        dialect.type(kind, 0, 0, 0),
        0,
        0,
        true,
        field.required(),
        field.description(),
        0);
  }

  private static ColumnKind kind(LetterValues.Kind kind) {
    return switch (kind) {
      case ID -> ColumnKind.UUID;
      case TEXT -> ColumnKind.TEXT;
      case NUMBER -> ColumnKind.INTEGER;
      case JSON -> ColumnKind.JSON;
      case BYTES -> ColumnKind.BYTES;
      case TIME -> ColumnKind.INSTANT;
    };
  }
}
