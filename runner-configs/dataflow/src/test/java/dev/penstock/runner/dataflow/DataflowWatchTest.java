package dev.penstock.runner.dataflow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.RunOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowClient;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DataflowWatchTest {
  private static final String JOB = "2026-03-01_10_00_01-1";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final DataflowWatch watch = new DataflowWatch();
  private FakeDataflow fake;
  private DataflowPipelineOptions options;

  @Before
  public void begin() throws Exception {
    fake = FakeDataflow.start();
    PipelineOptionsFactory.register(RunOptions.class);
    List<String> flags = Loans.in(folder.getRoot().toPath()).dataflow(fake);
    options =
        PipelineOptionsFactory.fromArgs(flags.toArray(new String[0]))
            .as(DataflowPipelineOptions.class);
  }

  @After
  public void end() {
    fake.close();
  }

  private void running() {
    fake.existing(JOB, "loans", "JOB_STATE_RUNNING");
    options
        .as(RunOptions.class)
        .setSubmitted(
            new DataflowPipelineJob(DataflowClient.create(options), JOB, options, Map.of(), null));
  }

  @Test
  public void beforeTheJobIsThereItSaysSo() {
    assertEquals(Optional.empty(), watch.place(options));
    assertEquals("submitting to Dataflow", watch.progress(options));
    assertThat(
        watch.stop(options), containsString("Stopped before Dataflow had confirmed the job."));
    assertEquals(Optional.empty(), watch.failure(options));
  }

  @Test
  public void progressIsTheStateAndTheLargestCountersOfThePipelineOverItsSteps() {
    running();
    fake.counts("dev.penstock.io.file.ReadCsv", "recordsRead", "s1", 1_000);
    fake.counts("dev.penstock.io.file.ReadCsv", "recordsRead", "s1", 1_250);
    fake.counts("dev.penstock.io.file.ReadCsv", "recordsRead", "s2", 50);
    fake.counts("dev.penstock.transforms.validate.ValidateRows", "deadLettered", "s1", 7);
    fake.counts("dev.penstock.transforms.parse.ParseCsv", "recordsRejected", "s1", 0);
    fake.counts("org.apache.beam.sdk.io.gcp", "calls", "s1", 99_999);

    assertEquals(
        "running; ReadCsv recordsRead 1,300, ValidateRows deadLettered 7", watch.progress(options));
  }

  @Test
  public void stoppingABatchJobCancelsIt() {
    running();

    assertEquals(
        "Stopped: Dataflow job " + JOB + " is cancelled; what it had written stays.",
        watch.stop(options));
    assertEquals("JOB_STATE_CANCELLED", fake.updates().get(0).path("requestedState").asText());
    assertEquals("cancelled", watch.progress(options));
  }

  @Test
  public void stoppingAStreamingJobLeavesItRunningAndSaysHowToEndIt() {
    running();
    options.setStreaming(true);

    assertEquals(
        "Stopped watching; Dataflow job "
            + JOB
            + " goes on. To end it when what it has read is written: gcloud dataflow jobs drain "
            + JOB
            + " --project=a-project --region=europe-west1. To end it at once: gcloud dataflow jobs"
            + " cancel "
            + JOB
            + " --project=a-project --region=europe-west1.",
        watch.stop(options));
    assertEquals(List.of(), fake.updates());
  }

  @Test
  public void aServiceThatDoesNotAnswerIsSaidToBeSo() {
    running();
    fake.close();

    assertEquals("Dataflow does not answer", watch.progress(options));
  }

  @Test
  public void anErrorWithoutAStackTraceIsGivenWhole() {
    String error = "Workflow failed. Causes: the zone has no machines left.\nTry another region.";

    assertEquals(error, WorkerFailure.reason(error));
  }

  @Test
  public void ofAStackTraceTheMessageOfTheLastCauseIsGiven() {
    assertEquals(
        "no such table\n  Position: 12",
        WorkerFailure.reason(
            """
            Error message from worker: java.lang.RuntimeException: org.postgresql.PSQLException
            \tat dev.penstock.io.jdbc.TableWriter.write(TableWriter.java:1)
            Caused by: org.postgresql.util.PSQLException: no such table
              Position: 12
            \tat org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:2)
            """));
  }
}
