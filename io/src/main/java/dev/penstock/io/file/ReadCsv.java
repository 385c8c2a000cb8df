package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MetadataCoderV2;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads CSV files into records with positions: the bytes of each record as they stand in the file.
 *
 * <pre>{@code
 * Outcome<SourceRecord> records =
 *     pipeline.apply(
 *         ReadCsv.from("loans-*.csv.gz").withDialect(CsvDialect.rfc4180().withDelimiter(';')));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Quoted fields may hold line ends; records end with LF, CRLF or CR, also
 * mixed. Every byte of a file belongs to a record, to a line end, to a blank line, to the header or
 * to the byte-order mark. Bad records are dead-lettered with their bytes, and reading goes on with
 * the next one; see {@code docs/csv.md} for where that is. Offsets count bytes of the decompressed
 * file. Files named {@code .gz}, {@code .bz2}, {@code .zst} (and what else Beam detects) are
 * decompressed. A file that several patterns match is read once. A file that cannot be read to its
 * end fails the run.
 *
 * <p><b>Dead letters.</b> {@code CSV_STRAY_QUOTE}, {@code CSV_UNCLOSED_QUOTE}, {@code
 * CSV_FIELD_COUNT}, {@code CSV_NUL}, {@code CSV_ENCODING}, {@code CSV_RECORD_TOO_LARGE}.
 *
 * <p><b>Cost.</b> One pass over the bytes and one copy of each record; one file is read by one
 * worker, in memory bounded by about twelve times the record limit.
 */
@AutoValue
public abstract class ReadCsv extends PTransform<PBegin, Outcome<SourceRecord>> {
  private static final String STEP = "ReadCsv";

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadCsv from(String... globs) {
    return from(List.of(globs));
  }

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadCsv from(List<String> globs) {
    if (globs.isEmpty() || globs.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("ReadCsv needs file names or patterns, not " + globs);
    }
    return new AutoValue_ReadCsv(List.copyOf(globs), CsvDialect.rfc4180(), 0);
  }

  abstract List<String> globs();

  abstract CsvDialect dialect();

  abstract int columnCount();

  /** Reads files laid out like this. */
  public ReadCsv withDialect(CsvDialect dialect) {
    return new AutoValue_ReadCsv(globs(), dialect.check(), columnCount());
  }

  /**
   * Demands this many fields of each record of files without a header. (With a header, its columns
   * are counted.) Without it the first step to notice a wrong count is {@code ParseCsv}.
   */
  public ReadCsv withColumnCount(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("A record has at least 1 column, not " + columns);
    }
    return new AutoValue_ReadCsv(globs(), dialect(), columns);
  }

  @Override
  public Outcome<SourceRecord> expand(PBegin begin) {
    TupleTag<SourceRecord> accepted = new TupleTag<>() {};
    TupleTag<DeadLetter> deadLetters = new TupleTag<>() {};
    TupleTag<LedgerEntry> ledger = new TupleTag<>() {};
    String runId = begin.getPipeline().getOptions().as(RunOptions.class).getRunId();
    PCollectionTuple read =
        begin
            .apply("Start", Impulse.create())
            .apply("MatchFiles", ParDo.of(new MatchFn(globs())))
            .setCoder(MetadataCoderV2.of())
            .apply("SpreadFiles", Reshuffle.viaRandomKey())
            .apply(
                "ReadFiles",
                ParDo.of(new ReadFn(dialect(), columnCount(), runId, accepted, deadLetters, ledger))
                    .withOutputTags(accepted, TupleTagList.of(deadLetters).and(ledger)));
    return Outcome.of(
        read.get(accepted).setCoder(SourceRecordCoder.of()),
        read.get(deadLetters).setCoder(DeadLetterCoder.of()),
        read.get(ledger).setCoder(LedgerEntryCoder.of()));
  }

  static final class MatchFn extends DoFn<byte[], MatchResult.Metadata> {
    private static final long serialVersionUID = 1L;
    private final List<String> globs;

    MatchFn(List<String> globs) {
      this.globs = globs;
    }

    @ProcessElement
    public void process(OutputReceiver<MatchResult.Metadata> files) {
      CsvFiles.match(globs).forEach(files::output);
    }
  }

  static final class ReadFn extends DoFn<MatchResult.Metadata, SourceRecord> {
    private static final long serialVersionUID = 1L;

    /** Records between two entries of the ledger and of the progress. */
    private static final int ENTRY_RECORDS = 10_000;

    private final Counter records = Metrics.counter(ReadCsv.class, "recordsRead");
    private final Counter rejected = Metrics.counter(ReadCsv.class, "recordsRejected");
    private final CsvDialect dialect;
    private final int columnCount;
    private final String runId;
    private final TupleTag<SourceRecord> accepted;
    private final TupleTag<DeadLetter> deadLetters;
    private final TupleTag<LedgerEntry> ledger;

    ReadFn(
        CsvDialect dialect,
        int columnCount,
        String runId,
        TupleTag<SourceRecord> accepted,
        TupleTag<DeadLetter> deadLetters,
        TupleTag<LedgerEntry> ledger) {
      this.dialect = dialect;
      this.columnCount = columnCount;
      this.runId = runId;
      this.accepted = accepted;
      this.deadLetters = deadLetters;
      this.ledger = ledger;
    }

    @ProcessElement
    public void process(@Element MatchResult.Metadata file, MultiOutputReceiver out)
        throws IOException {
      String source = file.resourceId().toString();
      try (RecordFramer framer = CsvFiles.open(file, dialect)) {
        List<String> columns = dialect.header() ? CsvFiles.header(framer, source) : List.of();
        int fields = dialect.header() ? columns.size() : columnCount;
        if (fields > 0) {
          framer.expectFields(fields);
        }
        readRecords(framer, Position.of(source, file.lastModifiedMillis(), 0, 0), columns, out);
      }
    }

    private void readRecords(
        RecordFramer framer, Position start, List<String> columns, MultiOutputReceiver out) {
      OutputReceiver<SourceRecord> good = out.get(accepted);
      long number = 0;
      long reported = 0;
      long bad = 0;
      while (framer.next()) {
        number++;
        SourceRecord record = record(framer, start, number, columns);
        if (framer.faults().isEmpty()) {
          good.output(record);
        } else {
          out.get(deadLetters).output(DeadLetter.of(record, STEP, framer.faults()));
          bad++;
        }
        if (number - reported == ENTRY_RECORDS) {
          report(start.source(), ENTRY_RECORDS, bad, out);
          reported = number;
          bad = 0;
        }
      }
      report(start.source(), number - reported, bad, out);
    }

    private static SourceRecord record(
        RecordFramer framer, Position start, long number, List<String> columns) {
      Position position = Position.of(start.source(), start.modified(), framer.offset(), number);
      SourceRecord record = SourceRecord.of(position, framer.payload(), columns);
      String charset = framer.decidedCharset();
      return charset.isEmpty() ? record : record.withCharset(charset);
    }

    private void report(String source, long count, long bad, MultiOutputReceiver out) {
      LedgerEntry entry = LedgerEntry.read(source, count);
      out.get(ledger).output(entry);
      RunProgress.of(runId).add(entry);
      records.inc(count);
      rejected.inc(bad);
    }
  }
}
