package dev.penstock.pipelines.csvtokafka;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.run.AccountedRun;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock csv-to-kafka}. */
public final class CsvToKafkaCommand implements Command {
  static final String NAME = "csv-to-kafka";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Send CSV, JSON-lines or Avro files through a data contract to a topic of Kafka";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return CsvToKafkaOptions.class;
  }

  @Override
  public List<String> sections() {
    return List.of("Input", "Destination", "Account", "CSV dialect");
  }

  @Override
  public List<String> examples() {
    return List.of(
        NAME
            + " --contract=samples/contracts/shop-events.yaml --input=events.csv"
            + " --bootstrapServers=localhost:9092 --topic=raw_events --keyField=user_id",
        NAME
            + " --contract=events.yaml --input='in/events-*.csv.gz' --topic=raw_events"
            + " --bootstrapServers=localhost:9092 --partitions=3 --kafkaCompression=gzip"
            + " --recordsPerSecond=1000 --maxRecords=10000");
  }

  @Override
  public List<String> check(Invocation invocation) {
    return new KafkaPreflight(invocation.options(CsvToKafkaOptions.class)).flagProblems();
  }

  @Override
  public String plan(Invocation invocation) {
    return CsvToKafkaPlan.text(invocation.options(CsvToKafkaOptions.class));
  }

  @Override
  public int run(Invocation invocation) {
    CsvToKafkaOptions options = invocation.options(CsvToKafkaOptions.class);
    CsvToKafka pipeline = CsvToKafka.of(options);
    new KafkaPreflight(options).check(pipeline.contract());
    return AccountedRun.of(NAME, options, pipeline.contract(), invocation.terminal())
        .run(pipeline::build);
  }
}
