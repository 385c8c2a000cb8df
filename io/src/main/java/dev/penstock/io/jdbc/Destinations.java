package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;

/** Says in plain words why a destination cannot be used, and what to do. */
final class Destinations {
  private Destinations() {}

  static DestinationException unusable(ConnectionSettings settings, SQLException error) {
    Failure failure = settings.dialect().failure(error);
    String text =
        settings.url().product() == JdbcUrl.Product.DUCKDB
            ? duckDb(settings.url(), failure)
            : postgres(settings, failure, error);
    return new DestinationException(text, error);
  }

  private static String duckDb(JdbcUrl url, Failure failure) {
    String message = failure.message();
    String lower = message.toLowerCase(Locale.ROOT);
    String file = url.file();
    if (lower.contains("conflicting lock") || lower.contains("could not set lock")) {
      return "The DuckDB file "
          + file
          + " is held by another program"
          + between(message, "(PID ", ")")
          + ". Close it there and run again";
    }
    if (lower.contains("no such file or directory")) {
      return "The DuckDB file " + file + " cannot be made: its folder does not exist. Create it";
    }
    if (lower.contains("not a valid duckdb")) {
      return "The file " + file + " is not a DuckDB database. Name another file";
    }
    if (lower.contains("permission denied") || lower.contains("read-only")) {
      return "The DuckDB file " + file + " may not be written. Check the rights of file and folder";
    }
    if (failure.state().equals("53100")) {
      return "The disk of the DuckDB file " + file + " is full. Free some space and run again";
    }
    return "DuckDB refused " + file + ": " + message;
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before);
    int end = start < 0 ? -1 : text.indexOf(after, start);
    return end < 0 ? "" : " (process " + text.substring(start + before.length(), end) + ")";
  }

  private static String postgres(ConnectionSettings settings, Failure failure, SQLException error) {
    String where = settings.url().toString();
    String who = settings.user().isEmpty() ? "the default user" : "user " + settings.user();
    String server = failure.message();
    return switch (failure.state()) {
      case "28P01" -> where + ": wrong password for " + who + ". " + settings.password().advice();
      case "28000" ->
          where
              + ": the server does not let "
              + who
              + " in ("
              + server
              + "). Check the user name (?user=<name>) and the server's pg_hba.conf";
      case "08004" ->
          where + ": the server wants a password for " + who + ". " + settings.password().advice();
      case "3D000" ->
          where + ": there is no such database (" + server + "). Create it or correct the address";
      case "42501" ->
          where
              + ": "
              + who
              + " lacks a privilege ("
              + server
              + "). Needed are SELECT, INSERT and UPDATE on the table, TEMPORARY on the database,"
              + " and CREATE on the schema where a table is to be created";
      case "25006" ->
          where
              + ": the database takes no changes now ("
              + server
              + "). Is it a standby, or is default_transaction_read_only on? Name the primary, or"
              + " set it off";
      case "53100" -> where + ": the server's disk is full (" + server + "). Free some space";
      case "53300" -> where + ": the server has no connection left (" + server + ")";
      case "23505" ->
          where
              + ": the table holds rows that repeat the key ("
              + server
              + "). Remove them, or write to another table";
      default ->
          failure.state().startsWith("08")
              ? unreachable(where, error)
              : where + ": " + server + " (SQLSTATE " + failure.state() + ")";
    };
  }

  private static String unreachable(String where, SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return where + ": the host " + cause.getMessage() + " is unknown. Correct the address";
      }
    }
    return where + ": the database cannot be reached. Is it running, and are host and port right?";
  }
}
