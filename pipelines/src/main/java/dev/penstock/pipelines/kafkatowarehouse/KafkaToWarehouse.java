package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.file.RecordHandler;
import dev.penstock.io.kafka.ReadKafka;
import dev.penstock.io.kafka.StartAt;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.pipelines.run.WarehouseFlags;
import dev.penstock.transforms.contract.DataContract;
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
  private final List<Route> routes;

  private KafkaToWarehouse(KafkaToWarehouseOptions options, List<Route> routes) {
    this.options = options;
    this.routes = routes;
  }

  /** The pipeline as these options describe it; reads the contract, or those of the routes. */
  public static KafkaToWarehouse of(KafkaToWarehouseOptions options) {
    return new KafkaToWarehouse(options, Route.of(options));
  }

  /** The contract that the options name; of several routes that of the first. */
  public DataContract contract() {
    return routes.get(0).contract();
  }

  List<Route> routes() {
    return routes;
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
    return pipeline.apply(
        "StreamKafka", read().handledBy(RoutedPass.of(routes), TupleTagList.empty()));
  }

  static String onlyDatabases(String uri) {
    return "--to="
        + uri
        + ": a stream has no end at which files or load jobs could be completed. Write to"
        + " jdbc:postgresql://… or jdbc:duckdb:…";
  }

  /** Reads the topics of all routes. */
  ReadKafka read() {
    return read(routes.stream().flatMap(route -> route.topics().stream()).toList());
  }

  /** Reads the topics of one route. */
  ReadKafka read(Route route) {
    return read(route.topics());
  }

  private ReadKafka read(List<String> topics) {
    ReadKafka read =
        ReadKafka.from(options.getBootstrapServers()).startingAt(StartAt.parse(options.getStart()));
    String pattern = options.getTopicPattern();
    read = pattern == null ? read.topics(topics) : read.topicsMatching(pattern);
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
