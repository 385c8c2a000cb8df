package dev.penstock.runner.dataflow;

import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.run.Accounting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.construction.PipelineTranslation;

/** The graph of {@code csv-to-warehouse} as a runner gets it. */
final class LoadGraph {
  private LoadGraph() {}

  /** What a runner in this process, or Flink, gets handed. */
  static RunnerApi.Pipeline translated(List<String> flags) {
    return PipelineTranslation.toProto(pipeline(flags));
  }

  /** What Dataflow's workers get: the pipeline that Beam's runner has staged. */
  static RunnerApi.Pipeline staged(Loans loans, List<String> flags) throws IOException {
    List<String> all = new ArrayList<>(flags);
    all.addAll(loans.local());
    all.add("--runner=DataflowRunner");
    all.add("--project=a-project");
    all.add("--region=europe-west1");
    all.add("--gcpTempLocation=" + loans.path("tmp"));
    all.add("--experiments=use_runner_v2");
    all.add("--templateLocation=" + loans.path("template.json"));
    Pipeline pipeline = pipeline(all);
    var unused = DataflowRunner.fromOptions(pipeline.getOptions()).run(pipeline);
    return loans.takeStaged();
  }

  private static Pipeline pipeline(List<String> flags) {
    PipelineOptionsFactory.register(CsvToWarehouseOptions.class);
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(flags.toArray(new String[0])).create();
    Pipeline pipeline = Pipeline.create(options);
    CsvToWarehouse.of(options.as(CsvToWarehouseOptions.class))
        .build(pipeline, Accounting.to("/nowhere/summary.json"));
    return pipeline;
  }
}
