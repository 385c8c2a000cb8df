package dev.penstock.samples.demo;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A query's result as text: columns aligned, numbers to the right with thousands separators.
 *
 * <pre>{@code
 * String text = TextTable.of(statement.executeQuery(sql)).print("  ");
 * }</pre>
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> headers = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();

  private TextTable() {}

  /** Reads a result to its end. */
  public static TextTable of(ResultSet result) throws SQLException {
    TextTable table = new TextTable();
    ResultSetMetaData columns = result.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      table.headers.add(columns.getColumnLabel(i));
      table.numeric.add(true);
    }
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = result.getObject(i);
        row.add(text(value));
        if (!(value instanceof Number)) {
          table.numeric.set(i - 1, false);
        }
      }
      table.rows.add(row);
    }
    return table;
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return String.format(Locale.ROOT, "%,." + Math.max(0, decimal.scale()) + "f", decimal);
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%,.1f", number);
    }
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number)
        : String.valueOf(value);
  }

  /** The table, each line after the given indentation and with a line end. */
  public String print(String indent) {
    int[] widths = new int[headers.size()];
    StringBuilder rule = new StringBuilder(indent);
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] = headers.get(i).length();
      rows.forEach(row -> widths[column] = Math.max(widths[column], row.get(column).length()));
      rule.append(i == 0 ? "" : GAP).append("─".repeat(widths[i]));
    }
    StringBuilder text = new StringBuilder(line(indent, headers, widths));
    text.append(rule).append('\n');
    rows.forEach(row -> text.append(line(indent, row, widths)));
    return text.toString();
  }

  private String line(String indent, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(numeric.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing() + '\n';
  }
}
