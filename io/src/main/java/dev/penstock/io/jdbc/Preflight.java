package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tries a destination before a run, and says in one line each what stands in the way. */
final class Preflight {
  private Preflight() {}

  /** Prepares the table, or only rehearses that; returns the problems, none when all is well. */
  static List<String> run(ConnectionSettings settings, TablePreparation preparation) {
    if (preparation.rehearsal() && isNewFile(settings.url())) {
      return newFileProblems(settings.url());
    }
    try {
      if (settings.url().product() == JdbcUrl.Product.POSTGRESQL) {
        return prepare(PostgresDatabase.alone(settings), preparation);
      }
      Databases.Shared shared = Databases.acquire(settings);
      try {
        return prepare(shared.database(), preparation);
      } finally {
        shared.release();
      }
    } catch (SQLException e) {
      return Destinations.unusable(settings, e).problems();
    } catch (DestinationException e) {
      return e.problems();
    }
  }

  private static List<String> prepare(Database database, TablePreparation preparation)
      throws SQLException {
    TableLayout unused = preparation.run(database);
    return List.of();
  }

  /** Whether the database is a file that is still to be made. */
  static boolean isNewFile(JdbcUrl url) {
    return url.product() == JdbcUrl.Product.DUCKDB && !Files.exists(Path.of(url.file()));
  }

  /** A rehearsal leaves nothing behind, so a file that is not there is not opened either. */
  private static List<String> newFileProblems(JdbcUrl url) {
    Path folder = Path.of(url.file()).toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of(
          "The DuckDB file "
              + url.file()
              + " cannot be made: its folder does not exist. Create it");
    }
    return Files.isWritable(folder)
        ? List.of()
        : List.of("The DuckDB file " + url.file() + " cannot be made: its folder is read-only");
  }

  /** Looks for a table; returns the problems, none when it is there. */
  static List<String> find(ConnectionSettings settings, TableName table) {
    List<String> missing =
        List.of("There is no table " + table + " in " + settings.url() + ": name where it is");
    if (isNewFile(settings.url())) {
      return missing;
    }
    try {
      Databases.Shared shared = Databases.acquire(settings);
      try (Connection connection = shared.database().connect()) {
        return settings.dialect().find(connection, table).isEmpty() ? missing : List.of();
      } finally {
        shared.release();
      }
    } catch (SQLException e) {
      return Destinations.unusable(settings, e).problems();
    } catch (DestinationException e) {
      return e.problems();
    }
  }
}
