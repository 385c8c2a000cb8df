package dev.penstock.io.warehouse;

import dev.penstock.io.sink.Bookkeeping;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content of a table as text that is the same whatever database holds it. */
public final class TableText {
  private TableText() {}

  /** The rows of a query, sorted; the run that wrote them is left out. */
  public static List<String> of(Connection connection, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      ResultSetMetaData meta = rows.getMetaData();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          if (!meta.getColumnName(i).equals(Bookkeeping.RUN)) {
            values.add(meta.getColumnName(i) + "=" + value(rows, i, meta.getColumnTypeName(i)));
          }
        }
        found.add(String.join("; ", values));
      }
    }
    found.sort(null);
    return found;
  }

  private static @Nullable String value(ResultSet rows, int column, String type)
      throws SQLException {
    if (rows.getObject(column) == null) {
      return null;
    }
    String name = type.toLowerCase(Locale.ROOT);
    if (name.startsWith("numeric") || name.startsWith("decimal")) {
      BigDecimal number = rows.getBigDecimal(column);
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return switch (name) {
      case "date" -> date(rows, column).toString();
      case "time" -> time(rows, column).toString();
      case "timestamp" -> rows.getObject(column, LocalDateTime.class).toString();
      case "timestamptz", "timestamp with time zone" ->
          rows.getObject(column, OffsetDateTime.class).toInstant().toString();
      case "bool", "boolean" -> Boolean.toString(rows.getBoolean(column));
      case "float8", "double" -> Double.toString(rows.getDouble(column));
      case "float4", "float" -> Float.toString(rows.getFloat(column));
      case "bytea", "blob" -> HexFormat.of().formatHex(rows.getBytes(column));
      default -> rows.getString(column);
    };
  }

  /** DuckDB's driver gives local dates and times right only to those who do not ask for them. */
  private static LocalDate date(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column) instanceof LocalDate date
        ? date
        : rows.getObject(column, LocalDate.class);
  }

  private static LocalTime time(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column) instanceof LocalTime time
        ? time
        : rows.getObject(column, LocalTime.class);
  }
}
