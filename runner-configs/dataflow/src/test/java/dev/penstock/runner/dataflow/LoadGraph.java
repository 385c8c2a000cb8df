package dev.penstock.runner.dataflow;

import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouse;
import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import dev.penstock.pipelines.kafkatowarehouse.KafkaToWarehouse;
import dev.penstock.pipelines.kafkatowarehouse.KafkaToWarehouseOptions;
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

/** The graph of a pipeline as a runner gets it; what it reads from is not asked for. */
enum LoadGraph {
  CSV(CsvToWarehouseOptions.class) {
    @Override
    void build(Pipeline pipeline, Accounting accounting) {
      CsvToWarehouse.of(pipeline.getOptions().as(CsvToWarehouseOptions.class))
          .build(pipeline, accounting);
    }
  },
  KAFKA(KafkaToWarehouseOptions.class) {
    @Override
    void build(Pipeline pipeline, Accounting accounting) {
      KafkaToWarehouseOptions options = pipeline.getOptions().as(KafkaToWarehouseOptions.class);
      KafkaToWarehouse kafka = KafkaToWarehouse.of(options);
      if (options.getUntil() == null) {
        kafka.stream(pipeline);
      } else {
        kafka.build(pipeline, accounting);
      }
    }
  };

  private final Class<? extends PipelineOptions> options;

  LoadGraph(Class<? extends PipelineOptions> options) {
    this.options = options;
  }

  abstract void build(Pipeline pipeline, Accounting accounting);

  /** What a runner in this process, or Flink, gets handed. */
  RunnerApi.Pipeline translated(List<String> flags) {
    return PipelineTranslation.toProto(pipeline(flags));
  }

  /** What Dataflow's workers get: the pipeline that Beam's runner has staged. */
  RunnerApi.Pipeline staged(Loans loans, List<String> flags) throws IOException {
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

  /** Hands the pipeline to Dataflow, or what stands in for it, as the command does. */
  void submit(List<String> flags) {
    Pipeline pipeline = pipeline(flags);
    var unused = DataflowRunner.fromOptions(pipeline.getOptions()).run(pipeline);
  }

  private Pipeline pipeline(List<String> flags) {
    PipelineOptionsFactory.register(options);
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(flags.toArray(new String[0])).create());
    build(pipeline, Accounting.to("/nowhere/summary.json"));
    return pipeline;
  }
}
