package dev.penstock.io.jdbc;

/** A value that no row of the destination can hold; the row is dead-lettered without a try. */
final class Unstorable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String state;
  private final String field;

  Unstorable(String state, String field, String message) {
    super(message, null, false, false);
    this.state = state;
    this.field = field;
  }

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
