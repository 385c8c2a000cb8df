package dev.penstock.io.sink;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * The ledger of a stream, which has no end at which one could be printed: for each topic partition,
 * which offsets are accounted for, and how.
 *
 * <pre>{@code
 * try (StreamLedger.Book book = ledger.open(runId)) {
 *   book.enter(stretch);
 * }
 * }</pre>
 *
 * <p><b>Guarantees.</b> Each offset is counted once, however often its record is read again, and
 * whoever reads it: what a runner replays after a failure adds nothing. A record is entered when
 * what came of it is safe, so an offset that is missing is one that was not stored.
 */
public interface StreamLedger extends Serializable {
  /**
   * Namespace of the metrics that say the same while a stream runs: for each {@code
   * topic-partition} {@code <it>.read}, {@code .written}, {@code .deadLettered}, {@code .filtered},
   * {@code .offset} and {@code .lag}. They count attempts; what is exact is the ledger.
   */
  String METRICS = "penstock.ledger";

  /** The statements that create what it is kept in, without connecting. */
  List<String> ddl();

  /**
   * Finds what would keep workers from entering anything, and changes nothing.
   *
   * @return one line each; empty when all is well
   */
  List<String> check();

  /**
   * What is entered of a partition, in order of offsets; nothing where there is no ledger so far.
   *
   * @throws DestinationException if it cannot be read
   */
  List<Entry> entries(String topic, int partition);

  /** Opens the ledger for one worker thread of a run. */
  Book open(String runId);

  /**
   * Offsets that were entered within a minute.
   *
   * @param first the first offset
   * @param next the offset behind the last
   * @param minute when they were entered
   * @param read records with these offsets
   * @param written those that are, or whose newer versions are, in the destination
   * @param deadLettered those that are dead letters
   * @param filtered those left out on purpose
   */
  record Entry(
      long first,
      long next,
      Instant minute,
      long read,
      long written,
      long deadLettered,
      long filtered) {}

  /** Takes entries; serves one thread. */
  interface Book extends AutoCloseable {
    /** Enters the records that are not entered yet; durable on return. */
    void enter(Stretch stretch);

    @Override
    void close();
  }
}
