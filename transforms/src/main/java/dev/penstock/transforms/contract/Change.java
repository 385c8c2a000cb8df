package dev.penstock.transforms.contract;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a change event says about its row: what happened to it at the source, and when.
 *
 * <pre>{@code
 * Change change = Change.of(row);
 * boolean deleted = change != null && change.operation() == Change.Operation.DELETE;
 * }</pre>
 *
 * <p>Rows of changes have {@link #rowSchema}, which is that of the contract and the field {@value
 * #FIELD}; a step that finds this field in a schema knows that it deals with changes. Rows of other
 * records have no such field.
 *
 * @param operation what happened to the row
 * @param version what orders two changes of one key, compared as numbers: the position in the
 *     source's log, else the time at the source in milliseconds; null when the event has neither,
 *     and the position of the record decides
 * @param time when it was committed at the source, to the microsecond; null when that is not known
 */
public record Change(Operation operation, @Nullable Long version, @Nullable Instant time) {
  /** Name of the row field that carries the change. */
  public static final String FIELD = "_change";

  /** Schema of the row field {@value #FIELD}; the time is in microseconds since 1970. */
  public static final Schema SCHEMA =
      Schema.builder()
          .addStringField("operation")
          .addNullableField("version", FieldType.INT64)
          .addNullableField("time", FieldType.INT64)
          .build();

  private static final long MICROS = 1_000_000;
  private static final int NANOS_OF_MICRO = 1_000;

  /** What happened to a row. */
  public enum Operation {
    /** It is new. */
    INSERT,
    /** It has other values. */
    UPDATE,
    /** It is gone; what is sure to be known of it is its primary key. */
    DELETE,
    /** It was there when the capture began. */
    SNAPSHOT
  }

  /**
   * A change.
   *
   * @throws IllegalArgumentException when the time is more than 290,000 years away
   */
  public Change {
    if (time != null) {
      boolean exact = time.get(ChronoField.NANO_OF_SECOND) % NANOS_OF_MICRO == 0;
      time = exact ? time : time.truncatedTo(ChronoUnit.MICROS);
      // What cannot travel in a row is refused here.
      long unused = micros(time);
    }
  }

  /** Schema of rows of changes under a contract: its row schema, then {@value #FIELD}. */
  public static Schema rowSchema(DataContract contract) {
    return Schema.builder()
        .addFields(contract.rowSchema().getFields())
        .addRowField(FIELD, SCHEMA)
        .build();
  }

  /** The change that a row carries in {@value #FIELD}; null when its schema has no such field. */
  public static @Nullable Change of(Row row) {
    Schema schema = row.getSchema();
    int last = schema.getFieldCount() - 1;
    // Parsers put it last, and looking there costs less than looking for a name.
    if (last >= 0 && schema.getField(last).getName().equals(FIELD)) {
      return at(row, last);
    }
    return schema.hasField(FIELD) ? at(row, schema.indexOf(FIELD)) : null;
  }

  private static @Nullable Change at(Row row, int index) {
    Row change = row.getRow(index);
    if (change == null) {
      throw new IllegalArgumentException(
          "The row has no value in its field '"
              + FIELD
              + "': a step dropped it. Keep that field when you map rows (DeriveFields does).");
    }
    Long time = change.getInt64(2);
    return new Change(
        Operation.valueOf(String.valueOf(change.getString(0))),
        change.getInt64(1),
        time == null ? null : instant(time));
  }

  /** The value for a row's field {@value #FIELD}. */
  public Row toRow() {
    return Row.withSchema(SCHEMA)
        .attachValues(operation.name(), version, time == null ? null : micros(time));
  }

  private static long micros(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / NANOS_OF_MICRO);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "The time " + time + " of a change is beyond 64 bits of microseconds", e);
    }
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS_OF_MICRO);
  }
}
