package dev.penstock.io.sink;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a row of the table {@value #TABLE}, which is the same in every warehouse.
 *
 * <pre>{@code
 * Object[] values = LetterValues.of(letter, runId);
 * }</pre>
 */
public final class LetterValues {
  /** Name of the table where no other is given. */
  public static final String TABLE = "penstock_dead_letters";

  /** What people read of the table. */
  public static final String DESCRIPTION = "Records that Penstock rejected";

  /** What a column holds. */
  public enum Kind {
    /** A {@code UUID}. */
    ID,
    /** A {@code String}. */
    TEXT,
    /** A {@code Long}. */
    NUMBER,
    /** JSON as a {@code String}. */
    JSON,
    /** A {@code byte[]}. */
    BYTES,
    /** A {@code java.time.Instant}, or null. */
    TIME
  }

  /**
   * A column of the table; all but those of a time have a value in every row.
   *
   * @param name column name
   * @param kind what it holds
   * @param description what people read of it
   */
  public record Field(String name, Kind kind, String description) {
    /** Whether every row has a value. */
    public boolean required() {
      return kind != Kind.TIME;
    }
  }

  /** The columns, in the order of the values; the first identifies the dead letter. */
  public static final List<Field> FIELDS =
      List.of(
          new Field("id", Kind.ID, "Same record and step, same id"),
          new Field("source", Kind.TEXT, "File or topic partition"),
          new Field("byte_offset", Kind.NUMBER, "Offset in the file, in bytes"),
          new Field("record_number", Kind.NUMBER, "Counted from 1"),
          new Field("modified", Kind.NUMBER, "Last change of the file, in ms"),
          new Field("step", Kind.TEXT, "Step that rejected the record"),
          new Field("reason_codes", Kind.TEXT, "Codes, separated by commas"),
          new Field("fields", Kind.TEXT, "Fields, separated by commas"),
          new Field("message", Kind.TEXT, "All reasons, for people"),
          new Field("reasons", Kind.JSON, "Code, field and message of each"),
          new Field("payload", Kind.BYTES, "The record, byte for byte"),
          new Field("event_time", Kind.TIME, "When it happened, if known"),
          new Field("attempt", Kind.NUMBER, "Counted from 1"),
          new Field("contract_id", Kind.TEXT, "Contract it was held against"),
          new Field("contract_version", Kind.TEXT, "Version of that contract"),
          new Field("run_id", Kind.ID, "Run that stored it first"));

  private LetterValues() {}

  /** The names of the header of the dead letter's file, as JSON; null where there is no header. */
  public static @Nullable String columns(DeadLetter letter) {
    List<String> columns = letter.record().columns();
    return columns.isEmpty()
        ? null
        : columns.stream().map(LetterValues::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** The dead letter's values, in the order of the columns. */
  public static @Nullable Object[] of(DeadLetter letter, UUID run) {
    Position position = letter.record().position();
    org.joda.time.Instant time = letter.eventTime();
    return new @Nullable Object[] {
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
        .map(LetterValues::clean)
        .collect(Collectors.joining(separator));
  }

  private static String json(DeadLetter letter) {
    return letter.reasons().stream()
        .map(
            reason ->
                "{\"code\": "
                    + quoted(reason.code())
                    + ", \"field\": "
                    + quoted(reason.field())
                    + ", \"message\": "
                    + quoted(reason.message())
                    + "}")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(clean(text))) + '"';
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
