package dev.penstock.transforms.parse;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Converts records that are JSON objects to rows of a contract, wherever the records come from.
 *
 * <pre>{@code
 * Outcome<Row> rows =
 *     records.accepted().apply(ParseJson.to(contract).withExtraColumns(ExtraColumns.FAIL));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Members belong to fields by name: one of the field's source names exactly,
 * else one of them without regard to case. A member that is missing, or null, is null. Values are
 * converted exactly or rejected: numbers digit by digit and never through floating point, {@code
 * 1.0} for a whole number, dates and times in strings in the contract's format or ISO 8601, or in
 * numbers where the contract tells what they count ({@code temporalEncoding}). A number, a truth
 * value, a date or a time may stand in a string; nothing but a string is a text. All faults of a
 * record are reported together. No bytes make it throw.
 *
 * <p><b>Dead letters.</b> {@code JSON_MALFORMED}, {@code JSON_NOT_OBJECT}, {@code
 * JSON_DUPLICATE_KEY}, {@code JSON_NESTING} (more than 200 objects and arrays in each other),
 * {@code JSON_ENCODING}, {@code JSON_UNKNOWN_FIELD} where asked for; {@code TYPE_STRING}, {@code
 * TYPE_INTEGER}, {@code TYPE_NUMBER}, {@code TYPE_DATE}, {@code TYPE_TIMESTAMP}, {@code TYPE_TIME},
 * {@code TYPE_BOOLEAN}, {@code TYPE_OBJECT}, {@code TYPE_ARRAY}.
 *
 * <p><b>Cost.</b> One pass over the bytes of a record, without a tree of it.
 */
@AutoValue
public abstract class ParseJson extends ParseRecords<RecordBytes> {
  private static final long serialVersionUID = 1L;

  /** Name of the step in its dead letters. */
  public static final String STEP = "ParseJson";

  /** Converts to rows of this contract. */
  public static ParseJson to(DataContract contract) {
    return new AutoValue_ParseJson(contract, ExtraColumns.IGNORE, false);
  }

  abstract DataContract contract();

  abstract ExtraColumns extraColumns();

  abstract boolean isoFirst();

  /**
   * Treats members that the contract has not like this, at every level. With {@link
   * ExtraColumns#FAIL} it is their records that fail, since there is no header to stop a run by.
   */
  public ParseJson withExtraColumns(ExtraColumns extraColumns) {
    return new AutoValue_ParseJson(contract(), extraColumns, isoFirst());
  }

  /**
   * Whether dates and times are read as ISO 8601 first and in the contract's format only where they
   * are not that: for JSON that was made from typed values. False by default.
   */
  public ParseJson withIsoFirst(boolean isoFirst) {
    return new AutoValue_ParseJson(contract(), extraColumns(), isoFirst);
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public Class<?> metrics() {
    return ParseJson.class;
  }

  @Override
  public Schema rowSchema() {
    return contract().rowSchema();
  }

  @Override
  public RowParser<RecordBytes> parser() {
    return new JsonRowParser(contract(), new JsonValue.Reading(extraColumns(), isoFirst(), null));
  }

  @Override
  public Outcome<Row> expand(PCollection<SourceRecord> records) {
    DataContract contract = contract();
    ExtraColumns extra = extraColumns();
    boolean iso = isoFirst();
    return records.apply(
        "Parse",
        new ParseStep(
            this,
            contract,
            () -> new JsonRowParser(contract, new JsonValue.Reading(extra, iso, null))));
  }
}
