package dev.penstock.transforms.parse;

/** How change events are laid out. */
public enum EventForm {
  /** Each event is looked at: {@code op} beside its rows, or {@code __op} or {@code __deleted}. */
  DETECT,
  /** Debezium's own form: {@code before}, {@code after}, {@code source}, {@code op}. */
  ENVELOPE,
  /**
   * The row alone, as the transformation {@code ExtractNewRecordState} leaves it, with what it was
   * asked to add: {@code __op}, {@code __deleted}, {@code __source_lsn} and the like.
   */
  UNWRAPPED
}
