package dev.penstock.runner.dataflow;

import dev.penstock.pipelines.cli.RemoteWatch;
import dev.penstock.transforms.ledger.RunOptions;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Watches a job on Dataflow. A batch job is cancelled when the command is stopped; a streaming job
 * goes on, since ending it is a choice between cancel, drain and update.
 *
 * <p>The counts are the job's own counters, which Dataflow brings up to date about twice a minute.
 */
public final class DataflowWatch implements RemoteWatch {

  /** Made by {@link java.util.ServiceLoader}. */
  public DataflowWatch() {}

  @Override
  public boolean sees(PipelineOptions options) {
    return options.getRunner() == DataflowRunner.class;
  }

  @Override
  public Optional<String> place(PipelineOptions options) {
    String template = options.as(DataflowPipelineOptions.class).getTemplateLocation();
    if (template != null && options.as(RunOptions.class).getSubmitted() != null) {
      return Optional.of("The template is in " + template);
    }
    return RunningJob.of(options).map(job -> "Running as " + job.name() + ": " + job.console());
  }

  @Override
  public String progress(PipelineOptions options) {
    return RunningJob.of(options).map(DataflowWatch::progress).orElse("submitting to Dataflow");
  }

  private static String progress(RunningJob job) {
    try {
      String state = job.state();
      String counts = JobCounters.text(job.metrics());
      return counts.isEmpty() ? state : state + "; " + counts;
    } catch (IOException e) {
      return "Dataflow does not answer";
    }
  }

  @Override
  public String stop(PipelineOptions options) {
    return RunningJob.of(options)
        .map(job -> job.isStreaming() ? leave(job) : cancel(job))
        .orElse(
            "Stopped before Dataflow had confirmed the job. To see whether it is there all the"
                + " same: gcloud dataflow jobs list --status=active");
  }

  private static String leave(RunningJob job) {
    return "Stopped watching; "
        + job.name()
        + " goes on. To end it when what it has read is written: "
        + job.gcloud("drain")
        + ". To end it at once: "
        + job.gcloud("cancel")
        + ".";
  }

  private static String cancel(RunningJob job) {
    try {
      job.cancel();
      return "Stopped: " + job.name() + " is cancelled; what it had written stays.";
    } catch (IOException e) {
      return "Stopped waiting, but "
          + job.name()
          + " could not be cancelled and may go on: "
          + job.gcloud("cancel")
          + ".";
    }
  }

  @Override
  public Optional<String> failure(PipelineOptions options) {
    return RunningJob.of(options).map(DataflowWatch::failure);
  }

  private static String failure(RunningJob job) {
    try {
      return job.firstError().map(WorkerFailure::reason).orElse("see " + job.console());
    } catch (IOException e) {
      return "see " + job.console();
    }
  }
}
