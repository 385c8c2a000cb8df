package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock demo <sample>}. */
public final class DemoCommand implements Command {
  private static final String KIVA = "kiva";

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "Runs a sample from generated data to query results: demo " + KIVA;
  }

  @Override
  public Class<? extends PipelineOptions> optionsType() {
    return DemoOptions.class;
  }

  @Override
  public String argumentsUsage() {
    return "<sample>";
  }

  @Override
  public List<String> sections() {
    return List.of("Demo");
  }

  @Override
  public List<String> examples() {
    return List.of("demo kiva", "demo kiva --rows=100000 --output=/tmp/kiva");
  }

  @Override
  public List<String> check(Invocation invocation) {
    DemoOptions options = invocation.options(DemoOptions.class);
    List<String> problems = new ArrayList<>();
    List<String> samples = invocation.arguments();
    if (!samples.equals(List.of(KIVA))) {
      problems.add(
          samples.isEmpty()
              ? "demo needs the name of a sample. There is one: demo " + KIVA
              : "There is no sample '" + String.join(" ", samples) + "'. Try: demo " + KIVA);
    }
    if (options.getRows() < 1) {
      problems.add("--rows=" + options.getRows() + ": give 1 or more");
    }
    Path folder = folder(options);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      problems.add("--output=" + folder + " is a file; name a folder");
    }
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    DemoOptions options = invocation.options(DemoOptions.class);
    return new KivaDemo(options, folder(options), invocation.terminal()).run();
  }

  private static Path folder(DemoOptions options) {
    String output = options.getOutput();
    return Path.of(output == null ? "penstock-demo/" + KIVA : output);
  }
}
