package dev.penstock.pipelines.input;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.sink.RowSink;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RowProfile;
import dev.penstock.transforms.parse.ParseRecords;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.MeasureQuality;
import dev.penstock.transforms.validate.QualityCounter;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Parses, validates and writes each record where it lies in the reader's buffer: what {@code
 * ParseCsv} or another parser, {@code ValidateRows} and {@code WriteToWarehouse} do one after the
 * other, with the same results and no element for each record in between.
 *
 * @param <F> what the reader hands over of a record
 */
final class OnePass<F> implements RecordHandler<F> {
  private static final long serialVersionUID = 1L;

  /** What is told to {@link RowSink#settle}, by what is settled together. */
  static final TupleTag<KV<String, String>> RECEIPTS = new TupleTag<>("receipts") {};

  /** Counts for the quality checks. */
  static final TupleTag<KV<Integer, Long>> COUNTS = new TupleTag<>("counts") {};

  /** Keys for the quality checks. */
  static final TupleTag<KV<Integer, byte[]>> KEYS = new TupleTag<>("keys") {};

  /** A few rows as text. */
  static final TupleTag<String> SAMPLES = new TupleTag<>("samples") {};

  /** What the accepted rows look like. */
  static final TupleTag<RowProfile> PROFILES = new TupleTag<>("profiles") {};

  private final DataContract contract;
  private final ParseRecords<F> parse;
  private final ValidateRows validate;
  private final MeasureQuality quality;
  private final RowSink sink;
  private final boolean samples;
  private final boolean profiles;

  OnePass(
      DataContract contract,
      ParseRecords<F> parse,
      RowSink sink,
      boolean samples,
      boolean profiles) {
    this.contract = contract;
    this.parse = parse;
    this.validate = ValidateRows.against(contract);
    this.quality = MeasureQuality.against(contract);
    this.sink = sink;
    this.samples = samples;
    this.profiles = profiles;
  }

  /** What this load gives; a runner may hand every element to every output, so none is idle. */
  TupleTagList outputs() {
    TupleTagList outputs = TupleTagList.of(RECEIPTS);
    if (counts()) {
      outputs = outputs.and(COUNTS).and(KEYS);
    }
    if (samples) {
      outputs = outputs.and(SAMPLES);
    }
    return profiles ? outputs.and(PROFILES) : outputs;
  }

  private boolean counts() {
    return !contract.qualityChecks().isEmpty();
  }

  @Override
  public Session<F> open(String runId) {
    return new Loading(sink.open(runId));
  }

  /** The way of the records of one worker thread. */
  private final class Loading implements Session<F>, RowSink.Results {
    private final Counter accepted = Metrics.counter(ValidateRows.class, "accepted");
    private final Counter deadLettered = Metrics.counter(ValidateRows.class, "deadLettered");
    private final Counter unparsed = Metrics.counter(parse.metrics(), "recordsRejected");
    private final RowSink.Writer writer;
    private final RowParser<F> parser = parse.parser();
    private final RowValidator validator = validate.validator();
    private final boolean counting = counts();
    private final Object[] values = new Object[contract.fields().size()];
    private QualityCounter counter = quality.counter();
    private RowProfile profile = RowProfile.of(contract.profiledFields());
    private String source = "";
    private @Nullable Output output;
    private long good;
    private long invalid;
    private long malformed;
    private int shown;

    Loading(RowSink.Writer writer) {
      this.writer = writer;
    }

    @Override
    public void begin(FilePart part, Output newOutput) {
      output = newOutput;
      source = part.place().source();
      counter = quality.counter();
      profile = profile.next();
      good = 0;
      invalid = 0;
      malformed = 0;
      shown = 0;
      parser.begin(source, part.columns());
      writer.begin(part.place(), this);
    }

    @Override
    public void record(F content, RecordView record, Output out) {
      Row row = parser.parse(content);
      if (row == null) {
        malformed++;
        reject(record, parse.step(), parser.reasons(), out);
        return;
      }
      if (counting) {
        counter.parsed(row);
      }
      List<Reason> reasons = validator.violations(row);
      if (!reasons.isEmpty()) {
        invalid++;
        reject(record, ValidateRows.STEP, reasons, out);
        return;
      }
      good++;
      measure(row, out);
      if (profiles) {
        profile(row, record);
      }
      writer.write(row, record);
    }

    private void measure(Row row, Output out) {
      if (counting) {
        counter.accepted(row);
      }
      if (counter.hasManyKeys()) {
        emitKeys(out);
      }
      if (samples && shown < DryRun.SAMPLES) {
        shown++;
        out.emit(SAMPLES, DryRun.text(contract, row));
      }
    }

    private void emitKeys(Output out) {
      counter.takeKeys().forEach(block -> out.emit(KEYS, block));
    }

    private void profile(Row row, RecordView record) {
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getValue(i);
      }
      profile.add(source, record.offset(), values);
    }

    private void reject(RecordView record, String step, List<Reason> reasons, Output out) {
      out.emit(
          DEAD_LETTERS,
          DeadLetter.of(record.toRecord(), step, reasons)
              .withContract(contract.id(), contract.version()));
    }

    @Override
    public void end(Output out) {
      writer.finish();
      emitKeys(out);
      counter.takeCounts().forEach(count -> out.emit(COUNTS, count));
      if (profiles && profile.rows() > 0) {
        out.emit(PROFILES, profile);
      }
      accepted.inc(good);
      deadLettered.inc(invalid);
      unparsed.inc(malformed);
    }

    @Override
    public void reject(DeadLetter letter) {
      output().emit(DEAD_LETTERS, letter);
    }

    @Override
    public void account(LedgerEntry entry) {
      output().emit(LEDGER, entry);
    }

    @Override
    public void receipt(String receipt) {
      output().emit(RECEIPTS, KV.of(sink.settledWith(source), receipt));
    }

    private Output output() {
      if (output == null) {
        throw new IllegalStateException("No part was begun");
      }
      return output;
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
