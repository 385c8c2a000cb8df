package dev.penstock.samples.kiva;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads the table of loans back in the words of the generated file, so that rows can be held
 * against the records that they were made from, whichever database stores them.
 */
final class LoadedLoans {
  /** Read as seconds: DuckDB's driver is an hour off for zones near a change of their clocks. */
  private static final Set<String> TIMES = Set.of("posted_time", "disburse_time");

  private LoadedLoans() {}

  /** Gives the values of each row, in the order of the loans' numbers. */
  static void forEach(Connection connection, Consumer<List<String>> row) throws SQLException {
    forEach(connection, name -> name, row);
  }

  /** The same, where some columns are to be asked for in other words. */
  static void forEach(
      Connection connection, UnaryOperator<String> expression, Consumer<List<String>> row)
      throws SQLException {
    String columns =
        Loans.COLUMNS.stream()
            .map(
                name ->
                    TIMES.contains(name)
                        ? "extract(epoch FROM " + name + ")"
                        : expression.apply(name))
            .collect(Collectors.joining(", "));
    String sql = "SELECT " + columns + " FROM kiva_loans ORDER BY length(loan_id), loan_id";
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10_000);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          List<String> values = new ArrayList<>(Loans.COLUMNS.size());
          for (int i = 1; i <= Loans.COLUMNS.size(); i++) {
            values.add(text(result, i, Loans.COLUMNS.get(i - 1)));
          }
          row.accept(values);
        }
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** The values of a generated record in the same words. */
  static List<String> normalised(List<String> record) {
    List<String> values = new ArrayList<>(record);
    int terms = Loans.COLUMNS.indexOf("terms");
    values.set(terms, json(values.get(terms)));
    return values;
  }

  private static String text(ResultSet result, int column, String name) throws SQLException {
    String text = result.getString(column);
    if (text == null) {
      return "";
    }
    return switch (name) {
      case "posted_time", "disburse_time" ->
          Instant.ofEpochSecond(result.getBigDecimal(column).longValueExact()).toString();
      case "partner_opens" -> LocalTime.parse(text).toString();
      case "covers_currency_loss" -> Boolean.toString(result.getBoolean(column));
      case "tags", "terms" -> json(text);
      default -> text;
    };
  }

  /** Databases put their own spaces into JSON, order the keys, and spell out what is absent. */
  private static String json(String text) {
    String tight = text.replace("\", \"", "\",\"").replace(": ", ":").replace(", \"", ",\"");
    if (!tight.startsWith("{")) {
      return tight;
    }
    return Arrays.stream(tight.substring(1, tight.length() - 1).split(",", -1))
        .filter(entry -> !entry.endsWith(":null"))
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }
}
