package dev.penstock.pipelines.csvtokafka;

import dev.penstock.io.kafka.WriteToKafka;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.input.Input;
import dev.penstock.pipelines.input.LoadInOnePass;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.DryRun;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;

/**
 * Sends the records of CSV, JSON-lines or Avro files through a contract to a topic of Kafka.
 *
 * <pre>{@code
 * CsvToKafkaOptions options = PipelineOptionsFactory.as(CsvToKafkaOptions.class);
 * options.setContract("shop.yaml");
 * options.setInput("events.csv");
 * options.setBootstrapServers("localhost:9092");
 * options.setTopic("raw_events");
 * Pipeline pipeline = Pipeline.create(options);
 * CsvToKafka.of(options).build(pipeline, Accounting.to("/tmp/summary.json"));
 * }</pre>
 *
 * <p><b>Guarantees.</b> Those of {@link WriteToKafka}: every row is in the topic when the run ends
 * well, in order of its key within a file's part, and a second time when the run is repeated.
 */
public final class CsvToKafka {
  private final CsvToKafkaOptions options;
  private final DataContract contract;

  private CsvToKafka(CsvToKafkaOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
  }

  /** The pipeline as these options describe it; reads the contract. */
  public static CsvToKafka of(CsvToKafkaOptions options) {
    return new CsvToKafka(options, contract(options));
  }

  static DataContract contract(CsvToKafkaOptions options) {
    String table = options.getTable();
    return table == null
        ? DataContract.load(options.getContract())
        : DataContract.load(options.getContract(), table);
  }

  /** The contract that the options name. */
  public DataContract contract() {
    return contract;
  }

  /** Puts the steps into the pipeline. */
  public void build(Pipeline pipeline, Accounting accounting) {
    boolean dry = options.getDryRun();
    RowSink sink = dry ? DryRun.sink() : topic(options, contract).sink();
    LoadInOnePass.of(Input.of(options, contract), contract)
        .withDryRun(dry)
        .into(sink, pipeline, accounting);
    accounting.close(dry ? DryRun.deadLetters() : deadLetters(options));
  }

  static WriteToKafka topic(CsvToKafkaOptions options, DataContract contract) {
    WriteToKafka write =
        WriteToKafka.to(options.getBootstrapServers(), options.getTopic())
            .withContract(contract)
            .withCompression(options.getKafkaCompression())
            .withCreateTopic(options.getCreateTopic());
    write = WarehouseFlags.set(write, options.getKafkaSettings(), WriteToKafka::withSettingsFile);
    write = WarehouseFlags.set(write, options.getPartitions(), WriteToKafka::withPartitions);
    write =
        WarehouseFlags.set(write, options.getReplicationFactor(), WriteToKafka::withReplication);
    write =
        WarehouseFlags.set(
            write, options.getRecordsPerSecond(), WriteToKafka::withRecordsPerSecond);
    return write.withKey(key(options));
  }

  static List<String> key(CsvToKafkaOptions options) {
    String fields = options.getKeyField();
    return fields == null
        ? List.of()
        : Arrays.stream(fields.split(",", -1)).map(String::strip).toList();
  }

  static WriteDeadLetters deadLetters(CsvToKafkaOptions options) {
    WriteDeadLetters write =
        WriteDeadLetters.to(deadLettersTo(options))
            .withPipelineOptions(options)
            .withKafkaServers(options.getBootstrapServers())
            .withCreateTopic(options.getCreateTopic());
    return WarehouseFlags.set(
        write, options.getKafkaSettings(), WriteDeadLetters::withKafkaSettings);
  }

  static String deadLettersTo(CsvToKafkaOptions options) {
    String uri = options.getDeadLetters();
    return uri == null ? "kafka:" + options.getTopic() + "-dead-letters" : uri;
  }

  /** Runs {@code penstock csv-to-kafka} with these flags, and exits with its code. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(CsvToKafkaCommand.NAME));
    words.addAll(Arrays.asList(args));
    Penstock.main(words.toArray(new String[0]));
  }
}
