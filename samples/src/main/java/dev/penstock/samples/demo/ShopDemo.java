package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.samples.shop.ShopContracts;
import dev.penstock.samples.shop.ShopFiles;
import dev.penstock.samples.shop.ShopTruth;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;

/** The shop sample from nothing to query results, in one folder. */
final class ShopDemo {
  private static final long SEED = 20_200_924;
  private static final int ONE_BAD_IN = 100;
  private static final String TABLE = "shop_events";

  private record Query(String title, String sql) {}

  private static final List<Query> QUERIES =
      List.of(
          new Query(
              "Events by type",
              """
              SELECT event_type AS type, count(*) AS events, count(DISTINCT user_id) AS users,
                     sum(price) AS value
              FROM shop_events GROUP BY ALL ORDER BY events DESC"""),
          new Query(
              "Events by day, each a folder of the lake",
              """
              SELECT event_time_date AS day, count(*) AS events,
                     count(*) FILTER (event_type = 'purchase') AS purchases
              FROM shop_events GROUP BY ALL ORDER BY day LIMIT 5"""),
          new Query(
              "Revenue by category",
              """
              SELECT coalesce(category_code, '(none)') AS category, count(*) AS purchases,
                     sum(price) AS revenue
              FROM shop_events WHERE event_type = 'purchase'
              GROUP BY ALL ORDER BY revenue DESC NULLS LAST, category LIMIT 5"""),
          new Query(
              "Best customers",
              """
              SELECT user_id AS "user", count(*) AS purchases, sum(price) AS revenue
              FROM shop_events WHERE event_type = 'purchase'
              GROUP BY ALL ORDER BY revenue DESC NULLS LAST, "user" LIMIT 5"""));

  private final DemoOptions options;
  private final Path folder;
  private final Terminal terminal;

  ShopDemo(DemoOptions options, Path folder, Terminal terminal) {
    this.options = options;
    this.folder = folder;
    this.terminal = terminal;
  }

  /** Does it all, and gives the exit code. */
  int run() {
    try {
      ShopTruth truth = generate();
      title("Events: csv-to-warehouse");
      int exit = load();
      title("What is in the lake");
      try (Connection connection = lake()) {
        exit = Math.max(exit, compare(connection, truth));
        for (Query query : QUERIES) {
          print(connection, query);
        }
      }
      whatNext();
      return exit;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + folder + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot query " + file("lake") + ": " + e.getMessage(), e);
    }
  }

  private ShopTruth generate() throws IOException {
    Files.createDirectories(folder);
    ShopContracts.copyTo(folder);
    ShopTruth truth =
        ShopFiles.withSeed(SEED)
            .rows(options.getRows())
            .oneBadIn(ONE_BAD_IN)
            .write(file("events.csv"), bad -> {});
    title("Generated in " + folder);
    say("events.csv  %,d events, %,d of them bad on purpose%n", truth.records(), truth.bad());
    return truth;
  }

  private int load() {
    CsvToWarehouseOptions run =
        PipelineOptionsTranslation.fromJson(PipelineOptionsTranslation.toJson(options))
            .as(CsvToWarehouseOptions.class);
    run.setRunId(UUID.randomUUID().toString());
    run.setContract(file(ShopContracts.EVENTS).toString());
    run.setInput(file("events.csv").toString());
    run.setTo("parquet:" + file("lake"));
    run.setDeadLetters(file("rejects").toString());
    run.setReport(file("report.json") + "," + file("report.html"));
    CsvToWarehouse pipeline = CsvToWarehouse.of(run);
    return AccountedRun.of("csv-to-warehouse", run, pipeline.contract(), terminal)
        .run(pipeline::build);
  }

  private int compare(Connection connection, ShopTruth truth) throws SQLException {
    List<String> differences = new ArrayList<>(truth.differences(connection, TABLE));
    SortedMap<String, Long> reasons = reasons(connection);
    if (!reasons.equals(truth.reasons())) {
      differences.add("reasons: expected " + truth.reasons() + ", but found " + reasons);
    }
    if (differences.isEmpty()) {
      say(
          "The %,d rows and %,d dead letters are exactly those that were generated: counts,%n",
          truth.rows(), truth.bad());
      say("reasons and sums of times, prices and ids.%n");
      return 0;
    }
    say("What was loaded differs from what was generated:%n");
    differences.forEach(difference -> say("  %s%n", difference));
    return 1;
  }

  private SortedMap<String, Long> reasons(Connection connection) throws SQLException {
    SortedMap<String, Long> reasons = new TreeMap<>();
    if (!Files.exists(file("rejects"))) {
      return reasons;
    }
    String sql =
        "SELECT reason.code, count(*) FROM (SELECT unnest(reasons) AS reason FROM read_json('"
            + file("rejects").toString().replace("'", "''")
            + "/*.jsonl', columns = {reasons: 'STRUCT(code VARCHAR)[]'})) GROUP BY ALL";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        reasons.put(result.getString(1), result.getLong(2));
      }
    }
    return reasons;
  }

  private void print(Connection connection, Query query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.sql())) {
      terminal.out().print("\n" + query.title() + "\n\n" + TextTable.of(result).print("  "));
    }
  }

  private void whatNext() {
    title("Where everything is, and what to try next");
    say("%s has the Parquet files, a folder for each day. The CSV file,%n", file("lake/" + TABLE));
    say("its contract and the rejected records lie beside it. Open this in a browser:%n%n");
    say("  %s%n%n", file("report.html").toAbsolutePath());
    say("Running this again changes nothing. To go on:%n%n");
    String contract = "--contract=" + file(ShopContracts.EVENTS);
    say("  ./penstock generate shop --rows=1000000 --output=%s%n", file("million.csv"));
    say("  ./penstock csv-to-warehouse %s --input=%s \\%n", contract, file("million.csv"));
    say("    --to=parquet:%s --deadLetters=%s%n", file("million"), file("rejects"));
  }

  /** DuckDB, looking at the Parquet files as a table. */
  private Connection lake() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/**/*.parquet', hive_partitioning = true)"
              .formatted(TABLE, file("lake/" + TABLE).toString().replace("'", "''")));
    }
    return connection;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void title(String text) {
    terminal.out().print("\n── " + text + " ──\n\n");
  }

  private void say(String format, Object... values) {
    terminal.out().print(String.format(Locale.ROOT, format, values));
  }
}
