package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.kafka.ReadKafka;
import dev.penstock.io.kafka.StartAt;
import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordBytes;
import dev.penstock.transforms.parse.ParseRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Streams topics of Kafka through a data contract into a warehouse, as records arrive; or loads
 * what is there, and ends.
 *
 * <pre>{@code
 * KafkaToWarehouseOptions options = PipelineOptionsFactory.as(KafkaToWarehouseOptions.class);
 * options.setContract("orders.yaml");
 * options.setBootstrapServers("localhost:9092");
 * options.setTopic("orders");
 * Pipeline pipeline = Pipeline.create(options);
 * KafkaToWarehouse.of(options).stream(pipeline);
 * }</pre>
 *
 * <p><b>Guarantees.</b> What was read is stored, or stored as a dead letter, before the runner's
 * checkpoint passes it. After a failure some records are read again, and find themselves there: the
 * tables are those of an undisturbed run.
 */
public final class KafkaToWarehouse {
  private final KafkaToWarehouseOptions options;
  private final DataContract contract;

  private KafkaToWarehouse(KafkaToWarehouseOptions options, DataContract contract) {
    this.options = options;
    this.contract = contract;
  }

  /** The pipeline as these options describe it; reads the contract. */
  public static KafkaToWarehouse of(KafkaToWarehouseOptions options) {
    return new KafkaToWarehouse(options, WarehouseFlags.contract(options));
  }

  /** The contract that the options name. */
  public DataContract contract() {
    return contract;
  }

  /** Puts the steps of a run that goes on into a pipeline. */
  public void stream(Pipeline pipeline) {
    PCollectionTuple handled = handled(pipeline);
    var unused = handled.get(RecordHandler.DEAD_LETTERS).apply("WriteDeadLetters", deadLetters());
  }

  /** Puts the steps of a run that ends into a pipeline, with its books. */
  public void build(Pipeline pipeline, Accounting accounting) {
    PCollectionTuple handled = handled(pipeline);
    accounting.keep(handled.get(RecordHandler.DEAD_LETTERS), handled.get(RecordHandler.LEDGER));
    accounting.close(deadLetters());
  }

  private PCollectionTuple handled(Pipeline pipeline) {
    WriteToWarehouse write = warehouse();
    StreamLedger ledger =
        write
            .ledger()
            .orElseThrow(() -> new IllegalArgumentException(onlyDatabases(options.getTo())));
    StreamPass handler = new StreamPass(contract, parse(), write.sink().orElseThrow(), ledger);
    return pipeline.apply("StreamKafka", read().handledBy(handler, TupleTagList.empty()));
  }

  static String onlyDatabases(String uri) {
    return "--to="
        + uri
        + ": a stream has no end at which files or load jobs could be completed. Write to"
        + " jdbc:postgresql://… or jdbc:duckdb:…";
  }

  ReadKafka read() {
    ReadKafka read =
        ReadKafka.from(options.getBootstrapServers()).startingAt(StartAt.parse(options.getStart()));
    String pattern = options.getTopicPattern();
    read = pattern == null ? read.topics(topics(options)) : read.topicsMatching(pattern);
    read = WarehouseFlags.set(read, options.getGroupId(), ReadKafka::withGroup);
    read = WarehouseFlags.set(read, options.getKafkaSettings(), ReadKafka::withSettingsFile);
    return options.getUntil() == null ? read : read.untilLatest();
  }

  static List<String> topics(KafkaToWarehouseOptions options) {
    String topics = options.getTopic();
    return topics == null
        ? List.of()
        : Arrays.stream(topics.split(",", -1)).map(String::strip).toList();
  }

  ParseRecords<RecordBytes> parse() {
    return options.getMessageFormat().parse(contract, options.getExtraColumns(), options);
  }

  WriteToWarehouse warehouse() {
    return warehouse(options, contract);
  }

  static WriteToWarehouse warehouse(KafkaToWarehouseOptions options, DataContract contract) {
    WriteToWarehouse write = WarehouseFlags.warehouse(options, contract);
    if (options.getMessageFormat().isChanges()) {
      write = write.withChanges(options.getDeletions());
    }
    return WarehouseFlags.set(write, options.getLatestView(), WriteToWarehouse::withLatestView);
  }

  WriteDeadLetters deadLetters() {
    return deadLetters(options);
  }

  static WriteDeadLetters deadLetters(KafkaToWarehouseOptions options) {
    WriteDeadLetters write =
        WarehouseFlags.deadLetters(options).withKafkaServers(options.getBootstrapServers());
    return WarehouseFlags.set(
        write, options.getKafkaSettings(), WriteDeadLetters::withKafkaSettings);
  }

  /** Runs {@code penstock kafka-to-warehouse} with these flags, and exits with its code. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(KafkaToWarehouseCommand.NAME));
    words.addAll(Arrays.asList(args));
    Penstock.main(words.toArray(new String[0]));
  }
}
