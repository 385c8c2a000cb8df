package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock reconcile}. */
public final class ReconcileCommand implements Command {
  static final String NAME = "reconcile";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Compare Kafka's offsets with a stream's ledger and tables, and say what is missing";
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return ReconcileOptions.class;
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
            + " --to=jdbc:postgresql://localhost:5433/warehouse --user=loader");
  }

  /** It is given a stream's flags, and checked as that stream. */
  @Override
  public Map<String, String> runnerDefaults(Map<String, List<String>> given) {
    return new KafkaToWarehouseCommand().runnerDefaults(given);
  }

  @Override
  public List<String> check(Invocation invocation) {
    ReconcileOptions options = invocation.options(ReconcileOptions.class);
    List<String> problems = new ArrayList<>(new StreamPreflight(options).flagProblems());
    if (options.getMaxLag() < 0) {
      problems.add("--maxLag=" + options.getMaxLag() + " must be 0 or more");
    }
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    ReconcileOptions options = invocation.options(ReconcileOptions.class);
    KafkaToWarehouse stream = KafkaToWarehouse.of(options);
    List<String> problems = stream.read().check();
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    try {
      return report(Reconciliation.of(stream, options), invocation.terminal());
    } catch (DestinationException e) {
      throw new UsageException(e.problems());
    }
  }

  private static int report(Reconciliation found, Terminal terminal) {
    terminal.out().print(found.table());
    List<String> problems = found.problems();
    if (problems.isEmpty()) {
      terminal.out().println("Every record in Kafka is accounted for and stored.");
      return 0;
    }
    problems.forEach(problem -> terminal.err().println("penstock: " + problem));
    found.remedy().ifPresent(terminal.err()::println);
    return 1;
  }
}
