package dev.penstock.io.file;

import dev.penstock.io.sink.SourcePart;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What is done with records where they lie in the reader's buffer, in one pass: parsing them,
 * validating and writing the rows. A record costs no element and no copy unless the handler makes
 * one.
 *
 * <pre>{@code
 * PCollectionTuple outputs =
 *     pipeline.apply(ReadCsv.from("loans-*.csv").handledBy(handler, TupleTagList.of(samples)));
 * }</pre>
 *
 * <p>A part of a file is one element of the pipeline: a part that fails is handled anew from its
 * first record on, and what was emitted for it before counts no more.
 *
 * @param <F> what the reader hands over of a record: the fields of a CSV, the bytes of a JSON
 *     object
 */
public interface RecordHandler<F> extends Serializable {
  /** Records that the reader or the handler rejected. */
  TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("deadLetters") {};

  /** Counts of the records whose way begins or ends here. */
  TupleTag<LedgerEntry> LEDGER = new TupleTag<>("ledger") {};

  /** A handler that gives each record as an element of this output, for steps that want that. */
  static <F> RecordHandler<F> copies(TupleTag<SourceRecord> output) {
    return new CopyRecords<>(output);
  }

  /** Opens the handler for one worker thread of a run. */
  Session<F> open(String runId);

  /**
   * A part of a file.
   *
   * @param place which part of which file
   * @param columns names of the columns; empty without a header
   */
  record FilePart(SourcePart place, List<String> columns) {}

  /**
   * Handles part after part; serves one thread.
   *
   * @param <F> what the reader hands over of a record
   */
  interface Session<F> extends AutoCloseable {
    /** The records of this part follow. */
    void begin(FilePart part, Output output);

    /**
     * Handles a well-formed record.
     *
     * @param content its fields or its bytes where they lie; valid until the method returns
     * @param record its position and, on demand, its bytes; valid until the method returns
     */
    void record(F content, RecordView record, Output output);

    /** The part has no more records. */
    void end(Output output);

    @Override
    void close();
  }

  /** Takes what comes of the records. */
  interface Output {
    /** Puts an element into one of the outputs. */
    <T> void emit(TupleTag<T> tag, T element);
  }
}
