package dev.penstock.io.file;

import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Reads ranges of files record by record and hands the good ones on. */
final class ReadRangesFn<F> extends DoFn<FileRange, LedgerEntry> {
  private static final long serialVersionUID = 1L;

  /** Records between two entries of the ledger and of the progress. */
  private static final int ENTRY_RECORDS = 5_000;

  private final Counter records;
  private final Counter rejected;
  private final FileFormat<F> format;
  private final RecordHandler<F> handler;
  private final String runId;
  private transient RecordHandler.@Nullable Session<F> session;

  ReadRangesFn(FileFormat<F> format, RecordHandler<F> handler, String runId) {
    this.records = Metrics.counter(format.metrics(), "recordsRead");
    this.rejected = Metrics.counter(format.metrics(), "recordsRejected");
    this.format = format;
    this.handler = handler;
    this.runId = runId;
  }

  @Setup
  public void setup() {
    session = handler.open(runId);
  }

  @Teardown
  public void teardown() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @ProcessElement
  public void process(@Element FileRange range, MultiOutputReceiver out) throws IOException {
    if (session == null) {
      throw new IllegalStateException("The function was not set up");
    }
    try (RecordCursor<F> cursor = format.open(range.file())) {
      if (range.from() > 0) {
        checkUnchanged(range.file());
        cursor.seek(range);
      }
      Pass pass = new Pass(range, cursor, session, out);
      pass.run();
    }
  }

  /** Places that a first pass found are of no use in another version of the file. */
  private static void checkUnchanged(MatchResult.Metadata file) throws IOException {
    String name = file.resourceId().toString();
    MatchResult.Metadata now = FileSystems.matchSingleFileSpec(name);
    if (now.sizeBytes() != file.sizeBytes()
        || now.lastModifiedMillis() != file.lastModifiedMillis()) {
      throw new FileInputException(
          List.of(
              name
                  + " was changed while it was read; run again when it is complete. What was"
                  + " written stays, and running again repeats none of it."));
    }
  }

  /** One range on its way through the handler; a view of the record it stands at. */
  private final class Pass implements RecordView, RecordHandler.Output {
    private final FileRange range;
    private final RecordCursor<F> cursor;
    private final List<String> columns;
    private final RecordHandler.Session<F> handling;
    private final MultiOutputReceiver out;
    private final DeadLetterBlocks letters;
    private long number;
    private long reported;
    private long bad;

    Pass(
        FileRange range,
        RecordCursor<F> cursor,
        RecordHandler.Session<F> handling,
        MultiOutputReceiver out) {
      this.range = range;
      this.cursor = cursor;
      this.columns = cursor.columns();
      this.handling = handling;
      this.out = out;
      this.letters = new DeadLetterBlocks(block -> out.get(DeadLetterBlocks.TAG).output(block));
      this.number = range.recordsBefore();
      this.reported = number;
    }

    void run() {
      SourcePart place =
          new SourcePart(range.source(), range.file().lastModifiedMillis(), range.from());
      handling.begin(new RecordHandler.FilePart(place, columns), this);
      while (cursor.next() && cursor.offset() < range.to()) {
        number++;
        if (cursor.faults().isEmpty()) {
          handling.record(cursor.record(), this, this);
        } else {
          letters.add(DeadLetter.of(toRecord(), format.step(), cursor.faults()));
          bad++;
        }
        if (number - reported == ENTRY_RECORDS) {
          report();
        }
      }
      handling.end(this);
      letters.flush();
      report();
    }

    private void report() {
      LedgerEntry entry = LedgerEntry.read(range.source(), number - reported);
      emit(RecordHandler.LEDGER, entry);
      RunProgress.of(runId).add(entry);
      records.inc(number - reported);
      rejected.inc(bad);
      reported = number;
      bad = 0;
    }

    @Override
    public String source() {
      return range.source();
    }

    @Override
    public long offset() {
      return cursor.offset();
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public SourceRecord toRecord() {
      Position position =
          Position.of(range.source(), range.file().lastModifiedMillis(), cursor.offset(), number);
      SourceRecord record = SourceRecord.of(position, cursor.payload(), columns);
      String charset = cursor.decidedCharset();
      return charset.isEmpty() ? record : record.withCharset(charset);
    }

    @Override
    public <T> void emit(TupleTag<T> tag, T element) {
      if (element instanceof DeadLetter letter && tag.equals(RecordHandler.DEAD_LETTERS)) {
        letters.add(letter);
      } else {
        out.get(tag).output(element);
      }
    }
  }
}
