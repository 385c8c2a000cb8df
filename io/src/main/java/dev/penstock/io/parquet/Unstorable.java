package dev.penstock.io.parquet;

/** A value that its column cannot hold exactly; the row becomes a dead letter. */
final class Unstorable extends Exception {
  private static final long serialVersionUID = 1L;

  /** A number with more digits than its column has. */
  static final String NUMBER = "22003";

  /** A date or time beyond what its column can hold. */
  static final String TIME = "22008";

  /** A text that is none in UTF-8. */
  static final String TEXT = "22021";

  /** No value where the contract wants one. */
  static final String MISSING = "23502";

  private final String state;
  private final String field;

  Unstorable(String state, String field, String message) {
    super(message, null, false, false);
    this.state = state;
    this.field = field;
  }

  /** The SQLSTATE that a database gives for the same fault. */
  String state() {
    return state;
  }

  String field() {
    return field;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
