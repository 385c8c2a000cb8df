package dev.penstock.io.jdbc;

import java.sql.SQLException;
import java.util.Locale;

/**
 * Reads DuckDB's errors. DuckDB has no SQLSTATE; its errors begin with their kind, for which the
 * standard's state of the same meaning stands in.
 */
final class DuckDbErrors {
  private DuckDbErrors() {}

  static Failure failure(SQLException error) {
    String message = firstLine(String.valueOf(error.getMessage()));
    if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
      // Comes as an error of the transaction, too; but a database that could not write its log must
      // not go on.
      return fatal("53100", message);
    }
    String kind = message.substring(0, Math.max(0, message.indexOf(" Error:")));
    return switch (kind) {
      case "Constraint" -> data(constraint(message), message);
      case "Conversion" -> data(message.contains("out of range") ? "22003" : "22018", message);
      case "Out of Range" -> data("22003", message);
      case "Invalid Input" -> data("22023", message);
      case "TransactionContext", "Transaction" ->
          new Failure(Failure.Kind.TRANSIENT, "40001", message, "", -1);
      case "Catalog", "Binder", "Parser" -> fatal("42000", message);
      case "Out of Memory" -> fatal("53200", message);
      default -> fatal("58000", message);
    };
  }

  private static Failure data(String state, String message) {
    return new Failure(Failure.Kind.DATA, state, message, "", -1);
  }

  private static Failure fatal(String state, String message) {
    return new Failure(Failure.Kind.FATAL, state, message, "", -1);
  }

  private static String constraint(String message) {
    if (message.contains("NOT NULL")) {
      return "23502";
    }
    if (message.contains("CHECK")) {
      return "23514";
    }
    if (message.contains("foreign key")) {
      return "23503";
    }
    return "23505";
  }

  /** DuckDB repeats the statement below its message. */
  private static String firstLine(String message) {
    int end = message.indexOf("\n\nLINE ");
    return (end < 0 ? message : message.substring(0, end)).replace('\n', ' ').strip();
  }
}
