package dev.penstock.io.jdbc;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reads PostgreSQL's errors by SQLSTATE, never by their (translated) text. */
final class PostgresErrors {
  /**
   * Where a COPY failed: {@code COPY loans, line 12, column amount: "x"}. Not looked for behind
   * names that could themselves look like a place.
   */
  private static final Pattern COPY_PLACE =
      Pattern.compile("^COPY [A-Za-z_][A-Za-z0-9_]*, \\D*(\\d+)(?:, \\S+ ([^:]+))?");

  /** Bytes that are no value of their column's type, and a row of other columns: no row's fault. */
  private static final Set<String> FORM = Set.of("22P03", "22P04");

  private PostgresErrors() {}

  static Failure failure(SQLException error) {
    SQLException telling = telling(error);
    String state = telling.getSQLState() == null ? "08000" : telling.getSQLState();
    ServerErrorMessage server =
        telling instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String message =
        server == null || server.getMessage() == null
            ? "the connection failed"
            : server.getMessage();
    String column = server == null || server.getColumn() == null ? "" : server.getColumn();
    int line = -1;
    Matcher place = COPY_PLACE.matcher(where(server));
    if (place.find()) {
      line = Integer.parseInt(place.group(1)) - 1;
      column = place.group(2) == null ? column : place.group(2);
    }
    return new Failure(kind(state), state, message, column, line);
  }

  private static String where(@Nullable ServerErrorMessage server) {
    return server == null || server.getWhere() == null ? "" : server.getWhere();
  }

  /** The pool wraps the server's error; the one with a server message tells most. */
  private static SQLException telling(SQLException error) {
    SQLException best = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        best = sql;
      }
    }
    return best;
  }

  private static Failure.Kind kind(String state) {
    if (FORM.contains(state)) {
      return Failure.Kind.FATAL;
    }
    if (state.startsWith("22") || state.startsWith("23") || state.equals("54000")) {
      return Failure.Kind.DATA;
    }
    boolean passing =
        state.startsWith("08")
            || state.startsWith("57P0")
            || state.equals("40001")
            || state.equals("40P01")
            || state.equals("55P03")
            || state.equals("53300");
    return passing && !state.equals("57P04") ? Failure.Kind.TRANSIENT : Failure.Kind.FATAL;
  }
}
