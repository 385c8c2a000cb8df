package dev.penstock.pipelines.cli;

import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** Says plainly that nothing is known of a run elsewhere. */
final class NoWatch implements RemoteWatch {
  @Override
  public boolean sees(PipelineOptions options) {
    return true;
  }

  @Override
  public Optional<String> place(PipelineOptions options) {
    return Optional.empty();
  }

  @Override
  public String progress(PipelineOptions options) {
    return "running on workers elsewhere; their runner shows how far they are";
  }

  @Override
  public String stop(PipelineOptions options) {
    return "Stopped waiting. The run itself goes on elsewhere, until its runner is told to stop it.";
  }
}
