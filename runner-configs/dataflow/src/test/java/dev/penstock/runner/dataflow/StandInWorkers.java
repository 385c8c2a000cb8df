package dev.penstock.runner.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.transforms.ledger.RunOptions;
import java.io.IOException;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Does on this machine what Dataflow's workers would do with a posted job: runs the pipeline of the
 * posted options, which leaves its figures where the launching command looks for them.
 */
public final class StandInWorkers {
  private static final ObjectMapper JSON =
      new ObjectMapper().registerModules(ObjectMapper.findModules());

  private StandInWorkers() {}

  /** Puts the steps of a pipeline together. */
  public interface Build {
    /** Adds the steps for these options. */
    void into(Pipeline pipeline, PipelineOptions options, Accounting accounting);
  }

  /** Runs a load. */
  static String run(JsonNode posted) throws IOException {
    return run(
        posted,
        (pipeline, options, accounting) ->
            CsvToWarehouse.of(options.as(CsvToWarehouseOptions.class)).build(pipeline, accounting));
  }

  /** Runs a pipeline, and gives the state in which the job ends. */
  public static String run(JsonNode posted, Build build) throws IOException {
    PipelineOptions options =
        JSON.treeToValue(
            posted.path("environment").path("sdkPipelineOptions"), PipelineOptions.class);
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    String runId = options.as(RunOptions.class).getRunId();
    String figures = options.getTempLocation() + "/penstock-summary-" + runId + ".json";
    build.into(pipeline, options, Accounting.to(figures));
    return "JOB_STATE_" + pipeline.run().waitUntilFinish();
  }
}
