package dev.penstock.runner.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.Accounting;
import java.io.IOException;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Does on this machine what Dataflow's workers would do with a posted job: runs the pipeline of the
 * posted options, which leaves its figures where the launching command looks for them.
 */
final class StandInWorkers {
  private static final ObjectMapper JSON =
      new ObjectMapper().registerModules(ObjectMapper.findModules());

  private StandInWorkers() {}

  static String run(JsonNode posted) throws IOException {
    CsvToWarehouseOptions options =
        JSON.treeToValue(
                posted.path("environment").path("sdkPipelineOptions"), PipelineOptions.class)
            .as(CsvToWarehouseOptions.class);
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    String figures =
        options.getTempLocation() + "/penstock-summary-" + options.getRunId() + ".json";
    CsvToWarehouse.of(options).build(pipeline, Accounting.to(figures));
    return "JOB_STATE_" + pipeline.run().waitUntilFinish();
  }
}
