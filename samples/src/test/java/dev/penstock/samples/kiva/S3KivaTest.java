package dev.penstock.samples.kiva;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertThrows;

import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the loans and lenders pipelines have to do, each promise by its own test. */
public final class S3KivaTest {
  private static final String SUMMARY =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: kiva-loans-summary
      version: 1.0.0
      status: active
      schema:
        - name: kiva_loans_summary
          properties:
            - {name: loan_id, logicalType: string, required: true}
            - {name: funded_amount, logicalType: number, physicalType: FLOAT}
            - {name: loan_amount, logicalType: number, physicalType: FLOAT}
            - {name: status, logicalType: string}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path root;
  private long parseErrors;

  @Before
  public void findFolder() throws IOException {
    root = folder.getRoot().toPath().toRealPath();
    Files.writeString(root.resolve("summary.yaml"), SUMMARY);
  }

  @Test
  public void aCsvFileEndsInAnAnalyticsDatabaseWithoutACloudAccount() throws Exception {
    RunSummary summary = loans("loan_id,funded_amount,loan_amount,status\n1,25,50,funded\n");

    assertThat(summary.ledger().total().written(), equalTo(1L));
    assertThat(
        query("SELECT loan_id, funded_amount, loan_amount, status FROM kiva_loans_summary"),
        contains("1|25.0|50.0|funded"));
  }

  @Test
  public void inputIsRequiredAndRunnerFlagsPassThrough() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    PipelineOptionsFactory.fromArgs("--contract=c.yaml")
                        .withValidation()
                        .as(CsvToWarehouseOptions.class))
            .getMessage(),
        containsString("--input"));
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(
                "--contract=c.yaml", "--input=in.csv", "--runner=FlinkRunner", "--parallelism=3")
            .withValidation()
            .as(CsvToWarehouseOptions.class);
    assertThat(options.getRunner().getSimpleName(), equalTo("FlinkRunner"));
  }

  @Test
  public void theHeaderIsNoRecordAndQuotedFieldsKeepTheirCommas() throws Exception {
    RunSummary summary =
        loans("loan_id,funded_amount,loan_amount,status\n1,25,50,\"funded, twice\"\n");

    assertThat(summary.ledger().total().read(), equalTo(1L));
    assertThat(query("SELECT status FROM kiva_loans_summary"), contains("funded, twice"));
  }

  @Test
  public void columnsAreFoundByNameSoAColumnMoreCannotSwapTheAmounts() throws Exception {
    // With description_translated in between, a reader by position takes one amount for the other.
    RunSummary summary =
        loans(
            "loan_id,loan_name,original_language,description,description_translated,"
                + "funded_amount,loan_amount,status,image_id\n"
                + "84,Justine,English,\"a, b\",c,3175.00,3200.00,expired,7\n");

    assertThat(summary.ledger().total().written(), equalTo(1L));
    assertThat(
        query(
            "SELECT 'loan: ' || loan_id || ', amount: ' || loan_amount || ', funded: '"
                + " || funded_amount || ', status: ' || status FROM kiva_loans_summary"),
        contains("loan: 84, amount: 3200.0, funded: 3175.0, status: expired"));
  }

  @Test
  public void aDescriptionOfSeveralLinesBelongsToOneRecord() throws Exception {
    RunSummary summary =
        loans(
            """
            loan_id,description,funded_amount,loan_amount,status
            1,"first line,
            ""second"" line

            last line",25,50,funded
            2,short,25,50,expired
            """);

    assertThat(summary.ledger().total(), equalTo(total(summary, 2, 2, 0)));
    assertThat(
        query("SELECT loan_id, status FROM kiva_loans_summary ORDER BY 1"),
        contains("1|funded", "2|expired"));
  }

  @Test
  public void aBadLineCountsAsParseErrorAndIsKeptAsDeadLetter() throws Exception {
    RunSummary summary =
        loans(
            """
            loan_id,funded_amount,loan_amount,status
            1,n/a,50,funded
            2,25,50,funded
            3,25
            """);

    assertThat(summary.ledger().total(), equalTo(total(summary, 3, 1, 2)));
    assertThat(parseErrors, equalTo(2L));
    assertThat(
        query(
            "SELECT record_number, reason_codes, decode(payload) FROM penstock_dead_letters"
                + " ORDER BY 1"),
        contains("1|TYPE_NUMBER|1,n/a,50,funded", "3|CSV_FIELD_COUNT|3,25"));
  }

  @Test
  public void onlyColumnsOfTheContractAreWrittenAndTheTableIsCreatedAndAppendedTo()
      throws Exception {
    RunSummary first = loans("loan_id,funded_amount,loan_amount,status,extra\n1,1,2,funded,x\n");
    RunSummary second = loans("loan_id,funded_amount,loan_amount,status\n2,3,4,expired\n");

    assertThat(first.ledger().total().written(), equalTo(1L));
    assertThat(second.ledger().total().written(), equalTo(1L));
    assertThat(
        query(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'kiva_loans_summary'"
                + " AND column_name NOT LIKE '\\_penstock%' ESCAPE '\\' ORDER BY column_index"),
        contains("loan_id", "funded_amount", "loan_amount", "status"));
    assertThat(query("SELECT count(*) FROM kiva_loans_summary"), contains("2"));
  }

  @Test
  public void theExampleOfTheLendersFileHasThreeLenders() throws Exception {
    RunSummary summary =
        lenders(
            """
            loan_id,lenders
            483693,"[muc888, niki3008, teresa9174]"
            483694,"muc888, niki3008"
            483695,"[""muc888""]"
            """);

    assertThat(summary.ledger().total(), equalTo(total(summary, 3, 3, 0)));
    assertThat(
        query("SELECT loan_id, total_lenders FROM kiva_loan_lenders ORDER BY 1"),
        contains("483693|3", "483694|2", "483695|1"));
  }

  @Test
  public void aListWithoutQuotesIsADeadLetterInsteadOfAWrongCount() throws Exception {
    RunSummary summary =
        lenders("loan_id,lenders\n483693,[muc888, niki3008, teresa9174]\n1,anna\n");

    assertThat(summary.ledger().total(), equalTo(total(summary, 2, 1, 1)));
    assertThat(parseErrors, equalTo(1L));
    assertThat(
        query("SELECT reason_codes, message FROM penstock_dead_letters"),
        contains(containsString("CSV_FIELD_COUNT|Expected 2 fields")));
  }

  @Test
  public void runningTheLendersPipelineAgainChangesNothing() throws Exception {
    String file = "loan_id,lenders\n1,\"a1, b2\"\n2,c3\n3,\n";
    String sql = "SELECT * FROM kiva_loan_lenders ORDER BY loan_id";
    RunSummary first = lenders(file);
    List<String> counts = query("SELECT loan_id, total_lenders FROM kiva_loan_lenders ORDER BY 1");
    int rows = query(sql).size();

    RunSummary second = lenders(file);

    assertThat(second.ledger().total(), equalTo(first.ledger().total()));
    assertThat(
        query("SELECT loan_id, total_lenders FROM kiva_loan_lenders ORDER BY 1"), equalTo(counts));
    assertThat(query(sql).size(), equalTo(rows));
    assertThat(query("SELECT count(*) FROM penstock_dead_letters"), contains("1"));
  }

  @Test
  public void aNewColumnOfTheContractIsAddedAndNoRowIsLost() throws Exception {
    RunSummary before = loans("loan_id,funded_amount,loan_amount,status\n1,1,2,funded\n");
    Files.writeString(
        root.resolve("summary.yaml"),
        SUMMARY + "      - {name: sector_name, logicalType: string}\n");

    RunSummary after =
        loans("loan_id,funded_amount,loan_amount,status,sector_name\n2,3,4,expired,Food\n");

    assertThat(before.ledger().balanced() && after.ledger().balanced(), equalTo(true));
    assertThat(
        query("SELECT loan_id, sector_name FROM kiva_loans_summary ORDER BY 1"),
        contains("1|null", "2|Food"));
  }

  @Test
  public void aDryRunStoresNothing() throws Exception {
    RunSummary summary =
        loans("loan_id,funded_amount,loan_amount,status\n1,1,2,funded\nx\n", "--dryRun");

    assertThat(summary.ledger().total(), equalTo(total(summary, 2, 1, 1)));
    assertThat(Files.exists(root.resolve("kiva.duckdb")), equalTo(false));
  }

  private RunSummary loans(String csv, String... flags) throws Exception {
    Files.writeString(root.resolve("loans.csv"), csv);
    List<String> arguments = new ArrayList<>(Arrays.asList(flags));
    arguments.add("--runner=DirectRunner");
    arguments.add("--contract=" + root.resolve("summary.yaml"));
    arguments.add("--input=" + root.resolve("loans.csv"));
    arguments.add("--to=" + warehouse());
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0]))
            .as(CsvToWarehouseOptions.class);
    CsvToWarehouse loans = CsvToWarehouse.of(options);
    CsvToWarehouse counted =
        options.getDryRun()
            ? loans
            : loans.withDeadLetters(CountParseErrors.before(WriteDeadLetters.to(warehouse())));
    Pipeline pipeline = Pipeline.create(options);
    counted.build(pipeline, Accounting.to(summaryFile()));
    return finish(pipeline);
  }

  private RunSummary lenders(String csv) throws Exception {
    Files.writeString(root.resolve("lenders.csv"), csv);
    LendersOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=DirectRunner",
                "--input=" + root.resolve("lenders.csv"),
                "--to=" + warehouse())
            .as(LendersOptions.class);
    Pipeline pipeline = Pipeline.create(options);
    LendersToWarehouse.build(pipeline, options, Accounting.to(summaryFile()));
    return finish(pipeline);
  }

  private RunSummary finish(Pipeline pipeline) throws IOException {
    PipelineResult result = pipeline.run();
    assertThat(result.waitUntilFinish(), equalTo(PipelineResult.State.DONE));
    parseErrors = parseErrors(result);
    return RunSummary.read(summaryFile());
  }

  private static long parseErrors(PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named("kiva", "num_parse_errors"))
            .build();
    return StreamSupport.stream(
            result.metrics().queryMetrics(filter).getCounters().spliterator(), false)
        .mapToLong(counter -> counter.getAttempted())
        .sum();
  }

  private static LedgerEntry total(RunSummary summary, long read, long written, long dead) {
    return LedgerEntry.of(summary.ledger().total().source(), read, written, dead, 0, 0, 0);
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(warehouse());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getObject(i)));
        }
        lines.add(String.join("|", values));
      }
      return lines;
    }
  }

  private String warehouse() {
    return "jdbc:duckdb:" + root.resolve("kiva.duckdb");
  }

  private String summaryFile() {
    return root.resolve("summary.json").toString();
  }
}
