package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * Counts of what became of records of one unit of input (a file, or a topic partition).
 *
 * <p>Entries are plain data that travel through the pipeline beside the records they count, so a
 * runner's retry repeats neither; the sum of all entries of a run is its ledger.
 */
@AutoValue
@DefaultCoder(LedgerEntryCoder.class)
public abstract class LedgerEntry implements Serializable {

  /** Records that were read. */
  public static LedgerEntry read(String source, long count) {
    return of(source, count, 0, 0, 0, 0, 0);
  }

  /** Records that are in the destination because of this run. */
  public static LedgerEntry written(String source, long count) {
    return of(source, 0, count, 0, 0, 0, 0);
  }

  /** Records that were stored as dead letters. */
  public static LedgerEntry deadLettered(String source, long count) {
    return of(source, 0, 0, count, 0, 0, 0);
  }

  /** Records that a filter left out on purpose. */
  public static LedgerEntry filtered(String source, long count) {
    return of(source, 0, 0, 0, count, 0, 0);
  }

  /** Records that were in the destination before this run, or that repeat another record. */
  public static LedgerEntry duplicate(String source, long count) {
    return of(source, 0, 0, 0, 0, count, 0);
  }

  /** Records that arrived too late for their window. */
  public static LedgerEntry late(String source, long count) {
    return of(source, 0, 0, 0, 0, 0, count);
  }

  /** All counts of one unit. */
  public static LedgerEntry of(
      String source,
      long read,
      long written,
      long deadLettered,
      long filtered,
      long duplicate,
      long late) {
    return new AutoValue_LedgerEntry(
        source, read, written, deadLettered, filtered, duplicate, late);
  }

  /** The unit that is counted. */
  public abstract String source();

  /** Records that were read. */
  public abstract long read();

  /** Records that are in the destination because of this run. */
  public abstract long written();

  /** Records that were stored as dead letters. */
  public abstract long deadLettered();

  /** Records that a filter left out on purpose. */
  public abstract long filtered();

  /** Records that were in the destination before this run, or that repeat another record. */
  public abstract long duplicate();

  /** Records that arrived too late for their window. */
  public abstract long late();

  /** True when every record that was read is accounted for. */
  public final boolean balanced() {
    return unaccounted() == 0;
  }

  /** Records read of which nothing more is known; negative when more came out than went in. */
  public final long unaccounted() {
    return read() - written() - deadLettered() - filtered() - duplicate() - late();
  }

  /** The sum of two entries, under the name of this one's unit. */
  public final LedgerEntry plus(LedgerEntry other) {
    return of(
        source(),
        read() + other.read(),
        written() + other.written(),
        deadLettered() + other.deadLettered(),
        filtered() + other.filtered(),
        duplicate() + other.duplicate(),
        late() + other.late());
  }
}
