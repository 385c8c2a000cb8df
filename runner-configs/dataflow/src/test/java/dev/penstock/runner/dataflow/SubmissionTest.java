package dev.penstock.runner.dataflow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FilenameFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SubmissionTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static final FilenameFilter FIGURES = (folder, name) -> name.startsWith("penstock-");

  private FakeDataflow fake;
  private Loans loans;

  @Before
  public void begin() throws Exception {
    fake = FakeDataflow.start();
    loans = Loans.in(folder.getRoot().toPath());
  }

  @After
  public void end() {
    fake.close();
  }

  @Test
  public void aJobThatEndsWellGivesItsLedgerAndExitCodeZero() {
    fake.everyJobEnds(StandInWorkers::run);

    Loans.Call call = loans.load(fake);

    assertEquals(call.err(), 0, call.exitCode());
    assertThat(
        call.err(),
        containsString(
            "Running as Dataflow job 2026-03-01_10_00_01-1:"
                + " https://console.cloud.google.com/dataflow/jobs/europe-west1/2026-03-01_10_00_01-1"
                + "?project=a-project"));
    assertThat(call.out().replaceAll(" +", " "), containsString("loans.csv 3 2 1 0 0 0"));
    assertEquals(
        "the figures are taken away", List.of(), List.of(loans.path("tmp").toFile().list(FIGURES)));
  }

  @Test
  public void aThresholdThatTheJobsFiguresBreakFailsTheCommand() {
    fake.everyJobEnds(StandInWorkers::run);

    Loans.Call call = loans.load(fake, "--maxDeadLetters=0");

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(),
        containsString("penstock: 1 dead letters are more than --maxDeadLetters=0 allows"));
  }

  @Test
  public void whatIsSubmittedRunsOnThePortableWorkerWithTheFlagsAsGiven() {
    fake.everyJobEnds(StandInWorkers::run);

    Loans.Call call = loans.load(fake, "--jobName=loans-of-march", "--maxNumWorkers=3");

    assertEquals(call.err(), 0, call.exitCode());

    JsonNode job = fake.created().get(0);
    assertEquals("loans-of-march", job.path("name").asText());
    List<String> experiments = new ArrayList<>();
    job.path("environment").path("experiments").forEach(e -> experiments.add(e.asText()));
    assertThat(experiments.toString(), containsString("use_runner_v2"));
    JsonNode options = job.path("environment").path("sdkPipelineOptions").path("options");
    assertEquals("parquet:" + loans.path("lake"), options.path("to").asText());
    assertEquals(
        3,
        job.path("environment")
            .path("workerPools")
            .get(0)
            .path("autoscalingSettings")
            .path("maxNumWorkers")
            .asInt());
  }

  @Test
  public void anUpdateNamesTheJobThatItReplacesAndTheNewNamesOfItsSteps() {
    fake.existing("2026-02-01_10_00_00-9", "loans", "JOB_STATE_RUNNING");
    fake.everyJobEnds(StandInWorkers::run);

    Loans.Call call =
        loans.load(
            fake,
            "--jobName=loans",
            "--update",
            "--transformNameMapping={\"ReadCsv\":\"LoadCsv\"}");

    assertEquals(call.err(), 0, call.exitCode());
    JsonNode job = fake.created().get(0);
    assertEquals("2026-02-01_10_00_00-9", job.path("replaceJobId").asText());
    assertEquals("{\"ReadCsv\":\"LoadCsv\"}", job.path("transformNameMapping").toString());
  }

  @Test
  public void aJobThatFailsGivesItsFirstErrorOnceAndExitCodeOne() {
    fake.everyJobEnds(
        posted -> {
          fake.says("JOB_MESSAGE_BASIC", "Worker configuration: n1-standard-1.");
          fake.says(
              "JOB_MESSAGE_ERROR",
              """
              org.apache.beam.sdk.util.UserCodeException: java.io.IOException: the disk is full
              \tat dev.penstock.io.file.ReadRangesFn.process(ReadRangesFn.java:80)
              Caused by: java.io.IOException: the disk is full
              \tat java.base/java.io.FileOutputStream.write(FileOutputStream.java:1)
              \t... 20 more
              """);
          fake.says("JOB_MESSAGE_ERROR", "Workflow failed.");
          return "JOB_STATE_FAILED";
        });

    Loans.Call call = loans.load(fake);

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(),
        containsString("penstock: The runner ended the pipeline as FAILED: the disk is full\n"));
    assertThat(call.err(), containsString("Run the same command again to complete it"));
    assertThat(call.err(), not(containsString("Workflow failed")));
  }

  @Test
  public void aJobThatIsCancelledElsewhereEndsTheCommandWithExitCodeOne() {
    fake.everyJobEnds(posted -> "JOB_STATE_CANCELLED");

    Loans.Call call = loans.load(fake);

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(),
        containsString(
            "penstock: The runner ended the pipeline as CANCELLED: see"
                + " https://console.cloud.google.com/dataflow/jobs/europe-west1/"));
  }

  @Test
  public void aJobThatTheServiceRefusesEndsTheCommandWithTheServicesReason() {
    fake.refuse("The caller does not have permission dataflow.jobs.create");

    Loans.Call call = loans.load(fake);

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(),
        containsString(
            "penstock: Failed to create a workflow job: The caller does not have permission"
                + " dataflow.jobs.create"));
    assertEquals(List.of(), fake.created());
  }

  @Test
  public void aJobThatEndsWithoutFiguresFails() {
    fake.everyJobEnds(posted -> "JOB_STATE_DONE");

    Loans.Call call = loans.load(fake);

    assertEquals(1, call.exitCode());
    assertThat(call.err(), containsString("There is no run summary at " + loans.path("tmp")));
  }

  /** By Beam's runner, since the command looks for Kafka and the database before it submits. */
  @Test
  public void aStreamIsAStreamingJobWhoseStepsHaveTheNamesThatTheyHaveEverywhere()
      throws Exception {
    List<String> flags = new ArrayList<>(loans.topic());
    flags.addAll(loans.dataflow(fake));
    flags.addAll(
        List.of(
            "--streaming=true",
            "--jobName=loans-stream",
            "--experiments=use_runner_v2",
            "--gcpTempLocation=" + loans.path("tmp"),
            "--to=jdbc:postgresql://warehouse/analytics",
            "--user=loader"));

    LoadGraph.KAFKA.submit(flags);

    JsonNode job = fake.created().get(0);
    assertEquals("loans-stream", job.path("name").asText());
    assertEquals("JOB_TYPE_STREAMING", job.path("type").asText());
    assertEquals(
        "true",
        job.path("environment")
            .path("sdkPipelineOptions")
            .path("options")
            .path("streaming")
            .asText());
    assertEquals(
        Files.readString(
            Path.of(
                System.getProperty("penstock.root"),
                "runner-configs/dataflow/src/test/resources/steps/kafka-to-warehouse.stream.txt")),
        String.join("\n", PipelineGraph.leaves(loans.takeStaged())) + "\n");
  }
}
