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
  private static final String SHOP = "shop";
  private static final List<String> SAMPLES = List.of(KIVA, SHOP);

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "Runs a sample from generated data to query results: demo kiva, demo shop";
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
    return List.of("demo kiva", "demo kiva --rows=100000 --output=/tmp/kiva", "demo shop");
  }

  @Override
  public List<String> check(Invocation invocation) {
    DemoOptions options = invocation.options(DemoOptions.class);
    List<String> problems = new ArrayList<>();
    List<String> words = invocation.arguments();
    if (words.size() != 1 || !SAMPLES.contains(words.get(0))) {
      problems.add(
          words.isEmpty()
              ? "demo needs the name of a sample. Try: demo kiva, or demo shop"
              : "There is no sample '"
                  + String.join(" ", words)
                  + "'. Try: demo kiva, or demo shop");
      return problems;
    }
    if (options.getRows() < 1) {
      problems.add("--rows=" + options.getRows() + ": give 1 or more");
    }
    Path folder = folder(options, words.get(0));
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      problems.add("--output=" + folder + " is a file; name a folder");
    }
    return problems;
  }

  @Override
  public int run(Invocation invocation) {
    DemoOptions options = invocation.options(DemoOptions.class);
    String sample = invocation.arguments().get(0);
    Path folder = folder(options, sample);
    return sample.equals(KIVA)
        ? new KivaDemo(options, folder, invocation.terminal()).run()
        : new ShopDemo(options, folder, invocation.terminal()).run();
  }

  private static Path folder(DemoOptions options, String sample) {
    String output = options.getOutput();
    return Path.of(output == null ? "penstock-demo/" + sample : output);
  }
}
