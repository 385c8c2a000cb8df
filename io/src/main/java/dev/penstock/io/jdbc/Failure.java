package dev.penstock.io.jdbc;

/**
 * What a database error means.
 *
 * @param kind what can be done about it
 * @param state SQLSTATE, or the one that says the same for a database without them
 * @param message the server's message without quoted rows
 * @param column column concerned, or empty
 * @param line row of the batch concerned, counted from 0, or -1 when the error does not tell
 */
record Failure(Kind kind, String state, String message, String column, int line) {

  /** What can be done about an error. */
  enum Kind {
    /** Goes away by itself: try again. */
    TRANSIENT,
    /** The fault of one row: find it and set it aside. */
    DATA,
    /** The destination's: nothing can be written until somebody does something. */
    FATAL
  }
}
