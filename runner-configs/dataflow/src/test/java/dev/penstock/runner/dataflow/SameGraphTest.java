package dev.penstock.runner.dataflow;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** One pipeline, three runners: each gets the same steps, collections and windowing. */
public class SameGraphTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void begin() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  private void assertSame(String... flags) throws Exception {
    assertSame(LoadGraph.CSV, loans.input(), flags);
  }

  private void assertSame(LoadGraph graph, List<String> input, String... flags) throws Exception {
    List<String> load = new ArrayList<>(input);
    load.add("--tempLocation=gs://a-bucket/tmp");
    load.addAll(List.of(flags));
    PipelineGraph direct = PipelineGraph.of(graph.translated(with(load, "--runner=DirectRunner")));
    PipelineGraph flink = PipelineGraph.of(graph.translated(with(load, "--runner=FlinkRunner")));
    PipelineGraph dataflow = PipelineGraph.of(graph.staged(loans, load));

    assertEquals(direct.text(), flink.text());
    assertEquals(direct.text(), dataflow.text());
  }

  private static List<String> with(List<String> flags, String more) {
    return Stream.concat(flags.stream(), Stream.of(more)).toList();
  }

  @Test
  public void aLoadIntoFilesIsTheSameGraphForDirectFlinkAndDataflow() throws Exception {
    assertSame("--to=parquet:/data/lake", "--report=/data/report.json");
  }

  @Test
  public void aLoadIntoADatabaseIsTheSameGraphForDirectFlinkAndDataflow() throws Exception {
    assertSame("--to=jdbc:postgresql://warehouse/analytics", "--user=loader", "--mode=UPSERT");
  }

  @Test
  public void aLoadIntoBigQueryIsTheSameGraphForDirectFlinkAndDataflow() throws Exception {
    assertSame("--to=bigquery:a-project:shop", "--mode=UPSERT");
    assertSame("--to=bigquery:a-project:shop", "--bigQueryMethod=STORAGE_WRITE");
  }

  @Test
  public void aDryRunIsTheSameGraphForDirectFlinkAndDataflow() throws Exception {
    assertSame("--to=parquet:/data/lake", "--dryRun=true");
  }

  /**
   * Beam hands every runner its source in the same splittable wrapper; Flink and the Direct runner
   * put their own way of reading in its place afterwards, which no graph shows.
   */
  @Test
  public void aStreamIsTheSameGraphForDirectFlinkAndDataflow() throws Exception {
    assertSame(
        LoadGraph.KAFKA,
        loans.topic(),
        "--streaming=true",
        "--to=jdbc:postgresql://warehouse/analytics",
        "--user=loader",
        "--messageFormat=DEBEZIUM",
        "--mode=UPSERT");
  }

  @Test
  public void aTopicReadToItsEndIsTheSameGraphForDirectFlinkAndDataflow() throws Exception {
    assertSame(
        LoadGraph.KAFKA,
        loans.topic(),
        "--until=latest",
        "--to=jdbc:postgresql://warehouse/analytics",
        "--user=loader");
  }
}
