package dev.penstock.io.sink;

import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RecordView;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.Row;

/**
 * A destination that takes rows straight from the reader, part of a source by part. It gives what
 * the destination's transform gives (the same rows, dead letters and ledger entries) without an
 * element for each row.
 *
 * <pre>{@code
 * try (RowSink.Writer writer = sink.open(runId)) {
 *   writer.begin(new SourcePart("/data/shop.csv", modified, 0), results);
 *   writer.write(row, view);
 *   writer.finish();
 * }
 * }</pre>
 *
 * <p><b>Guarantees.</b> When {@link Writer#finish} returns, every row of the part is durably stored
 * or rejected, and accounted for; where the sink {@linkplain #settlesLate settles late}, that holds
 * when {@link #settle} returns. A part that was begun and not finished is begun anew, by this
 * worker or another, and leaves nothing behind that is there twice in the end.
 */
public interface RowSink extends Serializable {

  /** Opens the destination for one worker thread of a run. */
  Writer open(String runId);

  /** Which sources are settled together: those with the same name here; each alone by default. */
  default String settledWith(String source) {
    return source;
  }

  /**
   * Called once for each group of sources, after all their parts are finished, with the receipts
   * that they gave. May be called again after a failure, also after one that hid a success.
   */
  default void settle(String group, List<String> receipts, Results results) {}

  /**
   * Whether it is only {@link #settle} that stores rows for good, and that may refuse some. Then
   * {@link Writer#finish} has brought a part to safety without accounting for it.
   */
  default boolean settlesLate() {
    return false;
  }

  /**
   * Removes what a group's parts left lying, once all that came of {@link #settle} is safe. Called
   * where the sink {@linkplain #settlesLate settles late} only; not called if the run fails.
   */
  default void cleanUp(String group, List<String> receipts) {}

  /** Writes part after part; serves one thread. */
  interface Writer extends AutoCloseable {
    /** Takes the rows of this part from now on; drops those of a part that was not finished. */
    void begin(SourcePart part, Results results);

    /**
     * Takes a row that has the contract's row schema, with {@code null} in the field of the record,
     * which comes beside it. The row does not change afterwards.
     */
    void write(Row row, RecordView record);

    /**
     * Stores what is still waiting; on return the whole part is stored and accounted for, or safe
     * until it is settled.
     */
    void finish();

    @Override
    void close();
  }

  /** Where a writer puts what comes of its rows. */
  interface Results {
    /** A row that the destination refused. */
    void reject(DeadLetter letter);

    /** Rows that are written, or found to be there. */
    void account(LedgerEntry entry);

    /** A word to {@link RowSink#settle}, such as the name of a file. */
    void receipt(String receipt);
  }
}
