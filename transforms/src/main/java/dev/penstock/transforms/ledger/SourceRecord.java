package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/**
 * A record as it was read: its bytes, unchanged, and its position.
 *
 * <p>Rows made from a record carry it along in their field {@value #FIELD} (see {@link #SCHEMA}),
 * so that any later step can dead-letter the original bytes and write under a deterministic
 * identity.
 */
@AutoValue
@DefaultCoder(SourceRecordCoder.class)
public abstract class SourceRecord {
  /** Name of the row field that carries the record a row was made from. */
  public static final String FIELD = "_record";

  /** Schema of the row field {@value #FIELD}. */
  public static final Schema SCHEMA =
      Schema.builder()
          .addStringField("source")
          .addInt64Field("modified")
          .addInt64Field("offset")
          .addInt64Field("number")
          .addByteArrayField("payload")
          .build();

  /** A record without column names: of a file without a header, or not of a file at all. */
  public static SourceRecord of(Position position, byte[] payload) {
    return new AutoValue_SourceRecord(position, payload, List.of(), "");
  }

  /** A record of a file whose header names these columns. */
  public static SourceRecord of(Position position, byte[] payload, List<String> columns) {
    return new AutoValue_SourceRecord(position, payload, List.copyOf(columns), "");
  }

  /** The record that a row carries in {@value #FIELD}. */
  public static SourceRecord of(Row row) {
    Row record = row.getRow(FIELD);
    if (record == null) {
      throw new IllegalArgumentException(
          "The row has no value in its field '"
              + FIELD
              + "': a step dropped it. Keep that field when you map rows (DeriveFields does).");
    }
    return of(
        Position.of(
            value(record.getString(0)),
            value(record.getInt64(1)),
            value(record.getInt64(2)),
            value(record.getInt64(3))),
        value(record.getBytes(4)));
  }

  private static <T> T value(@org.jspecify.annotations.Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("A part of the row's field '" + FIELD + "' is null");
    }
    return value;
  }

  /** Where the record came from. */
  public abstract Position position();

  /** The record's bytes as they stand in the source; do not change the array. */
  @SuppressWarnings("mutable")
  public abstract byte[] payload();

  /** Column names of the header of the record's file; empty when there is none. */
  public abstract List<String> columns();

  /**
   * Character set of the payload where the source itself told it (a byte-order mark at the start of
   * a file); empty where only the dialect does.
   */
  public abstract String charset();

  /** The same record, in the character set that its source told. */
  public final SourceRecord withCharset(String charset) {
    return new AutoValue_SourceRecord(position(), payload(), columns(), charset);
  }

  /** The value for a row's field {@value #FIELD}. */
  public Row toRow() {
    return Row.withSchema(SCHEMA)
        .attachValues(
            position().source(),
            position().modified(),
            position().offset(),
            position().number(),
            payload());
  }

  /**
   * A deterministic identity of the record: the same bytes at the same place of the same unit give
   * the same id in every run. It is the first 128 bits of a SHA-256 (marked as a version 8 UUID,
   * RFC 9562 section 5.8) of source and offset, and of the payload's length, CRC-32 and CRC-32C.
   */
  public UUID id() {
    return RecordId.of(position().source(), position().offset(), payload());
  }
}
