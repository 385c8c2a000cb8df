package dev.penstock.io.file;

import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.values.TupleTag;

/** Gives each record as an element. */
record CopyRecords<F>(TupleTag<SourceRecord> accepted) implements RecordHandler<F> {
  private static final long serialVersionUID = 1L;

  @Override
  public Session<F> open(String runId) {
    return new Session<>() {
      @Override
      public void begin(FilePart part, Output output) {}

      @Override
      public void record(F content, RecordView record, Output output) {
        output.emit(accepted, record.toRecord());
      }

      @Override
      public void end(Output output) {}

      @Override
      public void close() {}
    };
  }
}
