package dev.penstock.samples.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.kiva.KivaContracts;
import dev.penstock.samples.kiva.KivaFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The process of a load is killed half-way, as by {@code kill -9} or a power cut, and the same
 * command is given again: then the tables are those of a load that nobody disturbed.
 */
public final class KilledProcessIT {
  private static final int ROWS = 20_000;
  private static final int BAD = ROWS / 100;

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private long logLength;

  private Path folder() throws IOException {
    return temporary.getRoot().toPath().toRealPath();
  }

  private void writeInput(int rows) throws IOException {
    KivaContracts.copyTo(folder());
    KivaFiles.withSeed(3)
        .rows(rows)
        .oneBadIn(100)
        .writeLoans(folder().resolve("loans.csv"), b -> {});
  }

  private List<String> load(String to, String runner) throws IOException {
    return List.of(
        "csv-to-warehouse",
        "--contract=" + folder().resolve("kiva-loans.yaml"),
        "--input=" + folder().resolve("loans.csv"),
        "--to=" + to,
        "--batchSize=1000",
        "--runner=" + runner);
  }

  @Test
  public void postgresHoldsWhatAnUndisturbedLoadLeaves() throws Exception {
    writeInput(6_000);
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      LoansDatabase undisturbed = LoansDatabase.create(server, "undisturbed");
      CommandCall expected = CommandCall.of(load(undisturbed.url(), "DirectRunner"));
      assertEquals(expected.err(), 0, expected.exitCode());

      LoansDatabase killed = LoansDatabase.create(server, "killed");
      killed.prepareTable();
      try (LoansDatabase.Gate gate = killed.shutGateAfterTheFirstRows()) {
        PenstockProcess.start(folder(), load(killed.url(), "FlinkRunner"))
            .until("the load was half-way", gate::holdsALoadUp)
            .killAtOnce();
      }
      assertThat(killed.rows(), greaterThan(0L));
      assertThat(killed.rows(), lessThan(undisturbed.rows()));

      CommandCall again = CommandCall.of(load(killed.url(), "DirectRunner"));
      assertEquals(again.err(), 0, again.exitCode());
      assertEquals(undisturbed.checksums(), killed.checksums());
    }
  }

  @Test
  public void duckDbHoldsWhatAnUndisturbedLoadLeaves() throws Exception {
    writeInput(ROWS);
    String undisturbed = "jdbc:duckdb:" + folder().resolve("undisturbed.duckdb");
    CommandCall expected = CommandCall.of(load(undisturbed, "FlinkRunner"));
    assertEquals(expected.err(), 0, expected.exitCode());

    Path file = folder().resolve("killed.duckdb");
    PenstockProcess.start(folder(), load("jdbc:duckdb:" + file, "FlinkRunner"))
        .until("rows were committed", () -> showsRows(file))
        .killAtOnce();
    long before = rows("jdbc:duckdb:" + file);
    assertThat(before, greaterThan(0L));
    assertThat(before, lessThan((long) ROWS - BAD));

    CommandCall again = CommandCall.of(load("jdbc:duckdb:" + file, "FlinkRunner"));
    assertEquals(again.err(), 0, again.exitCode());
    assertThat(again.out(), containsString("loans.csv"));
    assertEquals(contents(undisturbed), contents("jdbc:duckdb:" + file));
  }

  @Test
  public void parquetHoldsWhatAnUndisturbedLoadLeaves() throws Exception {
    writeInput(ROWS);
    Path undisturbed = folder().resolve("undisturbed");
    CommandCall expected = CommandCall.of(loadInParts(undisturbed));
    assertEquals(expected.err(), 0, expected.exitCode());
    Map<String, Long> files = parquetFiles(undisturbed);
    assertThat(files.size(), greaterThan(50));

    Path killed = folder().resolve("killed");
    PenstockProcess.start(folder(), loadInParts(killed))
        .until("a part was finished", () -> holdsAPart(killed.resolve("kiva_loans")))
        .killAtOnce();
    assertThat(parquetFiles(killed).size(), lessThan(files.size()));

    CommandCall again = CommandCall.of(loadInParts(killed));
    assertEquals(again.err(), 0, again.exitCode());
    assertEquals(files, parquetFiles(killed));
  }

  private List<String> loadInParts(Path lake) throws IOException {
    return List.of(
        "csv-to-warehouse",
        "--contract=" + folder().resolve("kiva-loans.yaml"),
        "--input=" + folder().resolve("loans.csv"),
        "--to=parquet:" + lake,
        "--splitSize=128KiB",
        "--runner=FlinkRunner");
  }

  private static boolean holdsAPart(Path table) throws IOException {
    if (!Files.exists(table)) {
      return false;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(table, "*.parquet")) {
      return parts.iterator().hasNext();
    }
  }

  /** Checksums of all files that readers see, by their names. */
  private static Map<String, Long> parquetFiles(Path lake) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    if (!Files.exists(lake)) {
      return checksums;
    }
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path file : files.toList()) {
        String name = lake.relativize(file).toString();
        if (name.endsWith(".parquet")) {
          CRC32 checksum = new CRC32();
          checksum.update(Files.readAllBytes(file));
          checksums.put(name, checksum.getValue());
        }
      }
    }
    return checksums;
  }

  /**
   * Whether rows are committed to a database that another process has open: DuckDB lets nobody look
   * at it, but at a copy of its files, in which a commit that is not written to its end is none.
   */
  private boolean showsRows(Path database) throws IOException {
    Path committed = Path.of(database + ".wal");
    long length = Files.exists(committed) ? Files.size(committed) : 0;
    if (length == logLength) {
      // Nothing has happened since the last look, which takes longer than a commit does.
      return false;
    }
    logLength = length;
    Path copy = folder().resolve("copy.duckdb");
    for (String log : List.of(".wal", "")) {
      Path original = Path.of(database + log);
      if (!Files.exists(original)) {
        return false;
      }
      Files.copy(original, Path.of(copy + log), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      return rows("jdbc:duckdb:" + copy) > 0;
    } catch (SQLException e) {
      // Copied while the files were put in order, or before the table was there.
      return false;
    }
  }

  private static long rows(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM kiva_loans")) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Checksums of both tables: everything but the runs. */
  private static List<String> contents(String url) throws SQLException {
    List<String> contents = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String query :
          List.of(
              "SELECT count(*), bit_xor(hash(COLUMNS(* EXCLUDE (_penstock_run)))) FROM kiva_loans",
              "SELECT count(*), bit_xor(hash(COLUMNS(* EXCLUDE (run_id))))"
                  + " FROM penstock_dead_letters")) {
        try (ResultSet result = statement.executeQuery(query)) {
          result.next();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            contents.add(result.getMetaData().getColumnName(i) + " " + result.getString(i));
          }
        }
      }
    }
    return contents;
  }
}
