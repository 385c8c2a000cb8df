package dev.penstock.runner.dataflow;

import dev.penstock.pipelines.cli.RunnerCheck;
import dev.penstock.transforms.ledger.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Finds what Dataflow would refuse: flags that are missing, places that its workers cannot reach,
 * and, when these are right, whatever Beam's own runner objects to.
 */
public final class DataflowCheck implements RunnerCheck {

  /** Made by {@link java.util.ServiceLoader}. */
  public DataflowCheck() {}

  @Override
  public boolean sees(PipelineOptions options) {
    return options.getRunner() == DataflowRunner.class;
  }

  @Override
  public List<String> problems(PipelineOptions options) {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    List<String> problems = new ArrayList<>();
    missing(dataflow, problems);
    bucket("tempLocation", options.getTempLocation(), options, problems);
    return problems;
  }

  /** What Beam finds when it makes its runner; it looks at the bucket too. */
  @Override
  public List<String> refusals(PipelineOptions options) {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    List<String> problems = new ArrayList<>();
    credentials(dataflow, problems);
    if (problems.isEmpty()) {
      try {
        var unused = DataflowRunner.fromOptions(options);
        bucket("stagingLocation", dataflow.getStagingLocation(), options, problems);
      } catch (RuntimeException e) {
        problems.add("Dataflow cannot run with these flags: " + reasons(e));
      }
    }
    return problems;
  }

  private static void missing(DataflowPipelineOptions options, List<String> problems) {
    if (isEmpty(options.getProject())) {
      problems.add(
          "--project is missing: the Google Cloud project that runs and pays for the job. Write"
              + " --project=my-project, or give gcloud a default: gcloud config set project"
              + " my-project");
    }
    if (isEmpty(options.getRegion())) {
      problems.add(
          "--region is missing: where the workers run, best where the data is. Write"
              + " --region=europe-west1, or give gcloud a default: gcloud config set compute/region"
              + " europe-west1");
    }
    if (isEmpty(options.getTempLocation())) {
      problems.add(
          "--tempLocation is missing: the workers are elsewhere and leave their figures there."
              + " Write --tempLocation=gs://bucket/tmp, with a bucket in the region of the workers");
    }
  }

  private static void bucket(
      String flag, @Nullable String value, PipelineOptions options, List<String> problems) {
    boolean local = value != null && !value.isEmpty() && !value.startsWith("gs://");
    if (local && !options.as(RunOptions.class).isWorkersShareFiles()) {
      problems.add(
          "--"
              + flag
              + "="
              + value
              + ": Dataflow's workers see no files of this machine; name a folder in a bucket, such"
              + " as --"
              + flag
              + "=gs://bucket/tmp");
    }
  }

  private static void credentials(DataflowPipelineOptions options, List<String> problems) {
    if (options.getGcpCredential() == null) {
      problems.add(
          "There are no Google credentials on this machine: run gcloud auth application-default"
              + " login, or name a key file in the environment variable"
              + " GOOGLE_APPLICATION_CREDENTIALS");
    }
  }

  private static String reasons(Throwable failure) {
    List<String> reasons = new ArrayList<>();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String reason = t.getMessage();
      if (reason != null && reasons.stream().noneMatch(said -> said.contains(reason))) {
        reasons.add(reason.strip());
      }
    }
    return reasons.isEmpty() ? failure.toString() : String.join(": ", reasons);
  }

  private static boolean isEmpty(@Nullable String value) {
    return value == null || value.isBlank();
  }
}
