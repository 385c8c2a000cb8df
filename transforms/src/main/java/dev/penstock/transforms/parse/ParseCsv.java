package dev.penstock.transforms.parse;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

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
public abstract class ParseCsv extends PTransform<PCollection<SourceRecord>, Outcome<Row>> {
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

  /**
   * The same conversion for a reader that hands over the fields of its records where they lie; for
   * one thread.
   */
  public RowParser parser() {
    return new RowParser(contract(), dialect(), extraColumns());
  }

  @Override
  public Outcome<Row> expand(PCollection<SourceRecord> records) {
    TupleTag<Row> accepted = new TupleTag<>() {};
    TupleTag<DeadLetter> deadLetters = new TupleTag<>() {};
    TupleTag<LedgerEntry> ledger = new TupleTag<>() {};
    PCollectionTuple parsed =
        records.apply(
            "Parse",
            ParDo.of(new ParseFn(contract(), dialect(), extraColumns(), accepted, deadLetters))
                .withOutputTags(accepted, TupleTagList.of(deadLetters).and(ledger)));
    return Outcome.of(
        parsed.get(accepted).setCoder(RowCoder.of(contract().rowSchema())),
        parsed.get(deadLetters).setCoder(DeadLetterCoder.of()),
        parsed.get(ledger).setCoder(LedgerEntryCoder.of()));
  }

  static final class ParseFn extends DoFn<SourceRecord, Row> {
    private static final long serialVersionUID = 1L;

    private final Counter rejected = Metrics.counter(ParseCsv.class, "recordsRejected");
    private final DataContract contract;
    private final CsvDialect dialect;
    private final ExtraColumns extraColumns;
    private final TupleTag<Row> accepted;
    private final TupleTag<DeadLetter> deadLetters;
    private transient @Nullable RecordParser parser;
    private transient long bad;

    ParseFn(
        DataContract contract,
        CsvDialect dialect,
        ExtraColumns extraColumns,
        TupleTag<Row> accepted,
        TupleTag<DeadLetter> deadLetters) {
      this.contract = contract;
      this.dialect = dialect;
      this.extraColumns = extraColumns;
      this.accepted = accepted;
      this.deadLetters = deadLetters;
    }

    @Setup
    public void setup() {
      parser = new RecordParser(contract, dialect, extraColumns);
    }

    @ProcessElement
    public void process(@Element SourceRecord record, MultiOutputReceiver out) {
      RecordParser records = Objects.requireNonNull(parser);
      Row row = records.parse(record);
      if (row != null) {
        out.get(accepted).output(row);
        return;
      }
      bad++;
      out.get(deadLetters)
          .output(
              DeadLetter.of(record, STEP, records.reasons())
                  .withContract(contract.id(), contract.version()));
    }

    @FinishBundle
    public void finishBundle() {
      rejected.inc(bad);
      bad = 0;
    }
  }
}
