package dev.penstock.pipelines.cli;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Stands in for a runner that is not on the class path while a plan is made, so that {@code plan}
 * can build the pipeline without downloading one. It runs nothing.
 */
public final class PlanRunner extends PipelineRunner<PipelineResult> {
  private PlanRunner() {}

  /** Called by Beam. */
  public static PlanRunner fromOptions(PipelineOptions options) {
    return new PlanRunner();
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    throw new IllegalStateException("A plan is never run.");
  }
}
