package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.samples.kiva.BadRecord;
import dev.penstock.samples.kiva.KivaContracts;
import dev.penstock.samples.kiva.KivaFiles;
import dev.penstock.samples.kiva.LendersOptions;
import dev.penstock.samples.kiva.LendersToWarehouse;
import dev.penstock.samples.kiva.Truth;
import dev.penstock.transforms.contract.WriteMode;
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
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;

/** The kiva sample from nothing to query results, in one folder. */
final class KivaDemo {
  private static final long SEED = 20_121_001;

  private record Query(String title, String sql) {}

  private static final List<Query> QUERIES =
      List.of(
          new Query(
              "Loans by status",
              """
              SELECT status, count(*) AS loans, sum(loan_amount) AS asked,
                     sum(funded_amount) AS funded
              FROM kiva_loans GROUP BY status ORDER BY loans DESC"""),
          new Query(
              "Share that is funded, by sector",
              """
              SELECT sector_name AS sector, count(*) AS loans,
                     CAST(100 * sum(funded_amount) / sum(loan_amount) AS DECIMAL(5,1))
                       AS "funded %"
              FROM kiva_loans GROUP BY sector_name ORDER BY 3 DESC, 1"""),
          new Query(
              "Loans with the most lenders",
              """
              SELECT loan_id AS loan, country_code AS country, activity_name AS activity,
                     total_lenders AS lenders, loan_amount AS asked
              FROM kiva_loan_lenders JOIN kiva_loans USING (loan_id)
              ORDER BY lenders DESC, loan LIMIT 5"""));

  private final DemoOptions options;
  private final Path folder;
  private final Terminal terminal;

  KivaDemo(DemoOptions options, Path folder, Terminal terminal) {
    this.options = options;
    this.folder = folder;
    this.terminal = terminal;
  }

  /** Does it all, and gives the exit code. */
  int run() {
    try {
      List<BadRecord> badLoans = new ArrayList<>();
      List<BadRecord> badLenders = new ArrayList<>();
      generate(badLoans, badLenders);
      title("Loans: csv-to-warehouse");
      int exit = loans();
      title("Lenders: a pipeline of its own, LendersToWarehouse");
      exit = Math.max(exit, lenders());
      title("What is in the warehouse");
      try (Connection connection = DriverManager.getConnection(warehouse())) {
        exit = Math.max(exit, compare(connection, badLoans, badLenders));
        for (Query query : QUERIES) {
          print(connection, query);
        }
      }
      whatNext();
      return exit;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + folder + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Cannot query " + folder.resolve("kiva.duckdb") + ": " + e.getMessage(), e);
    }
  }

  private void generate(List<BadRecord> badLoans, List<BadRecord> badLenders) throws IOException {
    Files.createDirectories(folder);
    KivaContracts.copyTo(folder);
    KivaFiles files = KivaFiles.withSeed(SEED).rows(options.getRows());
    files.writeLoans(file("loans.csv"), badLoans::add);
    files.writeLenders(file("lenders.csv"), badLenders::add);
    title("Generated in " + folder);
    say("loans.csv    %,d loans, %,d of them bad on purpose%n", options.getRows(), badLoans.size());
    say("lenders.csv  their lenders, %,d records bad on purpose%n", badLenders.size());
  }

  private int loans() {
    CsvToWarehouseOptions run = freshOptions().as(CsvToWarehouseOptions.class);
    run.setRunId(UUID.randomUUID().toString());
    run.setContract(file("kiva-loans.yaml").toString());
    run.setInput(file("loans.csv").toString());
    run.setTo(warehouse());
    run.setMode(WriteMode.UPSERT);
    run.setReport(file("loans-report.json") + "," + file("loans-report.html"));
    CsvToWarehouse pipeline = CsvToWarehouse.of(run);
    return AccountedRun.of("csv-to-warehouse", run, pipeline.contract(), terminal)
        .run(pipeline::build);
  }

  private int lenders() {
    LendersOptions run = freshOptions().as(LendersOptions.class);
    run.setRunId(UUID.randomUUID().toString());
    run.setInput(file("lenders.csv").toString());
    run.setTo(warehouse());
    run.setReport(file("lenders-report.json") + "," + file("lenders-report.html"));
    return LendersToWarehouse.run(run, terminal);
  }

  /** A copy for one run, with the runner's flags as the user gave them. */
  private PipelineOptions freshOptions() {
    return PipelineOptionsTranslation.fromJson(PipelineOptionsTranslation.toJson(options));
  }

  private int compare(Connection connection, List<BadRecord> badLoans, List<BadRecord> badLenders)
      throws SQLException {
    List<String> differences = new ArrayList<>();
    differences.addAll(
        Truth.differences(badLoans, StoredDeadLetters.of(connection, file("loans.csv"))));
    differences.addAll(
        Truth.differences(badLenders, StoredDeadLetters.of(connection, file("lenders.csv"))));
    if (differences.isEmpty()) {
      say(
          "The dead letters are exactly the %,d + %,d bad records, each for the right reasons.%n",
          badLoans.size(), badLenders.size());
      return 0;
    }
    say("The dead letters differ from the bad records in %,d places:%n", differences.size());
    differences.stream().limit(10).forEach(difference -> say("  %s%n", difference));
    return 1;
  }

  private void print(Connection connection, Query query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.sql())) {
      terminal.out().print("\n" + query.title() + "\n\n" + TextTable.of(result).print("  "));
    }
  }

  private void whatNext() {
    title("Where everything is, and what to try next");
    say("%s/kiva.duckdb holds kiva_loans, kiva_loan_lenders and penstock_dead_letters;%n", folder);
    say("the CSV files, contracts and run reports lie beside it. Open this in a browser:%n%n");
    say("  %s%n%n", file("loans-report.html").toAbsolutePath());
    say("Running this again changes nothing. To go on:%n%n");
    String contract = "--contract=" + file("kiva-loans.yaml");
    String input = "--input=" + file("loans.csv");
    say("  ./penstock plan csv-to-warehouse %s %s%n", contract, input);
    say("  ./penstock csv-to-warehouse %s %s --dryRun%n", contract, input);
    say("  ./penstock csv-to-warehouse %s %s \\%n", contract, input);
    say(
        "    --to=jdbc:duckdb:%s --mode=history --deadLetters=%s%n",
        file("again.duckdb"), file("rejects"));
  }

  private String warehouse() {
    return "jdbc:duckdb:" + file("kiva.duckdb");
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
