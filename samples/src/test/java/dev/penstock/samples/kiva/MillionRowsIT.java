package dev.penstock.samples.kiva;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.samples.demo.StoredDeadLetters;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunSummary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A million records, one in a hundred bad, through embedded Flink into DuckDB. */
public final class MillionRowsIT {
  private static final long ROWS = 1_000_000;
  private static final long BAD = ROWS / 100;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void exactlyTheBadRecordsAreDeadLettersAndEveryGoodOneIsInTheTable() throws Exception {
    KivaFiles files = KivaFiles.withSeed(1).rows(ROWS).oneBadIn(100);
    Path file = folder.getRoot().toPath().toRealPath().resolve("loans.csv");
    List<BadRecord> truth = new ArrayList<>();
    files.writeLoans(file, truth::add);

    RunSummary summary = load(file);

    assertThat(
        summary.ledger().units(),
        equalTo(List.of(LedgerEntry.of(file.toString(), ROWS, ROWS - BAD, BAD, 0, 0, 0))));
    assertThat(summary.deadLetterReasons(), equalTo(countsByCode(truth)));
    try (Connection connection = DriverManager.getConnection(warehouse())) {
      assertThat(
          Truth.differences(truth, StoredDeadLetters.of(connection, file)), equalTo(List.of()));
      assertThat(checkEachRow(connection, files), equalTo(ROWS - BAD));
    }
  }

  private RunSummary load(Path file) throws Exception {
    KivaContracts.copyTo(folder.getRoot().toPath());
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(
                "--runner=FlinkRunner",
                "--flinkMaster=[local]",
                "--objectReuse=true",
                "--fasterCopy=true",
                "--parallelism=2",
                "--contract=" + folder.getRoot().toPath().resolve("kiva-loans.yaml"),
                "--input=" + file,
                "--to=" + warehouse())
            .as(CsvToWarehouseOptions.class);
    String summary = folder.getRoot().toPath().resolve("summary.json").toString();
    Pipeline pipeline = Pipeline.create(options);
    CsvToWarehouse.of(options).build(pipeline, Accounting.to(summary));
    PipelineResult.State state = pipeline.run().waitUntilFinish();

    assertThat(state, equalTo(PipelineResult.State.DONE));
    return RunSummary.read(summary);
  }

  /** Compares the table with the file row by row, and gives the number of rows. */
  private static long checkEachRow(Connection connection, KivaFiles files) throws Exception {
    AtomicLong rows = new AtomicLong();
    AtomicLong number = new AtomicLong();
    LoadedLoans.forEach(
        connection,
        row -> {
          List<String> expected = List.of();
          while (expected.isEmpty() && number.get() < ROWS) {
            expected = files.goodLoan(number.incrementAndGet());
          }
          rows.incrementAndGet();
          if (!row.equals(LoadedLoans.normalised(expected))) {
            throw new AssertionError(
                "Record " + number + " was " + expected + "\nand the table has " + row);
          }
        });
    return rows.get();
  }

  private static Map<String, Long> countsByCode(List<BadRecord> truth) {
    Map<String, Long> counts = new TreeMap<>();
    for (BadRecord bad : truth) {
      for (String reason : bad.reasons()) {
        counts.merge(reason.replaceAll("\\(.*", ""), 1L, Long::sum);
      }
    }
    return counts;
  }

  private String warehouse() {
    return "jdbc:duckdb:" + folder.getRoot().toPath().resolve("kiva.duckdb");
  }
}
