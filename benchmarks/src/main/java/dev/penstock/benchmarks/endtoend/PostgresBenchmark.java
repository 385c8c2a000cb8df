package dev.penstock.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * CSV to PostgreSQL: Penstock beside a bare COPY of the very same rows, from a file that stands
 * ready in COPY's own format, into an equal table with the same index.
 */
final class PostgresBenchmark {
  private static final String TABLE = "shop_events";
  private static final String COPIED = "copied_events";

  private final Setup setup;
  private final List<Usage> penstock = new ArrayList<>();
  private final List<Double> pipeline = new ArrayList<>();
  private final List<Double> copy = new ArrayList<>();
  private boolean equal = true;

  PostgresBenchmark(Setup setup) {
    this.setup = setup;
  }

  /** Runs all rounds and writes the page; false when the tables differ. */
  boolean run(List<String> page) throws Exception {
    Setup.Input input = setup.input(setup.rows());
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
      String checksum = "";
      for (int round = 1; round <= setup.rounds(); round++) {
        execute(connection, "DROP TABLE IF EXISTS " + TABLE);
        penstock.add(load(input, server.getPort()));
        Path text = setup.work().resolve("shop-events.copy");
        unload(connection, text);
        execute(connection, "DROP TABLE IF EXISTS " + COPIED);
        execute(connection, "CREATE TABLE " + COPIED + " (LIKE " + TABLE + " INCLUDING ALL)");
        copy.add(copyIn(connection, text));
        checksum = checksum(connection, TABLE);
        equal &= checksum.equals(checksum(connection, COPIED));
        System.out.printf(
            Locale.ROOT,
            "round %d  Penstock %.1f s (%.1f s without starting), COPY %.1f s%n",
            round,
            penstock.get(round - 1).wall(),
            pipeline.get(round - 1),
            copy.get(round - 1));
      }
      describe(page, input, checksum);
    }
    return equal;
  }

  private Usage load(Setup.Input input, int port) throws Exception {
    Path report = setup.work().resolve("penstock-report.json");
    Path rejects = setup.emptyFolder("penstock-rejects");
    Usage usage =
        Usage.of(
            List.of(
                setup.penstock(),
                "csv-to-warehouse",
                "--contract=" + setup.contract(),
                "--input=" + input.csv(),
                "--to=jdbc:postgresql://localhost:" + port + "/postgres",
                "--user=postgres",
                "--deadLetters=" + rejects,
                "--report=" + report,
                "--parallelism=" + setup.workers()),
            Map.of("PENSTOCK_JAVA_OPTS", "-Xmx" + setup.heap()),
            setup.work().resolve("postgres.log"));
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    pipeline.add(told.path("durationMillis").asLong() / 1000.0);
    equal &= told.path("ledger").path("written").asLong() == input.rows() - input.bad();
    return usage;
  }

  private static void unload(Connection connection, Path text) throws Exception {
    try (OutputStream out = Files.newOutputStream(text)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY " + TABLE + " TO STDOUT", out);
    }
  }

  private static double copyIn(Connection connection, Path text) throws Exception {
    long start = System.nanoTime();
    try (InputStream in = Files.newInputStream(text)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + COPIED + " FROM STDIN", in, 1 << 16);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static String checksum(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) || ' rows, checksum ' || sum(hashtextextended(t::text, 0)) FROM "
                    + table
                    + " t")) {
      result.next();
      return result.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void describe(List<String> page, Setup.Input input, String checksum) {
    double copied = median(copy);
    long rows = input.rows() - input.bad();
    page.add(
        String.format(
            Locale.ROOT, "# %,d shop events into PostgreSQL, beside a bare COPY%n", input.rows()));
    page.add(
        String.format(
            Locale.ROOT,
            "Medians; rounds: %d. Both tables have the same columns and the same unique index; the"
                + " bare COPY reads a file in its own format, on one connection.%n",
            setup.rounds()));
    page.add("| | rows/s | wall s | share of COPY's rows/s |");
    page.add("| --- | ---: | ---: | ---: |");
    double whole = ShopBenchmark.median(penstock, Usage::wall);
    page.add(line("Penstock, from start to end of the process", rows, whole, copied));
    page.add(line("Penstock, the run as it reports it", rows, median(pipeline), copied));
    page.add(line("bare COPY", rows, copied, copied));
    page.add("");
    page.add(checksum + (equal ? ", the same in both tables" : ": **the tables differ**"));
  }

  private static String line(String name, long rows, double seconds, double copied) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %.0f %% |",
        name,
        rows / seconds,
        seconds,
        100 * copied / seconds);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
