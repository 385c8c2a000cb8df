package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** What the parsing steps of all formats have in common: rows, and dead letters for the rest. */
final class ParseStep extends PTransform<PCollection<SourceRecord>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  private final DataContract contract;
  private final Schema schema;
  private final String step;
  private final Class<?> metrics;
  private final ParserFactory parsers;

  ParseStep(ParseRecords<?> parse, DataContract contract, ParserFactory parsers) {
    this.contract = contract;
    this.schema = parse.rowSchema();
    this.step = parse.step();
    this.metrics = parse.metrics();
    this.parsers = parsers;
  }

  /** Converts records to rows; serves one thread. */
  interface Parser {
    /** The row of a record; null when there are {@link #reasons}, or when it is to be left out. */
    @Nullable Row parse(SourceRecord record);

    /** Why the last record has no row; empty for one that was left out on purpose. */
    List<Reason> reasons();
  }

  /** Makes the parser of a worker thread. */
  interface ParserFactory extends Serializable {
    Parser open();
  }

  @Override
  public Outcome<Row> expand(PCollection<SourceRecord> records) {
    TupleTag<Row> accepted = new TupleTag<>() {};
    TupleTag<DeadLetter> deadLetters = new TupleTag<>() {};
    TupleTag<LedgerEntry> ledger = new TupleTag<>() {};
    PCollectionTuple parsed =
        records.apply(
            ParDo.of(new ParseFn(this, accepted, deadLetters, ledger))
                .withOutputTags(accepted, TupleTagList.of(deadLetters).and(ledger)));
    return Outcome.of(
        parsed.get(accepted).setCoder(RowCoder.of(schema)),
        parsed.get(deadLetters).setCoder(DeadLetterCoder.of()),
        parsed.get(ledger).setCoder(LedgerEntryCoder.of()));
  }

  static final class ParseFn extends DoFn<SourceRecord, Row> {
    private static final long serialVersionUID = 1L;

    private final Counter rejected;
    private final Counter filtered;
    private final DataContract contract;
    private final String step;
    private final ParserFactory parsers;
    private final TupleTag<Row> accepted;
    private final TupleTag<DeadLetter> deadLetters;
    private final TupleTag<LedgerEntry> ledger;
    private transient @Nullable Parser parser;
    private transient long bad;
    private transient long leftOut;

    ParseFn(
        ParseStep parse,
        TupleTag<Row> accepted,
        TupleTag<DeadLetter> deadLetters,
        TupleTag<LedgerEntry> ledger) {
      this.rejected = Metrics.counter(parse.metrics, "recordsRejected");
      this.filtered = Metrics.counter(parse.metrics, "recordsFiltered");
      this.contract = parse.contract;
      this.step = parse.step;
      this.parsers = parse.parsers;
      this.accepted = accepted;
      this.deadLetters = deadLetters;
      this.ledger = ledger;
    }

    @Setup
    public void setup() {
      parser = parsers.open();
    }

    @ProcessElement
    public void process(@Element SourceRecord record, MultiOutputReceiver out) {
      Parser records = Objects.requireNonNull(parser);
      Row row = records.parse(record);
      if (row != null) {
        out.get(accepted).output(row);
        return;
      }
      List<Reason> reasons = records.reasons();
      if (reasons.isEmpty()) {
        leftOut++;
        out.get(ledger).output(LedgerEntry.filtered(record.position().source(), 1));
        return;
      }
      bad++;
      out.get(deadLetters)
          .output(
              DeadLetter.of(record, step, reasons).withContract(contract.id(), contract.version()));
    }

    @FinishBundle
    public void finishBundle() {
      rejected.inc(bad);
      filtered.inc(leftOut);
      bad = 0;
      leftOut = 0;
    }
  }
}
