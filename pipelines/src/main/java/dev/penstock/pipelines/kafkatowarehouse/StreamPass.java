package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.sink.RowSink;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.parse.ParseRecords;
import dev.penstock.transforms.parse.RowParser;
import dev.penstock.transforms.validate.RowValidator;
import dev.penstock.transforms.validate.ValidateRows;
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
 */
record StreamPass(DataContract contract, ParseRecords<RecordBytes> parse, RowSink sink)
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
    private String source = "";
    private @Nullable Output output;
    private long good;
    private long invalid;
    private long malformed;

    Streaming(String runId) {
      this.runId = runId;
      this.writer = sink.open(runId);
    }

    @Override
    public void begin(FilePart part, Output newOutput) {
      output = newOutput;
      source = "";
      filtered.clear();
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
      }
      Row row = parser.parse(content);
      if (row == null) {
        List<Reason> reasons = parser.reasons();
        if (reasons.isEmpty()) {
          filtered.merge(source, 1L, Long::sum);
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
      writer.write(row, record);
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
      filtered.forEach(
          (unit, count) -> {
            LedgerEntry entry = LedgerEntry.filtered(unit, count);
            RunProgress.of(runId).add(entry);
            account(entry);
          });
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
    }
  }
}
