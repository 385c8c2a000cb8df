package dev.penstock.pipelines.csvtowarehouse;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.transforms.deadletter.Outcome;
import dev.penstock.transforms.ledger.RunSummary;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** One pass over the records gives what the steps give one after the other. */
@RunWith(JUnit4.class)
public class OnePassTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Loans loans;

  @Before
  public void writeFiles() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
    Files.writeString(
        loans.path("loans.yaml"),
        Loans.CONTRACT.replace(
            "    properties:\n",
            """
                quality:
                  - metric: rowCount
                    mustBeGreaterThan: 3
                  - metric: duplicateValues
                    mustBe: 0
                    arguments:
                      properties: [status, amount]
                properties:
            """));
    Files.writeString(loans.path("loans.csv"), records(2_000));
  }

  /** Good and bad records of every kind, some over several lines. */
  private static String records(int count) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("loan_id,amount,status\n");
    for (int i = 1; i <= count; i++) {
      text.append(
          switch (random.nextInt(12)) {
            case 0 -> i + ",-1.00,funded\n";
            case 1 -> "x" + i + ",5.00,funded\n";
            case 2 -> i + ",7.00,\"stray\"quote\n";
            case 3 -> i + ",1.00,\"two\nlines, \"\"quoted\"\"\"\n";
            case 4 -> i + ",1.00\n";
            case 5 -> i + ",2.00,\n";
            default -> i + "," + random.nextInt(9000) + ".25,expired\n";
          });
    }
    return text.toString();
  }

  @Test
  public void rowsDeadLettersLedgerAndQualityAreThoseOfTheSteps() throws Exception {
    RunSummary onePass = run("one", destination -> destination, "--splitSize=1000");
    RunSummary steps = run("steps", StepByStep::new, "--splitSize=0");
    assertEquals(steps.ledger(), onePass.ledger());
    assertEquals(steps.deadLetterReasons(), onePass.deadLetterReasons());
    assertEquals(steps.quality(), onePass.quality());
    assertTrue(onePass.ledger().balanced());
    assertEquals(2_000, onePass.ledger().total().read());
    List<String> expected = everything("steps");
    assertTrue("Only " + expected.size() + " rows", expected.size() > 1_900);
    assertEquals(expected, everything("one"));
    String header = "|[\"loan_id\", \"amount\", \"status\"]";
    assertEquals(
        List.of("ParseCsv" + header, "ReadCsv" + header, "ValidateRows" + header), columns("one"));
    // A row that has left its parser carries its record, and not the header of its file.
    assertEquals(
        List.of("ParseCsv" + header, "ReadCsv" + header, "ValidateRows|null"), columns("steps"));
  }

  /** What the dead letters of each step know of the file's header. */
  private List<String> columns(String name) throws Exception {
    return Loans.query(
        url(name), "SELECT DISTINCT step, \"columns\" FROM penstock_dead_letters ORDER BY step");
  }

  @Test
  public void onlyTheFirstRecordsAreReadWhenThatIsAskedFor() throws Exception {
    RunSummary first = run("first", destination -> destination, "--maxRecords=100");
    assertEquals(100, first.ledger().total().read());
    assertTrue(first.ledger().balanced());
    assertEquals(
        List.of("100"),
        Loans.query(
            url("first"),
            "SELECT max(record_number) FROM (SELECT record_number FROM penstock_dead_letters"
                + " UNION ALL SELECT loan_id FROM loans)"));
  }

  private String url(String name) {
    return "jdbc:duckdb:" + loans.path(name + ".duckdb");
  }

  private List<String> everything(String name) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(
        Loans.query(url(name), "SELECT * EXCLUDE (_penstock_run) FROM loans ORDER BY loan_id"));
    all.addAll(
        Loans.query(
            url(name),
            "SELECT * EXCLUDE (run_id, \"columns\") FROM penstock_dead_letters ORDER BY"
                + " record_number"));
    return all;
  }

  private interface Wrapping {
    PTransform<PCollection<Row>, Outcome<Row>> of(WriteToWarehouse destination);
  }

  private RunSummary run(String name, Wrapping wrapping, String... more) throws Exception {
    List<String> flags = new ArrayList<>(loans.flags());
    flags.remove(0);
    flags.addAll(List.of("--to=" + url(name), "--runner=DirectRunner"));
    flags.addAll(List.of(more));
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(flags.toArray(new String[0]))
            .as(CsvToWarehouseOptions.class);
    CsvToWarehouse load = CsvToWarehouse.of(options);
    Pipeline pipeline = Pipeline.create(options);
    String summary = loans.path(name + ".json").toString();
    load.withDestination(wrapping.of(CsvToWarehouse.warehouse(options, load.contract())))
        .build(pipeline, Accounting.to(summary));
    pipeline.run().waitUntilFinish();
    return RunSummary.read(summary);
  }

  /** Hides that the destination takes rows straight from the reader. */
  private static final class StepByStep extends PTransform<PCollection<Row>, Outcome<Row>> {
    private static final long serialVersionUID = 1L;
    private final WriteToWarehouse destination;

    StepByStep(WriteToWarehouse destination) {
      this.destination = destination;
    }

    @Override
    public Outcome<Row> expand(PCollection<Row> rows) {
      return rows.apply("Write", destination);
    }
  }
}
