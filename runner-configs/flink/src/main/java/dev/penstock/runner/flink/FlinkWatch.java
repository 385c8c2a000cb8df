package dev.penstock.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.pipelines.cli.RemoteWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Watches a job on a Flink cluster through the JobManager's REST interface, and cancels it when the
 * command is stopped.
 *
 * <p>The counts are Flink's own, of records that came into a step, and about ten seconds old; Beam
 * publishes its metrics of a batch step only when the step is done.
 */
public final class FlinkWatch implements RemoteWatch {
  /** Tasks are named after the Beam step that they begin with. */
  private static final Pattern STEP = Pattern.compile(" at (\\w+)[/.)]");

  private static final int MOST_STEPS = 4;

  private @Nullable FlinkRest rest;
  private @Nullable String jobId;

  /** Made by {@link java.util.ServiceLoader}. */
  public FlinkWatch() {}

  @Override
  public boolean sees(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  @Override
  public synchronized Optional<String> place(PipelineOptions options) {
    return find(options).map(id -> "Running as Flink job " + id + " at " + rest(options).url());
  }

  @Override
  public synchronized String progress(PipelineOptions options) {
    Optional<String> id = find(options);
    if (id.isEmpty()) {
      return "submitting to " + rest(options).url();
    }
    return rest(options)
        .get("/jobs/" + id.get())
        .map(FlinkWatch::progress)
        .orElseGet(() -> rest(options).url() + " does not answer");
  }

  /** Puts Flink's description of a job into a line. */
  static String progress(JsonNode job) {
    int tasks = 0;
    int finished = 0;
    Map<String, Long> records = new LinkedHashMap<>();
    for (JsonNode vertex : job.path("vertices")) {
      tasks++;
      finished += vertex.path("status").asText().equals("FINISHED") ? 1 : 0;
      Matcher step = STEP.matcher(vertex.path("name").asText());
      if (step.find()) {
        records.merge(
            step.group(1), vertex.path("metrics").path("read-records").asLong(), Math::max);
      }
    }
    String line =
        String.format(
            Locale.ROOT,
            "%s, %d of %d tasks finished",
            job.path("state").asText().toLowerCase(Locale.ROOT),
            finished,
            tasks);
    String busiest = busiest(records);
    return busiest.isEmpty() ? line : line + "; records: " + busiest;
  }

  private static String busiest(Map<String, Long> records) {
    List<Map.Entry<String, Long>> steps = new ArrayList<>(records.entrySet());
    steps.removeIf(step -> step.getValue() == 0);
    List<Map.Entry<String, Long>> most =
        steps.stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_STEPS)
            .toList();
    return steps.stream()
        .filter(most::contains)
        .map(step -> String.format(Locale.ROOT, "%s %,d", step.getKey(), step.getValue()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public synchronized String stop(PipelineOptions options) {
    Optional<String> id = find(options);
    if (id.isEmpty()) {
      return "Stopped before the job was on the cluster.";
    }
    String job = "Flink job " + id.get();
    return rest(options).cancel(id.get())
        ? "Stopped: " + job + " is cancelled; what it had written stays."
        : "Stopped waiting, but "
            + job
            + " could not be cancelled and may go on: flink cancel "
            + id.get();
  }

  private FlinkRest rest(PipelineOptions options) {
    if (rest == null) {
      rest = FlinkRest.of(options.as(FlinkPipelineOptions.class));
    }
    return rest;
  }

  /** The newest job of the run's name, which holds a random part unless the user chose it. */
  private Optional<String> find(PipelineOptions options) {
    if (jobId == null) {
      JsonNode newest = null;
      for (JsonNode job :
          rest(options)
              .get("/jobs/overview")
              .map(all -> all.path("jobs"))
              .orElseGet(FlinkRest::none)) {
        boolean ours = job.path("name").asText().equals(options.getJobName());
        if (ours
            && (newest == null
                || job.path("start-time").asLong() > newest.path("start-time").asLong())) {
          newest = job;
        }
      }
      jobId = newest == null ? null : newest.path("jid").asText();
    }
    return Optional.ofNullable(jobId);
  }
}
