package dev.penstock.samples.kiva.jobs;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.WriteFilesResult;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes a line of text for each row. The files of an earlier run are replaced; rows count as
 * written once the files are there under their names.
 */
final class WriteText extends PTransform<PCollection<Row>, Outcome<Row>> {
  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final int files;
  private final SerializableFunction<Row, String> line;

  WriteText(String prefix, int files, SerializableFunction<Row, String> line) {
    this.prefix = prefix;
    this.files = files;
    this.line = line;
  }

  @Override
  public Outcome<Row> expand(PCollection<Row> rows) {
    WriteFilesResult<Void> written =
        rows.apply("ToLines", MapElements.into(TypeDescriptors.strings()).via(line))
            .apply(
                "WriteFiles", TextIO.write().to(prefix).withNumShards(files).withOutputFilenames());
    PCollection<LedgerEntry> counted =
        rows.apply(
                "Sources",
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> SourceRecord.of(row).position().source()))
            .apply("CountBySource", Count.perElement())
            .apply("WaitForFiles", Wait.on(written.getPerDestinationOutputFilenames()))
            .apply(
                "ToEntries",
                MapElements.into(TypeDescriptor.of(LedgerEntry.class))
                    .via(count -> LedgerEntry.written(count.getKey(), count.getValue())))
            .setCoder(LedgerEntryCoder.of());
    PCollection<DeadLetter> none =
        rows.getPipeline().apply("NoDeadLetters", Create.empty(DeadLetterCoder.of()));
    return Outcome.of(rows, none, counted);
  }
}
