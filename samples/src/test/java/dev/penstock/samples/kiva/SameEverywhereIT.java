package dev.penstock.samples.kiva;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.samples.demo.StoredDeadLetters;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunSummary;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The same file gives the same table and the same ledger on every runner and destination. */
public final class SameEverywhereIT {
  private static final int ROWS = 3_000;
  private static final int BAD = 60;
  private static final KivaFiles FILES = KivaFiles.withSeed(5).rows(ROWS).oneBadIn(50);

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static EmbeddedPostgres postgres;
  private static Path file;
  private static final List<BadRecord> TRUTH = new ArrayList<>();
  private static final List<List<String>> GOOD = new ArrayList<>();

  @BeforeClass
  public static void startServerAndWriteFile() throws Exception {
    postgres = EmbeddedPostgres.start();
    Path folder = FOLDER.getRoot().toPath().toRealPath();
    file = folder.resolve("loans.csv");
    FILES.writeLoans(file, TRUTH::add);
    KivaContracts.copyTo(folder);
    for (int number = 1; number <= ROWS; number++) {
      List<String> loan = FILES.goodLoan(number);
      if (!loan.isEmpty()) {
        GOOD.add(LoadedLoans.normalised(loan));
      }
    }
  }

  @AfterClass
  public static void stopServer() throws Exception {
    postgres.close();
  }

  @Test
  public void directIntoDuckDb() throws Exception {
    check("jdbc:duckdb:" + FOLDER.getRoot() + "/direct.duckdb", "--runner=DirectRunner");
  }

  @Test
  public void flinkIntoDuckDb() throws Exception {
    check("jdbc:duckdb:" + FOLDER.getRoot() + "/flink.duckdb", "--runner=FlinkRunner");
  }

  @Test
  public void directIntoPostgres() throws Exception {
    check(database("direct"), "--runner=DirectRunner");
  }

  @Test
  public void flinkIntoPostgres() throws Exception {
    check(database("flink"), "--runner=FlinkRunner");
  }

  private static String database(String name) throws Exception {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return postgres.getJdbcUrl("postgres", name);
  }

  /** Every combination is held against the same truth, so all are equal to each other. */
  private static void check(String to, String runner) throws Exception {
    RunSummary summary = load(to, runner);

    assertThat(
        summary.ledger().units(),
        equalTo(List.of(LedgerEntry.of(file.toString(), ROWS, ROWS - BAD, BAD, 0, 0, 0))));
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(to)) {
      LoadedLoans.forEach(connection, rows::add);
      assertThat(
          Truth.differences(TRUTH, StoredDeadLetters.of(connection, file)), equalTo(List.of()));
    }
    for (int i = 0; i < GOOD.size() && i < rows.size(); i++) {
      assertThat(rows.get(i), equalTo(GOOD.get(i)));
    }
    assertThat(rows.size(), equalTo(GOOD.size()));
  }

  private static RunSummary load(String to, String runner) throws Exception {
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(
                runner,
                "--contract=" + file.resolveSibling("kiva-loans.yaml"),
                "--input=" + file,
                "--to=" + to)
            .as(CsvToWarehouseOptions.class);
    String summary = FOLDER.newFolder().toPath().resolve("summary.json").toString();
    Pipeline pipeline = Pipeline.create(options);
    CsvToWarehouse.of(options).build(pipeline, Accounting.to(summary));
    pipeline.run().waitUntilFinish();
    return RunSummary.read(summary);
  }
}
