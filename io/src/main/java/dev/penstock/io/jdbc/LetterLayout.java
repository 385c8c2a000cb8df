package dev.penstock.io.jdbc;

import dev.penstock.io.sink.RowKey;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of dead letters, and a dead letter as a row of it. */
final class LetterLayout {
  private static final String ID = "id";

  private LetterLayout() {}

  static TableLayout of(Dialect dialect, TableName name) {
    List<Column> columns = new ArrayList<>();
    add(columns, dialect, ID, ColumnKind.UUID, true, "Same record and step, same id");
    add(columns, dialect, "source", ColumnKind.TEXT, true, "File or topic partition");
    add(columns, dialect, "byte_offset", ColumnKind.INTEGER, true, "Offset in the file, in bytes");
    add(columns, dialect, "record_number", ColumnKind.INTEGER, true, "Counted from 1");
    add(columns, dialect, "modified", ColumnKind.INTEGER, true, "Last change of the file, in ms");
    add(columns, dialect, "step", ColumnKind.TEXT, true, "Step that rejected the record");
    add(columns, dialect, "reason_codes", ColumnKind.TEXT, true, "Codes, separated by commas");
    add(columns, dialect, "fields", ColumnKind.TEXT, true, "Fields, separated by commas");
    add(columns, dialect, "message", ColumnKind.TEXT, true, "All reasons, for people");
    add(columns, dialect, "reasons", ColumnKind.JSON, true, "Code, field and message of each");
    add(columns, dialect, "payload", ColumnKind.BYTES, true, "The record, byte for byte");
    add(columns, dialect, "event_time", ColumnKind.INSTANT, false, "When it happened, if known");
    add(columns, dialect, "attempt", ColumnKind.INTEGER, true, "Counted from 1");
    add(columns, dialect, "contract_id", ColumnKind.TEXT, true, "Contract it was held against");
    add(columns, dialect, "contract_version", ColumnKind.TEXT, true, "Version of that contract");
    add(columns, dialect, "run_id", ColumnKind.UUID, true, "Run that stored it first");
    return new TableLayout(
        name,
        List.copyOf(columns),
        List.of(ID),
        null,
        RowKey.Conflict.IGNORE,
        "Records that Penstock rejected");
  }

  private static void add(
      List<Column> columns,
      Dialect dialect,
      String name,
      ColumnKind kind,
      boolean required,
      String description) {
    String type = dialect.type(kind, 0, 0, 0);
    columns.add(new Column(name, name, kind, type, 0, 0, true, required, description));
  }

  /** The dead letter's values, in the order of the columns. */
  static Object[] values(DeadLetter letter, UUID run) {
    Position position = letter.record().position();
    org.joda.time.Instant time = letter.eventTime();
    return new Object[] {
      letter.id(),
      clean(position.source()),
      position.offset(),
      position.number(),
      position.modified(),
      clean(letter.step()),
      joined(letter, Reason::code, ","),
      joined(letter, Reason::field, ","),
      joined(letter, Reason::message, "; "),
      json(letter),
      letter.record().payload(),
      time == null ? null : Instant.ofEpochMilli(time.getMillis()),
      (long) letter.attempt(),
      clean(letter.contractId()),
      clean(letter.contractVersion()),
      run
    };
  }

  private static String joined(DeadLetter letter, Function<Reason, String> part, String separator) {
    return letter.reasons().stream()
        .map(part)
        .filter(text -> !text.isEmpty())
        .distinct()
        .map(LetterLayout::clean)
        .collect(Collectors.joining(separator));
  }

  private static String json(DeadLetter letter) {
    return letter.reasons().stream()
        .map(
            reason ->
                "{\"code\": "
                    + JsonText.of(clean(reason.code()))
                    + ", \"field\": "
                    + JsonText.of(clean(reason.field()))
                    + ", \"message\": "
                    + JsonText.of(clean(reason.message()))
                    + "}")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A message may quote what no text column holds; the payload has it byte for byte. */
  private static String clean(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        clean = clean == null ? new StringBuilder(text) : clean;
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean == null ? text : clean.toString();
  }
}
