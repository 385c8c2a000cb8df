package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Refusals;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.ledger.SourceRecord;

/** Makes dead letters of rows that the database refuses, in its words where these are no secret. */
final class ServerRefusals {
  private ServerRefusals() {}

  static DeadLetter of(
      Refusals refusals, SourceRecord record, TableName table, BatchResult.Rejection rejection) {
    // A server's message may quote any value of the row, so it is not repeated beside secrets.
    String message = refusals.secretive() ? plain(rejection.state()) : rejection.message();
    return refusals.of(
        record,
        "SQLSTATE_" + rejection.state(),
        refusals.fieldOf(rejection.column()),
        "Table " + table + " refused the row: " + message);
  }

  private static String plain(String state) {
    return switch (state) {
      case "22001" -> "a text is too long for its column";
      case "22003" -> "a number is out of range for its column";
      case "22007", "22008" -> "a date or time is out of range for its column";
      case "22P02", "22018" -> "a value cannot be converted to the type of its column";
      case "22021" -> "a text has a character that the database cannot store";
      case "23502" -> "a column without null has no value";
      case "23503" -> "it refers to a row that is not there";
      case "23505" -> "a unique column has this value already";
      case "23514" -> "it breaks a CHECK constraint";
      default -> "the database's error " + state;
    };
  }
}
