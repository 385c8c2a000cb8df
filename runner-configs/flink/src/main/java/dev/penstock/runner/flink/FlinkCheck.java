package dev.penstock.runner.flink;

import dev.penstock.pipelines.cli.RunnerCheck;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** Finds what would lose records of a stream on Flink. */
public final class FlinkCheck implements RunnerCheck {

  /** Made by {@link java.util.ServiceLoader}. */
  public FlinkCheck() {}

  @Override
  public boolean sees(PipelineOptions options) {
    return options.getRunner() == FlinkRunner.class;
  }

  @Override
  public List<String> problems(PipelineOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    Long interval = flink.getCheckpointingInterval();
    if (!flink.isStreaming() || (interval != null && interval > 0)) {
      return List.of();
    }
    return List.of(
        "--checkpointingInterval="
            + interval
            + ": without checkpoints a stream that fails does not know where it was, and goes on"
            + " from where it is told to start. Leave the flag out, or give milliseconds, such as"
            + " --checkpointingInterval=10000");
  }
}
