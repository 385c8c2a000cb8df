package dev.penstock.runner.dataflow;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Guards the names by which Dataflow finds a running job's steps again in its next version. */
public class StepNamesTest {
  private static final Path EXPECTED =
      Path.of(
          System.getProperty("penstock.root"), "runner-configs/dataflow/src/test/resources/steps");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void begin() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  private void assertUnchanged(String destination, String... flags) throws Exception {
    assertUnchanged(LoadGraph.CSV, loans.input(), "csv-to-warehouse." + destination, flags);
  }

  private void assertUnchanged(LoadGraph graph, List<String> input, String name, String... flags)
      throws Exception {
    Path file = EXPECTED.resolve(name + ".txt");
    List<String> load = new ArrayList<>(input);
    load.add("--tempLocation=gs://a-bucket/tmp");
    load.addAll(List.of(flags));
    String names = String.join("\n", PipelineGraph.leaves(graph.staged(loans, load))) + "\n";
    if (Boolean.getBoolean("penstock.acceptSteps")) {
      Files.writeString(file, names);
    }
    assertEquals(
        "The steps have other names than in "
            + file.getFileName()
            + ". A streaming job that runs under the old names is not updated by --update unless it"
            + " also gets --transformNameMapping={\"old\":\"new\"}, and dashboards and alerts on"
            + " steps lose them. If that is what you want, run this test with"
            + " -Dpenstock.acceptSteps=true, commit the file, and write the mapping into"
            + " CHANGELOG.md.\n",
        Files.readString(file),
        names);
  }

  @Test
  public void theStepsOfALoadIntoFilesKeepTheirNames() throws Exception {
    assertUnchanged("parquet", "--to=parquet:/data/lake", "--report=/data/report.json");
  }

  @Test
  public void theStepsOfALoadIntoADatabaseKeepTheirNames() throws Exception {
    assertUnchanged("postgresql", "--to=jdbc:postgresql://warehouse/analytics", "--user=loader");
  }

  @Test
  public void theStepsOfALoadIntoBigQueryKeepTheirNames() throws Exception {
    assertUnchanged("bigquery", "--to=bigquery:a-project:shop");
  }

  @Test
  public void theStepsOfADryRunKeepTheirNames() throws Exception {
    assertUnchanged("dry-run", "--to=parquet:/data/lake", "--dryRun=true");
  }

  @Test
  public void theStepsOfAStreamKeepTheirNames() throws Exception {
    assertUnchanged(
        LoadGraph.KAFKA,
        loans.topic(),
        "kafka-to-warehouse.stream",
        "--streaming=true",
        "--to=jdbc:postgresql://warehouse/analytics",
        "--user=loader");
  }

  @Test
  public void theStepsOfATopicReadToItsEndKeepTheirNames() throws Exception {
    assertUnchanged(
        LoadGraph.KAFKA,
        loans.topic(),
        "kafka-to-warehouse.until-latest",
        "--until=latest",
        "--to=jdbc:postgresql://warehouse/analytics",
        "--user=loader");
  }
}
