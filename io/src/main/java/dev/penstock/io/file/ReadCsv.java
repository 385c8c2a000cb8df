package dev.penstock.io.file;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvScanner;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.DeadLetterCoder;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.LedgerEntryCoder;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.SourceRecord;
import dev.penstock.transforms.ledger.SourceRecordCoder;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
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
 * <p>A large file is read by several workers at once, quoted line ends included: a first pass, also
 * spread over the workers, finds where records begin ({@link #withSplitBytes}). Records, record
 * numbers and offsets are those of a reader that starts at the beginning, whatever the file holds.
 * Compressed files are read by one worker each.
 *
 * <p><b>Cost.</b> One pass over the bytes and one copy of each record, in memory bounded by about
 * twelve times the record limit; the pass that divides large files skips from line end to line end
 * where it meets no quote.
 */
@AutoValue
public abstract class ReadCsv extends PTransform<PBegin, Outcome<SourceRecord>> {
  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadCsv from(String... globs) {
    return from(List.of(globs));
  }

  /** Reads the files that these names or patterns match, on any Beam file system. */
  public static ReadCsv from(List<String> globs) {
    if (globs.isEmpty() || globs.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("ReadCsv needs file names or patterns, not " + globs);
    }
    return new AutoValue_ReadCsv.Builder()
        .setGlobs(List.copyOf(globs))
        .setDialect(CsvDialect.rfc4180())
        .setColumnCount(0)
        .setSplitSize(SplitSize.automatic())
        .setMaxRecords(0)
        .build();
  }

  abstract List<String> globs();

  abstract CsvDialect dialect();

  abstract int columnCount();

  abstract SplitSize splitSize();

  abstract long maxRecords();

  abstract Builder toBuilder();

  /** Reads files laid out like this. */
  public ReadCsv withDialect(CsvDialect dialect) {
    return toBuilder().setDialect(dialect.check()).build();
  }

  /**
   * Demands this many fields of each record of files without a header. (With a header, its columns
   * are counted.) Without it the first step to notice a wrong count is {@code ParseCsv}.
   */
  public ReadCsv withColumnCount(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("A record has at least 1 column, not " + columns);
    }
    return toBuilder().setColumnCount(columns).build();
  }

  /**
   * Divides files that are larger than this into parts of this size, 64 MiB by default; 0 reads
   * each file in one go.
   */
  public ReadCsv withSplitBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("A part has 1 byte or more (0: all), not " + bytes);
    }
    return toBuilder().setSplitSize(new SplitSize(bytes)).build();
  }

  /**
   * Reads no more than the first records of the input, files in order of their names; 0, the
   * default, reads all. What comes behind them is not read, and not in the ledger.
   */
  public ReadCsv withMaxRecords(long records) {
    if (records < 0) {
      throw new IllegalArgumentException("A run reads 1 record or more (0: all), not " + records);
    }
    return toBuilder().setMaxRecords(records).build();
  }

  /**
   * The same reading with another use of the records: where they lie, without an element for each.
   *
   * @param outputs where the handler puts its results
   * @return a transform that gives those outputs, {@link RecordHandler#DEAD_LETTERS} and {@link
   *     RecordHandler#LEDGER}; the reader puts its own dead letters and its counts there
   */
  public PTransform<PBegin, PCollectionTuple> handledBy(
      RecordHandler handler, TupleTagList outputs) {
    return new HandleRecords(this, handler, outputs);
  }

  @Override
  public Outcome<SourceRecord> expand(PBegin begin) {
    TupleTag<SourceRecord> accepted = new TupleTag<>() {};
    PCollectionTuple read =
        begin.apply("Read", handledBy(new CopyRecords(accepted), TupleTagList.of(accepted)));
    return Outcome.of(
        read.get(accepted).setCoder(SourceRecordCoder.of()),
        read.get(RecordHandler.DEAD_LETTERS),
        read.get(RecordHandler.LEDGER));
  }

  /** Gives each record as an element. */
  private record CopyRecords(TupleTag<SourceRecord> accepted) implements RecordHandler {
    private static final long serialVersionUID = 1L;

    @Override
    public Session open(String runId) {
      return new Session() {
        @Override
        public void begin(CsvPart part, Output output) {}

        @Override
        public void record(CsvScanner fields, RecordView record, Output output) {
          output.emit(accepted, record.toRecord());
        }

        @Override
        public void end(Output output) {}

        @Override
        public void close() {}
      };
    }
  }

  private static final class HandleRecords extends PTransform<PBegin, PCollectionTuple> {
    private static final long serialVersionUID = 1L;
    private final ReadCsv read;
    private final RecordHandler handler;
    private final TupleTagList outputs;

    HandleRecords(ReadCsv read, RecordHandler handler, TupleTagList outputs) {
      this.read = read;
      this.handler = handler;
      this.outputs = outputs;
    }

    @Override
    public PCollectionTuple expand(PBegin begin) {
      String runId = begin.getPipeline().getOptions().as(RunOptions.class).getRunId();
      FileSurveyor surveyor = new FileSurveyor(read.dialect(), read.columnCount());
      PCollectionTuple handled =
          begin
              .apply(
                  "PlanRanges",
                  new PlanRanges(read.globs(), surveyor, read.splitSize(), read.maxRecords()))
              .apply(
                  "ReadRanges",
                  ParDo.of(new ReadRangesFn(read.dialect(), read.columnCount(), handler, runId))
                      .withOutputTags(RecordHandler.LEDGER, outputs.and(DeadLetterBlocks.TAG)));
      handled.get(RecordHandler.LEDGER).setCoder(LedgerEntryCoder.of());
      PCollection<DeadLetter> letters =
          handled
              .get(DeadLetterBlocks.TAG)
              .setCoder(ByteArrayCoder.of())
              .apply("EachDeadLetter", ParDo.of(new DeadLetterBlocks.EachLetterFn()))
              .setCoder(DeadLetterCoder.of());
      return handled.and(RecordHandler.DEAD_LETTERS, letters);
    }
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setGlobs(List<String> value);

    abstract Builder setDialect(CsvDialect value);

    abstract Builder setColumnCount(int value);

    abstract Builder setSplitSize(SplitSize value);

    abstract Builder setMaxRecords(long value);

    abstract ReadCsv build();
  }
}
