package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock generate <what>}: the data of a sample, at any size and rate. */
public final class GenerateCommand implements Command {
  private static final Map<String, Generation> GENERATIONS = generations();

  private static Map<String, Generation> generations() {
    Map<String, Generation> generations = new LinkedHashMap<>();
    for (String file : List.of(FileGeneration.SHOP, FileGeneration.LOANS, FileGeneration.LENDERS)) {
      generations.put(file, new FileGeneration(file));
    }
    generations.put("orders", new OrdersGeneration());
    generations.put(IcoGeneration.NAME, new IcoGeneration());
    return generations;
  }

  private static String names() {
    return String.join(", ", GENERATIONS.keySet());
  }

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "Generates a sample's data at any size and rate: generate " + names();
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return GenerateOptions.class;
  }

  @Override
  public String argumentsUsage() {
    return "<what>";
  }

  @Override
  public List<String> sections() {
    return List.of("Generate", "Files", "Orders", "Ico");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "generate shop --rows=10000000 --output=/tmp/events.csv",
        "generate kiva-loans --rows=1000000 --oneBadIn=0",
        "generate orders --source=jdbc:postgresql://localhost:5432/source --user=penstock --rows=600",
        "generate ico --bootstrapServers=localhost:9092 --eventsPerMinute=500 --untilStopped=true");
  }

  @Override
  public List<String> check(Invocation invocation) {
    GenerateOptions options = invocation.options(GenerateOptions.class);
    List<String> words = invocation.arguments();
    List<String> problems = new ArrayList<>();
    if (words.size() != 1 || !GENERATIONS.containsKey(words.get(0))) {
      problems.add(
          (words.isEmpty()
                  ? "generate needs the name of what to generate."
                  : "There is no '" + String.join(" ", words) + "' to generate.")
              + " Give one of "
              + names());
      return problems;
    }
    if (options.getRows() < 0) {
      problems.add("--rows=" + options.getRows() + ": give 0 or more");
    }
    problems.addAll(chosen(invocation).check(options));
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    return chosen(invocation).run(invocation.options(GenerateOptions.class), invocation.terminal());
  }

  private static Generation chosen(Invocation invocation) {
    Generation generation = GENERATIONS.get(invocation.arguments().get(0));
    if (generation == null) {
      throw new IllegalStateException(invocation.arguments() + " has passed the check");
    }
    return generation;
  }
}
