package dev.penstock.transforms.parse;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Converts CSV records to rows of a contract.
 *
 * <pre>{@code
 * Outcome<Row> rows =
 *     records.accepted().apply(ParseCsv.to(contract).withExtraColumns(ExtraColumns.FAIL));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Columns belong to fields by name: one of the field's source names exactly,
 * else one of them without regard to case; never by position, unless the dialect has no header.
 * Values are converted exactly or rejected: no rounding, no default locale, no default time zone.
 * An empty field is null; a quoted empty one is the empty text in text fields and null in others.
 * All faults of a record are reported together. A file whose header does not fit the contract fails
 * the run; {@link #checkColumns} tells that before it starts.
 *
 * <p><b>Dead letters.</b> {@code TYPE_INTEGER}, {@code TYPE_NUMBER}, {@code TYPE_DATE}, {@code
 * TYPE_TIMESTAMP}, {@code TYPE_TIME}, {@code TYPE_BOOLEAN}, {@code TYPE_OBJECT}, {@code
 * TYPE_ARRAY}; for records that are not well-formed CSV also the codes of {@code ReadCsv}.
 *
 * <p><b>Cost.</b> One pass over the bytes of a record; headers are mapped once each.
 */
@AutoValue
public abstract class ParseCsv extends ParseRecords<CsvScanner> {
  /** Name of the step in its dead letters. */
  public static final String STEP = "ParseCsv";

  /** Converts to rows of this contract. */
  public static ParseCsv to(DataContract contract) {
    return new AutoValue_ParseCsv(contract, CsvDialect.rfc4180(), ExtraColumns.IGNORE);
  }

  /**
   * Holds a header against a contract.
   *
   * @return what stops a run, each with file, column and the way out: a required field without a
   *     column, several columns for one field, and, as asked, columns that the contract has not
   */
  public static List<String> checkColumns(
      DataContract contract, String file, List<String> columns, ExtraColumns extraColumns) {
    return ColumnMapping.byName(contract, columns).problems(extraColumns).stream()
        .map(problem -> file + " " + problem)
        .toList();
  }

  abstract DataContract contract();

  abstract CsvDialect dialect();

  abstract ExtraColumns extraColumns();

  /** Splits records laid out like this. */
  public ParseCsv withDialect(CsvDialect dialect) {
    return new AutoValue_ParseCsv(contract(), dialect.check(), extraColumns());
  }

  /** Treats columns that the contract has not like this. */
  public ParseCsv withExtraColumns(ExtraColumns extraColumns) {
    return new AutoValue_ParseCsv(contract(), dialect(), extraColumns);
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public Class<?> metrics() {
    return ParseCsv.class;
  }

  @Override
  public Schema rowSchema() {
    return contract().rowSchema();
  }

  @Override
  public RowParser<CsvScanner> parser() {
    return new CsvRowParser(contract(), dialect(), extraColumns());
  }

  @Override
  public Outcome<Row> expand(PCollection<SourceRecord> records) {
    DataContract contract = contract();
    CsvDialect dialect = dialect();
    ExtraColumns extra = extraColumns();
    return records.apply(
        "Parse", new ParseStep(this, contract, () -> new RecordParser(contract, dialect, extra)));
  }
}
