package dev.penstock.transforms.parse;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Converts Debezium's change events in JSON to rows of changes of a contract (see {@link Change}):
 * the row as it is after an insert, an update or a snapshot, and as it was before a deletion.
 *
 * <pre>{@code
 * Outcome<Row> changes =
 *     records.accepted().apply(ParseDebezium.to(contract).withForm(EventForm.ENVELOPE));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Events may have their schema with them or not, and be envelopes or rows
 * that {@code ExtractNewRecordState} unwrapped. Columns belong to fields, and values are converted
 * exactly or rejected, as by {@link ParseJson}. Beyond that, decimals may be in Base64 or an object
 * of scale and value, dates and times numbers, and objects and arrays JSON in a text. What a number
 * or text means is told by the event's schema, else by the contract ({@code temporalEncoding},
 * {@code decimalEncoding}, digits of the decimal), else by Debezium's defaults for PostgreSQL. The
 * version of a change is {@code source.lsn}, else {@code source.ts_ms}, with all 64 bits. Fields
 * with {@code changeMetadata} are filled from the event. Of a deletion only the primary key needs
 * to be readable. Tombstones and messages of the log ({@code m}) are neither rows nor dead letters;
 * they count as filtered. No bytes make it throw.
 *
 * <p><b>Dead letters.</b> {@code CHANGE_ENVELOPE} (no change event), {@code CHANGE_OPERATION}
 * (unknown), {@code CHANGE_TRUNCATE}, {@code CHANGE_IMAGE} (no row in the event), {@code
 * CHANGE_UNAVAILABLE_VALUE} (a value that the source did not tell), {@code CHANGE_DECIMAL} (bytes
 * of a number without scale, or a text that is a number in two ways), {@code CHANGE_METADATA} (a
 * version or time that is no number of 64 bits), and those of {@link ParseJson}.
 *
 * <p><b>Cost.</b> One pass over the bytes of an event, and another over its row where that is one
 * before a deletion or unwrapped, without a tree. A schema that is the same as in an earlier event
 * is compared and not read.
 */
@AutoValue
public abstract class ParseDebezium extends ParseRecords<RecordBytes> {
  private static final long serialVersionUID = 1L;

  /** Name of the step in its dead letters. */
  public static final String STEP = "ParseDebezium";

  /** What Debezium writes by default for a value that the source did not tell. */
  public static final String UNAVAILABLE_VALUE = "__debezium_unavailable_value";

  /** Converts to rows of changes of this contract. */
  public static ParseDebezium to(DataContract contract) {
    return new AutoValue_ParseDebezium(
        contract, EventForm.DETECT, ExtraColumns.IGNORE, UNAVAILABLE_VALUE);
  }

  abstract DataContract contract();

  abstract EventForm form();

  abstract ExtraColumns extraColumns();

  abstract String unavailableValue();

  /**
   * Takes events to be of this form, which is looked for in each of them by default. To be given
   * where the table's own columns are called {@code op} and {@code before}, or where unwrapped rows
   * have nothing beside them: these are updates.
   */
  public ParseDebezium withForm(EventForm form) {
    return new AutoValue_ParseDebezium(contract(), form, extraColumns(), unavailableValue());
  }

  /** Treats columns that the contract has not like this; by default they are left out. */
  public ParseDebezium withExtraColumns(ExtraColumns extraColumns) {
    return new AutoValue_ParseDebezium(contract(), form(), extraColumns, unavailableValue());
  }

  /**
   * Takes this word for a value that the source did not tell, as the connector's setting {@code
   * unavailable.value.placeholder} says; {@value #UNAVAILABLE_VALUE} by default.
   *
   * @throws IllegalArgumentException when it is blank
   */
  public ParseDebezium withUnavailableValue(String word) {
    if (word.isBlank()) {
      throw new IllegalArgumentException(
          "The word for unavailable values is '"
              + word
              + "'; give that of the connector's unavailable.value.placeholder");
    }
    return new AutoValue_ParseDebezium(contract(), form(), extraColumns(), word);
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public Class<?> metrics() {
    return ParseDebezium.class;
  }

  @Override
  public Schema rowSchema() {
    return Change.rowSchema(contract());
  }

  @Override
  public RowParser<RecordBytes> parser() {
    return new DebeziumRowParser(
        contract(), form(), JsonValue.Reading.ofChanges(extraColumns(), unavailableValue()));
  }

  @Override
  public Outcome<Row> expand(PCollection<SourceRecord> records) {
    DataContract contract = contract();
    EventForm form = form();
    ExtraColumns extra = extraColumns();
    String unavailable = unavailableValue();
    return records.apply(
        "Parse",
        new ParseStep(
            this,
            contract,
            () ->
                new DebeziumRowParser(
                    contract, form, JsonValue.Reading.ofChanges(extra, unavailable))));
  }
}
