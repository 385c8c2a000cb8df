package dev.penstock.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/**
 * What a contender left behind, in figures that do not depend on the order of rows.
 *
 * @param rows rows in the Parquet files
 * @param rejected records that were rejected and kept
 * @param checksum sum of a hash over all columns of each row
 * @param bytes size of the Parquet files
 */
record Loaded(long rows, long rejected, String checksum, long bytes) {
  /** A hash over the contract's columns, in DuckDB's SQL. */
  static final String ROW_HASH =
      """
      hash(epoch_us(event_time), event_type, product_id, category_id, category_code, brand,
           CAST(price AS DECIMAL(12,2)), user_id, user_session)\
      """;

  private static final String SQL =
      "SELECT count(*), sum(" + ROW_HASH + ") FROM read_parquet('%s/**/*.parquet')";

  /** Reads the files by DuckDB, which none of the contenders has written them with. */
  static Loaded from(Path rows, Path rejects) throws IOException, SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result =
            statement.executeQuery(SQL.formatted(rows.toString().replace("'", "''")))) {
      result.next();
      long count = result.getLong(1);
      String checksum = result.getString(2);
      return new Loaded(count, rejected(statement, rejects), checksum, size(rows));
    }
  }

  /** Rejected records are lines, or rows of Parquet files, as a contender likes it. */
  private static long rejected(Statement statement, Path folder) throws IOException, SQLException {
    try (Stream<Path> files = Files.walk(folder)) {
      if (files.noneMatch(file -> file.toString().endsWith(".parquet"))) {
        return lines(folder);
      }
    }
    String sql = "SELECT count(*) FROM read_parquet('%s/**/*.parquet')";
    try (ResultSet result =
        statement.executeQuery(sql.formatted(folder.toString().replace("'", "''")))) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Whether both have the same rows and as many rejected records. */
  boolean sameAs(Loaded other) {
    return rows == other.rows && rejected == other.rejected && checksum.equals(other.checksum);
  }

  private static long lines(Path folder) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Loaded::isData).toList()) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
          lines += reader.lines().count();
        }
      }
    }
    return lines;
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Loaded::isData).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  /** Names that begin with a dot or an underscore are notes of a program to itself. */
  private static boolean isData(Path file) {
    Path name = file.getFileName();
    return Files.isRegularFile(file) && name != null && !name.toString().matches("[._].*");
  }
}
