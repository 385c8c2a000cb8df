package dev.penstock.io.jdbc;

import dev.penstock.io.sink.LetterValues;
import dev.penstock.io.sink.RowKey;
import java.util.List;

/** The table of dead letters. */
final class LetterLayout {
  private LetterLayout() {}

  static TableLayout of(Dialect dialect, TableName name) {
    List<Column> columns =
        LetterValues.FIELDS.stream().map(field -> column(dialect, field)).toList();
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
        field.description());
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
