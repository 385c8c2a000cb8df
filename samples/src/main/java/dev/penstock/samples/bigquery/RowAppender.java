package dev.penstock.samples.bigquery;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Adds checked rows to a table of DuckDB, within the connection's transaction. */
final class RowAppender implements AutoCloseable {
  private final DuckDBAppender appender;
  private final int width;

  private RowAppender(DuckDBAppender appender, int width) {
    this.appender = appender;
    this.width = width;
  }

  /**
   * To a table, whose columns may be more by now than those that the rows have: new ones are behind
   * the others, and are null.
   */
  static RowAppender to(DuckDBConnection connection, Table table) throws SQLException {
    TableId id = table.id();
    return new RowAppender(
        connection.createAppender(id.project(), id.dataset(), id.table()), table.columns().size());
  }

  static RowAppender toStaging(DuckDBConnection connection, String table) throws SQLException {
    return new RowAppender(connection.createAppender(Store.stagingDatabase(), "main", table), 0);
  }

  static RowAppender toTemporary(DuckDBConnection connection, String table) throws SQLException {
    return new RowAppender(connection.createAppender("temp", "main", table), 0);
  }

  void append(@Nullable Object[] row) throws SQLException {
    appender.beginRow();
    for (Object value : row) {
      append(value);
    }
    for (int i = row.length; i < width; i++) {
      appender.appendNull();
    }
    appender.endRow();
  }

  private void append(@Nullable Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof Long number) {
      appender.append(number.longValue());
    } else if (value instanceof BigDecimal decimal) {
      appender.append(decimal);
    } else if (value instanceof OffsetDateTime timestamp) {
      appender.append(timestamp);
    } else if (value instanceof Double real) {
      appender.append(real.doubleValue());
    } else if (value instanceof Boolean bool) {
      appender.append(bool.booleanValue());
    } else {
      appendRare(value);
    }
  }

  private void appendRare(Object value) throws SQLException {
    if (value instanceof LocalDate date) {
      appender.append(date);
    } else if (value instanceof LocalDateTime dateTime) {
      appender.append(dateTime);
    } else if (value instanceof LocalTime time) {
      appender.append(time);
    } else if (value instanceof byte[] bytes) {
      appender.append(bytes);
    } else if (value instanceof Collection<?> values) {
      appender.append(values);
    } else if (value instanceof Map<?, ?> struct) {
      appender.beginStruct();
      for (Object field : struct.values()) {
        append(field);
      }
      appender.endStruct();
    } else {
      throw new IllegalArgumentException("no column takes a " + value.getClass());
    }
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
