package dev.penstock.samples.demo;

import dev.penstock.samples.kiva.BadRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the dead letters of one file from the table {@code penstock_dead_letters}. */
public final class StoredDeadLetters {
  private StoredDeadLetters() {}

  /** Number, offset and reasons of each, in the order of their numbers. */
  public static List<BadRecord> of(Connection connection, Path file) throws SQLException {
    String sql =
        "SELECT record_number, byte_offset, reason_codes, fields FROM penstock_dead_letters"
            + " WHERE source = ? ORDER BY record_number";
    List<BadRecord> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, file.toAbsolutePath().normalize().toString());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> reasons = reasons(result.getString(3), result.getString(4));
          found.add(new BadRecord(result.getLong(1), result.getLong(2), reasons));
        }
      }
    }
    return found;
  }

  private static List<String> reasons(String codes, String fields) {
    String[] code = codes.split(",", -1);
    String[] field = fields.split(",", -1);
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < code.length; i++) {
      reasons.add(field[i].isEmpty() ? code[i] : code[i] + "(" + field[i] + ")");
    }
    return reasons;
  }
}
