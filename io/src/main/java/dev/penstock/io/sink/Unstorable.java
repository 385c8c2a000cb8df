package dev.penstock.io.sink;

/**
 * A value that its column cannot hold exactly; the row becomes a dead letter without a try.
 *
 * <pre>{@code
 * throw new Unstorable(Unstorable.NUMBER, "amount", "has too many digits for NUMERIC(10,2)");
 * }</pre>
 */
public final class Unstorable extends Exception {
  private static final long serialVersionUID = 1L;

  /** SQLSTATE of a number with more digits than its column has. */
  public static final String NUMBER = "22003";

  /** SQLSTATE of a date or time beyond what its column can hold. */
  public static final String TIME = "22008";

  /** SQLSTATE of a text with a character that its column cannot hold. */
  public static final String TEXT = "22021";

  /** SQLSTATE of a missing value where one is needed. */
  public static final String MISSING = "23502";

  private final String state;
  private final String field;

  /**
   * A value that cannot be stored.
   *
   * @param state SQLSTATE that a database gives for the same fault
   * @param field name of the contract's field
   * @param message what is wrong, to follow the words "Field 'x'"
   */
  public Unstorable(String state, String field, String message) {
    // Thrown for each bad row, and never as a sign of a bug: no stack trace.
    super(message, null, false, false);
    this.state = state;
    this.field = field;
  }

  /** The SQLSTATE that a database gives for the same fault. */
  public String state() {
    return state;
  }

  /** Name of the contract's field. */
  public String field() {
    return field;
  }

  /** What is wrong, to follow the words "Field 'x'". */
  public String text() {
    return String.valueOf(getMessage());
  }
}
