package dev.penstock.samples.demo;

import dev.penstock.samples.kiva.BadRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the dead letters of one file from the table {@code penstock_dead_letters}. */
public final class StoredDeadLetters {
  /** Quotes inside a message are escaped, so only keys look like this. */
  private static final Pattern REASON =
      Pattern.compile("\"code\": \"([^\"]*)\", \"field\": \"([^\"]*)\"");

  private StoredDeadLetters() {}

  /** Number, offset and reasons of each, in the order of their numbers. */
  public static List<BadRecord> of(Connection connection, Path file) throws SQLException {
    String sql =
        "SELECT record_number, byte_offset, reasons FROM penstock_dead_letters"
            + " WHERE source = ? ORDER BY record_number";
    List<BadRecord> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, file.toAbsolutePath().normalize().toString());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(
              new BadRecord(result.getLong(1), result.getLong(2), reasons(result.getString(3))));
        }
      }
    }
    return found;
  }

  private static List<String> reasons(String json) {
    List<String> reasons = new ArrayList<>();
    Matcher matcher = REASON.matcher(json);
    while (matcher.find()) {
      String field = matcher.group(2);
      reasons.add(field.isEmpty() ? matcher.group(1) : matcher.group(1) + "(" + field + ")");
    }
    return reasons;
  }
}
