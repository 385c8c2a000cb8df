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
    List<String> load = new ArrayList<>(loans.input());
    load.add("--tempLocation=gs://a-bucket/tmp");
    load.addAll(List.of(flags));
    PipelineGraph direct =
        PipelineGraph.of(LoadGraph.translated(with(load, "--runner=DirectRunner")));
    PipelineGraph flink =
        PipelineGraph.of(LoadGraph.translated(with(load, "--runner=FlinkRunner")));
    PipelineGraph dataflow = PipelineGraph.of(LoadGraph.staged(loans, load));

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
}
