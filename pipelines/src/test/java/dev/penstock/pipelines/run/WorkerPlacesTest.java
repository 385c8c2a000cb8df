package dev.penstock.pipelines.run;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Test;

public class WorkerPlacesTest {
  private static final WorkerPlaces HERE = places(false, true);
  private static final WorkerPlaces CLUSTER = places(true, true);
  private static final WorkerPlaces ELSEWHERE = places(true, false);

  private final List<String> problems = new ArrayList<>();

  private static WorkerPlaces places(boolean remote, boolean share) {
    RunOptions options = PipelineOptionsFactory.as(RunOptions.class);
    options.setRemoteWorkers(remote);
    options.setWorkersShareFiles(share);
    return WorkerPlaces.of(options);
  }

  @Test
  public void workersHereAndOnAClusterThatSharesFoldersReachLocalFiles() {
    HERE.check("--input", "in/loans.csv", problems);
    CLUSTER.check("--input", "/data/loans.csv", problems);

    assertEquals(List.of(), problems);
  }

  @Test
  public void workersElsewhereReachOnlyPlacesWithASchemeOfTheirOwn() {
    ELSEWHERE.check("--input", "gs://bucket/in.csv", problems);
    ELSEWHERE.check("--input", "s3://bucket/in.csv", problems);
    ELSEWHERE.check("--to", "jdbc:postgresql://warehouse/analytics", problems);
    ELSEWHERE.check("--deadLetters", null, problems);
    assertEquals(List.of(), problems);

    ELSEWHERE.check("--input", "file:///data/in.csv", problems);
    ELSEWHERE.check("--deadLetters", "rejects", problems);

    assertEquals(
        List.of(
            "--input=file:///data/in.csv is on this machine, and the workers of this run see none"
                + " of its files: put it where they can reach it, such as gs://bucket/folder",
            "--deadLetters=rejects is on this machine, and the workers of this run see none of its"
                + " files: put it where they can reach it, such as gs://bucket/folder"),
        problems);
  }

  @Test
  public void aPasswordInTheEnvironmentOfThisMachineIsNotThatOfWorkersElsewhere() {
    ELSEWHERE.checkPassword(null, null, problems);
    ELSEWHERE.checkPassword("gs://bucket/password", "right horse", problems);
    CLUSTER.checkPassword(null, "right horse", problems);
    assertEquals(List.of(), problems);

    ELSEWHERE.checkPassword(null, "right horse", problems);

    assertEquals(
        List.of(
            "--passwordFile is missing: the workers of this run do not see the environment"
                + " variable PENSTOCK_PASSWORD of this machine. Put the password into an object"
                + " that they may read, such as --passwordFile=gs://bucket/secrets/warehouse"),
        problems);
  }
}
