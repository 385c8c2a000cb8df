package dev.penstock.samples.streaming;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Questions to a database that one value answers. */
record Asked(Connection connection) {

  /** The first column of the first row; empty when there is none. */
  String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      String text = rows.next() ? rows.getString(1) : null;
      return text == null ? "" : text;
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }
}
