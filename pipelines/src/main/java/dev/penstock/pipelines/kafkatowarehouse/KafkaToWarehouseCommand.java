package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.sink.StreamLedger;
import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.pipelines.run.AccountedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock kafka-to-warehouse}. */
public final class KafkaToWarehouseCommand implements Command {
  static final String NAME = "kafka-to-warehouse";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Stream topics of Kafka through a data contract into a warehouse";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return KafkaToWarehouseOptions.class;
  }

  @Override
  public List<String> sections() {
    return List.of("Input", "Destination", "Account");
  }

  @Override
  public List<String> examples() {
    return List.of(
        NAME
            + " --contract=orders.yaml --bootstrapServers=localhost:9092 --topic=orders"
            + " --to=jdbc:postgresql://localhost:5433/warehouse --user=loader",
        NAME
            + " --contract=orders.yaml --bootstrapServers=localhost:9092"
            + " --topic=dbserver1.public.orders --messageFormat=debezium --mode=upsert"
            + " --until=latest --to=jdbc:duckdb:orders.duckdb");
  }

  /** A stream is checkpointed, and stored soon after it is read; a run that ends needs neither. */
  @Override
  public Map<String, String> runnerDefaults(Map<String, List<String>> given) {
    return given.containsKey("until")
        ? Map.of()
        : Map.of(
            "streaming", "true", "checkpointingInterval", "10000", "maxBundleTimeMills", "100");
  }

  @Override
  public List<String> check(Invocation invocation) {
    return new StreamPreflight(invocation.options(KafkaToWarehouseOptions.class)).flagProblems();
  }

  @Override
  public String plan(Invocation invocation) {
    return StreamPlan.text(invocation.options(KafkaToWarehouseOptions.class));
  }

  @Override
  public int run(Invocation invocation) {
    KafkaToWarehouseOptions options = invocation.options(KafkaToWarehouseOptions.class);
    KafkaToWarehouse pipeline = KafkaToWarehouse.of(options);
    List<String> problems = new ArrayList<>(pipeline.read().check());
    for (Route route : pipeline.routes()) {
      problems.addAll(route.warehouse().check());
      route.warehouse().ledger().map(StreamLedger::check).ifPresent(problems::addAll);
    }
    problems.addAll(pipeline.deadLetters().check());
    if (!problems.isEmpty()) {
      throw new UsageException(problems.stream().distinct().toList());
    }
    AccountedRun run = AccountedRun.of(NAME, options, pipeline.contract(), invocation.terminal());
    return options.getUntil() == null ? run.stream(pipeline::stream) : run.run(pipeline::build);
  }
}
