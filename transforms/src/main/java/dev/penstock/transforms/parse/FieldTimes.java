package dev.penstock.transforms.parse;

import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordTimes;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.values.Row;

/**
 * A field of the contract as the time of its record.
 *
 * <pre>{@code
 * RecordTimes times = FieldTimes.of(ParseJson.to(contract), "created_at");
 * }</pre>
 *
 * <p><b>Guarantees.</b> A record that cannot be parsed, and a row without a value in the field,
 * tell no time.
 *
 * <p><b>Cost.</b> Each record is parsed once more, in the reader.
 */
public final class FieldTimes implements RecordTimes {
  private static final long serialVersionUID = 1L;

  private final ParseRecords<RecordBytes> parse;
  private final int field;

  private FieldTimes(ParseRecords<RecordBytes> parse, int field) {
    this.parse = parse;
    this.field = field;
  }

  /**
   * The time in this field of the rows that the parser gives.
   *
   * @throws IllegalArgumentException if there is no such field, or it is no timestamp
   */
  public static FieldTimes of(ParseRecords<RecordBytes> parse, String field) {
    Schema schema = parse.rowSchema();
    if (!schema.hasField(field)) {
      throw new IllegalArgumentException(
          "The contract has no field '" + field + "'; it has " + schema.getFieldNames());
    }
    Schema.LogicalType<?, ?> type = schema.getField(field).getType().getLogicalType();
    if (type == null || !type.getIdentifier().equals(new MicrosInstant().getIdentifier())) {
      throw new IllegalArgumentException(
          "The field '" + field + "' is no timestamp, and so no time of its record");
    }
    return new FieldTimes(parse, schema.indexOf(field));
  }

  @Override
  public Teller open() {
    RowParser<RecordBytes> parser = parse.parser();
    parser.begin("times", List.of());
    return record -> {
      Row row = parser.parse(record);
      Instant time = row == null ? null : row.getLogicalTypeValue(field, Instant.class);
      return time == null ? OptionalLong.empty() : OptionalLong.of(time.toEpochMilli());
    };
  }
}
