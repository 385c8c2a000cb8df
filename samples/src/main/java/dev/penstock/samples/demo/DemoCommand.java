package dev.penstock.samples.demo;

import dev.penstock.pipelines.cli.Command;
import dev.penstock.pipelines.cli.Invocation;
import dev.penstock.pipelines.cli.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;

/** {@code penstock demo <sample>}. */
public final class DemoCommand implements Command {
  private static final String KIVA = "kiva";
  private static final String SHOP = "shop";

  /** Of a module that is on the class path when this is asked for, and not otherwise. */
  private static final String ORDERS = "orders";

  private static final List<String> SAMPLES = List.of(KIVA, SHOP, ORDERS);
  private static final String TRY = "Try: demo kiva, demo shop, or demo orders";

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "Runs a sample from generated data to query results: demo kiva, demo shop, demo orders";
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
    return List.of(
        "demo kiva",
        "demo kiva --rows=100000 --output=/tmp/kiva",
        "demo shop",
        "demo orders",
        "demo orders --changes=3000 --eventsPerSecond=200");
  }

  @Override
  public List<String> check(Invocation invocation) {
    DemoOptions options = invocation.options(DemoOptions.class);
    List<String> problems = new ArrayList<>();
    List<String> words = invocation.arguments();
    if (words.size() != 1 || !SAMPLES.contains(words.get(0))) {
      problems.add(
          words.isEmpty()
              ? "demo needs the name of a sample. " + TRY
              : "There is no sample '" + String.join(" ", words) + "'. " + TRY);
      return problems;
    }
    if (options.getRows() < 1) {
      problems.add("--rows=" + options.getRows() + ": give 1 or more");
    }
    if (options.getChanges() < 1) {
      problems.add("--changes=" + options.getChanges() + ": give 1 or more");
    }
    if (!(options.getEventsPerSecond() > 0)) {
      problems.add("--eventsPerSecond=" + options.getEventsPerSecond() + ": give more than 0");
    }
    if (words.get(0).equals(ORDERS) && elsewhere(ORDERS).isEmpty()) {
      problems.add(
          "demo orders needs real servers, which are not on this class path. Run it by ./penstock"
              + " demo orders, or add penstock-sample-services");
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
    Terminal terminal = invocation.terminal();
    return switch (sample) {
      case KIVA -> new KivaDemo(options, folder, terminal).run();
      case SHOP -> new ShopDemo(options, folder, terminal).run();
      default -> elsewhere(sample).orElseThrow().run(options, folder, terminal);
    };
  }

  private static Optional<Demo> elsewhere(String name) {
    return ServiceLoader.load(Demo.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(demo -> demo.name().equals(name))
        .findFirst();
  }

  private static Path folder(DemoOptions options, String sample) {
    String output = options.getOutput();
    return Path.of(output == null ? "penstock-demo/" + sample : output);
  }
}
