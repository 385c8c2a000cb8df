package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.sink.Stretch;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.parse.ParseRecords;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Parses, validates and writes the records of a bundle, which is stored when the bundle ends.
 *
 * @param contract what the records are held against
 * @param parse how they are read
 * @param sink where rows go
 * @param ledger where each record is accounted for
 */
record StreamPass(
    DataContract contract, ParseRecords<RecordBytes> parse, RowSink sink, StreamLedger ledger)
    implements RecordHandler<RecordBytes> {
  private static final long serialVersionUID = 1L;

  @Override
  public Session<RecordBytes> open(String runId) {
    return new Streaming(runId);
  }

  /** The way of the records of one worker thread. */
  private final class Streaming implements Session<RecordBytes>, RowSink.Results {
    private final Counter accepted = Metrics.counter(ValidateRows.class, "accepted");
    private final Counter deadLettered = Metrics.counter(ValidateRows.class, "deadLettered");
    private final Counter unparsed = Metrics.counter(parse.metrics(), "recordsRejected");
    private final String runId;
    private final RowSink.Writer writer;
    private final RowParser<RecordBytes> parser = parse.parser();
    private final RowValidator validator = ValidateRows.against(contract).validator();
    private final Map<String, Long> filtered = new TreeMap<>();
    private final Map<String, Stretch> stretches = new TreeMap<>();
    private final Map<String, PartitionMeters> meters = new HashMap<>();
    private final StreamLedger.Book book;
    private String source = "";
    private Stretch stretch = Stretch.of("-0");
    private long offset;
    private boolean writing;
    private @Nullable Output output;
    private long good;
    private long invalid;
    private long malformed;

    Streaming(String runId) {
      this.runId = runId;
      this.book = ledger.open(runId);
      this.writer = sink.open(runId);
    }

    @Override
    public void begin(FilePart part, Output newOutput) {
      output = newOutput;
      source = "";
      writing = false;
      filtered.clear();
      stretches.clear();
      good = 0;
      invalid = 0;
      malformed = 0;
      writer.begin(part.place(), this);
    }

    @Override
    public void record(RecordBytes content, RecordView record, Output out) {
      if (!source.equals(record.source())) {
        source = record.source();
        parser.begin(source, List.of());
        stretch = stretches.computeIfAbsent(source, Stretch::of);
      }
      offset = record.offset();
      Row row = parser.parse(content);
      if (row == null) {
        List<Reason> reasons = parser.reasons();
        if (reasons.isEmpty()) {
          filtered.merge(source, 1L, Long::sum);
          stretch.add(record.from(), offset, Stretch.Fate.FILTERED);
        } else {
          malformed++;
          reject(record, parse.step(), reasons, out);
        }
        return;
      }
      List<Reason> reasons = validator.violations(row);
      if (!reasons.isEmpty()) {
        invalid++;
        reject(record, ValidateRows.STEP, reasons, out);
        return;
      }
      good++;
      // Until the destination says otherwise.
      stretch.add(record.from(), offset, Stretch.Fate.WRITTEN);
      writing = true;
      writer.write(row, record);
      writing = false;
    }

    private void reject(RecordView record, String step, List<Reason> reasons, Output out) {
      stretch.add(record.from(), offset, Stretch.Fate.DEAD_LETTERED);
      out.emit(
          DEAD_LETTERS,
          DeadLetter.of(record.toRecord(), step, reasons)
              .withContract(contract.id(), contract.version()));
    }

    @Override
    public void end(Output out) {
      writer.finish();
      filtered.forEach(
          (unit, count) -> {
            LedgerEntry entry = LedgerEntry.filtered(unit, count);
            RunProgress.of(runId).add(entry);
            account(entry);
          });
      stretches.forEach(
          (unit, entered) -> {
            book.enter(entered);
            meters.computeIfAbsent(unit, PartitionMeters::new).count(entered);
          });
      accepted.inc(good);
      deadLettered.inc(invalid);
      unparsed.inc(malformed);
    }

    @Override
    public void reject(DeadLetter letter) {
      Position position = letter.record().position();
      Stretch refused = stretches.get(position.source());
      if (refused != null) {
        refused.correct(position.offset(), Stretch.Fate.DEAD_LETTERED);
      }
      output().emit(DEAD_LETTERS, letter);
    }

    @Override
    public void account(LedgerEntry entry) {
      if (entry.filtered() > 0 && writing) {
        stretch.correct(offset, Stretch.Fate.FILTERED);
      }
      output().emit(LEDGER, entry);
    }

    @Override
    public void receipt(String receipt) {
      throw new IllegalStateException("This destination needs an end of the run: " + receipt);
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
      book.close();
    }
  }
}
