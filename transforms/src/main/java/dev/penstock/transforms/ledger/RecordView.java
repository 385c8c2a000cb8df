package dev.penstock.transforms.ledger;

/**
 * The record that a reader stands at, without a copy of it: what most rows need of their record are
 * two numbers, and only a few need its bytes.
 *
 * <pre>{@code
 * long at = view.offset();
 * DeadLetter letter = DeadLetter.of(view.toRecord(), "ValidateRows", reasons);
 * }</pre>
 *
 * <p>A view is valid until the reader moves on; what {@link #toRecord} gave stays valid.
 */
public interface RecordView {
  /** The unit of input that the record is of, as in {@link Position#source}. */
  String source();

  /** Byte offset of the record in its file, as in {@link Position#offset}. */
  long offset();

  /**
   * The first offset that the record answers for: its own; or, where the offsets before it are
   * those of no record (marks of transactions in Kafka), the one behind the record before.
   */
  default long from() {
    return offset();
  }

  /** Number of the record in its file, counted from 1, as in {@link Position#number}. */
  long number();

  /** A copy of the record with its position. */
  SourceRecord toRecord();
}
