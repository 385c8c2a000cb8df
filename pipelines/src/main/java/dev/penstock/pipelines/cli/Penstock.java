package dev.penstock.pipelines.cli;

import dev.penstock.transforms.ledger.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.ReleaseInfo;

/**
 * The {@code penstock} command line.
 *
 * <p>Exit codes: 0 all is well; 1 it ran and failed, or a threshold or the ledger did not hold; 2
 * bad flags, contract, input or destination, and nothing was started; 130 stopped by Ctrl-C.
 */
public final class Penstock {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  private static final String TEMPLATE_METADATA = "template-metadata";

  /** Commands of modules that are not on the class path of {@code help}. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "bundle",
          "Builds the jar that a Flink cluster runs, and prints where it is",
          "demo",
          "Runs a sample from generated data to query results: demo kiva, demo shop, demo orders",
          "generate",
          "Generates a sample's data at any size and rate: generate shop, generate orders");

  private final SortedMap<String, Command> commands = new TreeMap<>();
  private final Terminal terminal;

  Penstock(Iterable<Command> commands, Terminal terminal) {
    commands.forEach(command -> this.commands.put(command.name(), command));
    this.terminal = terminal;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal terminal = Terminal.system();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught(terminal, failure));
    int code = run(terminal, args);
    terminal.out().flush();
    terminal.err().flush();
    // Runners leave threads behind that would keep the process alive.
    System.exit(code);
  }

  /** Threads of a runner: while the process ends they trip over what is already closed. */
  private static void uncaught(Terminal terminal, Throwable failure) {
    if (!Interruption.isEnding()) {
      terminal.err().println("penstock: " + Failure.message(failure));
    }
  }

  /**
   * Runs one command of those on the class path and gives its exit code; for programs and tests
   * that go on afterwards.
   */
  public static int run(Terminal terminal, String... args) {
    return new Penstock(ServiceLoader.load(Command.class), terminal).run(args);
  }

  /** Runs one command and gives its exit code. */
  int run(String... args) {
    List<String> words = new ArrayList<>(List.of(args));
    boolean stacktrace = words.removeAll(List.of("--stacktrace"));
    try {
      return dispatch(ArgumentFiles.expand(words));
    } catch (Throwable failure) {
      return report(failure, words, stacktrace);
    }
  }

  private int dispatch(List<String> words) {
    if (words.isEmpty()) {
      terminal
          .err()
          .print(
              new HelpPage(terminal.width()).overview(commands.values(), new TreeMap<>(ELSEWHERE)));
      return USAGE;
    }
    String first = words.get(0);
    List<String> rest = words.subList(1, words.size());
    return switch (first) {
      case "--version", "version" -> version();
      case "help", "--help", "-h" -> help(rest);
      case TEMPLATE_METADATA -> templateMetadata(rest);
      case "plan" -> rest.isEmpty() || asksForHelp(rest) ? help(rest) : plan(rest);
      default -> asksForHelp(rest) ? help(words) : execute(command(first), rest);
    };
  }

  private static boolean asksForHelp(List<String> words) {
    return words.contains("--help") || words.contains("-h");
  }

  private int version() {
    terminal
        .out()
        .println(
            "penstock "
                + Version.current()
                + " (Beam "
                + ReleaseInfo.getReleaseInfo().getVersion()
                + ", Java "
                + System.getProperty("java.version")
                + ")");
    return OK;
  }

  private int help(List<String> words) {
    HelpPage page = new HelpPage(terminal.width());
    Optional<String> name =
        words.stream().filter(w -> !w.startsWith("-") && !w.equals("plan")).findFirst();
    if (name.isEmpty()) {
      terminal.out().print(page.overview(commands.values(), new TreeMap<>(ELSEWHERE)));
    } else if (name.get().equals("bundle")) {
      // The launcher's own command, which has no flags.
      terminal.out().println("penstock bundle: " + ELSEWHERE.get("bundle"));
    } else {
      Command command = command(name.get());
      terminal.out().print(page.command(command, FlagCatalog.of(command), words.contains("--all")));
    }
    return OK;
  }

  private int templateMetadata(List<String> words) {
    List<String> names = words.stream().filter(word -> !word.startsWith("-")).toList();
    if (names.size() != 1 || asksForHelp(words)) {
      throw new UsageException(
          "Name one pipeline, such as: penstock " + TEMPLATE_METADATA + " csv-to-warehouse");
    }
    Command command = command(names.get(0));
    if (!RunOptions.class.isAssignableFrom(command.optionsType())) {
      throw new UsageException(
          command.name() + " is not a pipeline, so no template is made of it.");
    }
    terminal.out().println(TemplateMetadata.of(command, FlagCatalog.of(command)));
    return OK;
  }

  private int plan(List<String> words) {
    Command command = command(words.get(0));
    Invocation invocation = prepare(command, words.subList(1, words.size()), true);
    terminal.out().println(command.plan(invocation).stripTrailing());
    return OK;
  }

  private int execute(Command command, List<String> words) {
    return command.run(prepare(command, words, false));
  }

  private Command command(String name) {
    Command command = commands.get(name);
    if (command != null) {
      return command;
    }
    SortedSet<String> known = new TreeSet<>(commands.keySet());
    known.addAll(ELSEWHERE.keySet());
    String guess =
        Suggestions.nearest(name, known)
            .map(meant -> " Did you mean " + meant + "?")
            .orElse(" Commands: " + String.join(", ", known) + ".");
    throw new UsageException("'" + name + "' is not a command." + guess);
  }

  /** Reads and checks all flags, and reports all that is wrong with them at once. */
  private Invocation prepare(Command command, List<String> words, boolean plan) {
    // What a runner's default flags may set, whatever the command.
    PipelineOptionsFactory.register(RunOptions.class);
    FlagCatalog catalog = FlagCatalog.of(command);
    RunnerChoice runners = RunnerChoice.onClassPath();
    boolean lenient = plan && runners.names().isEmpty();
    ArgumentParser parser = new ArgumentParser(command, catalog, lenient);
    ParsedArguments parsed = parser.parse(words);
    runners.settle(parsed, plan);
    command
        .runnerDefaults(Map.copyOf(parsed.flags()))
        .forEach(
            (flag, value) -> {
              if (catalog.find(flag).isPresent() && !parsed.flags().containsKey(flag)) {
                parsed.put(flag, value);
              }
            });
    parser.requireWhatIsMissing(parsed);
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(parsed.toBeam()).as(command.optionsType());
    // Contracts, inputs and destinations on other file systems are looked at before there is a
    // pipeline.
    FileSystems.setDefaultPipelineOptions(options);
    Invocation invocation = new Invocation(options, parsed.positional(), terminal);
    List<String> problems = new ArrayList<>(parsed.problems());
    try {
      problems.addAll(command.check(invocation));
    } catch (RuntimeException e) {
      // A check may well trip over a flag that is missing; that flag is already in the list.
      if (problems.isEmpty()) {
        throw e;
      }
    }
    if (!plan) {
      RunnerCheck.addProblems(options, problems);
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    if (!parsed.withoutEffect().isEmpty()) {
      terminal
          .err()
          .println("Without effect on this runner: " + String.join(", ", parsed.withoutEffect()));
    }
    if (!parsed.notChecked().isEmpty()) {
      terminal
          .err()
          .println(
              "Not checked, because a plan is made without the runner: "
                  + String.join(", ", parsed.notChecked()));
    }
    return invocation;
  }

  private int report(Throwable failure, List<String> words, boolean stacktrace) {
    if (Interruption.isEnding()) {
      // Whatever a stopped run throws is a consequence; what matters, Interruption has said.
      return FAILED;
    }
    Optional<List<String>> problems = Failure.usageProblems(failure);
    if (problems.isPresent()) {
      reportProblems(problems.get(), words);
    } else {
      terminal.err().println("penstock: " + Failure.message(failure));
    }
    if (stacktrace) {
      failure.printStackTrace(terminal.err());
    } else if (problems.isEmpty()) {
      terminal.err().println("Add --stacktrace to see where it came from.");
    }
    return problems.isPresent() ? USAGE : FAILED;
  }

  private void reportProblems(List<String> problems, List<String> words) {
    String more = problems.size() == 1 ? "" : problems.size() + " problems; ";
    terminal.err().println("penstock: " + more + "nothing was started.");
    problems.forEach(problem -> terminal.err().print(item(Secrets.redact(problem))));
    String name =
        words.isEmpty() ? "" : words.get(words.get(0).equals("plan") && words.size() > 1 ? 1 : 0);
    terminal.err().println("See: penstock help" + (commands.containsKey(name) ? " " + name : ""));
  }

  private String item(String problem) {
    return "  - " + TextLayout.wrap(problem, 4, terminal.width()).stripLeading();
  }
}
