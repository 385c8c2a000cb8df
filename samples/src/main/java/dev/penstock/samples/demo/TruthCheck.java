package dev.penstock.samples.demo;

import dev.penstock.samples.kiva.BadRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the dead letters of one generated file against the truth about its bad records. */
public final class TruthCheck {
  private final Map<Long, BadRecord> found;

  private TruthCheck(Map<Long, BadRecord> found) {
    this.found = found;
  }

  /** Reads the dead letters of a file from the table {@code penstock_dead_letters}. */
  public static TruthCheck of(Connection connection, Path file) throws SQLException {
    String sql =
        "SELECT record_number, byte_offset, reason_codes, fields FROM penstock_dead_letters"
            + " WHERE source = ? ORDER BY record_number";
    Map<Long, BadRecord> found = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, file.toAbsolutePath().normalize().toString());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          long number = result.getLong(1);
          List<String> reasons = reasons(result.getString(3), result.getString(4));
          found.put(number, new BadRecord(number, result.getLong(2), reasons));
        }
      }
    }
    return new TruthCheck(found);
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

  /** What is missing, different or too much, in words; empty when all is as it should be. */
  public List<String> differences(List<BadRecord> truth) {
    List<String> differences = new ArrayList<>();
    Map<Long, BadRecord> unexpected = new TreeMap<>(found);
    for (BadRecord expected : truth) {
      BadRecord actual = unexpected.remove(expected.number());
      if (actual == null) {
        differences.add("missing: " + expected);
      } else if (!actual.equals(expected)) {
        differences.add("expected " + expected + ", but found " + actual);
      }
    }
    unexpected.values().forEach(letter -> differences.add("not expected: " + letter));
    return differences;
  }
}
