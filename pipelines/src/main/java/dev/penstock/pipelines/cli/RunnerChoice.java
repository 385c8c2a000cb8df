package dev.penstock.pipelines.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/**
 * Settles which runner runs: the one the user names, else the first of {@link #PREFERRED} on the
 * class path. A runner's module may bring default flags in {@code penstock/<runner>.args}, which
 * hold unless the user says otherwise.
 */
final class RunnerChoice {
  private static final String FLAG = "runner";
  private static final Pattern PLACE = Pattern.compile("\\$\\{(penstock\\.\\w+)}");

  /**
   * Embedded Flink first: the Direct runner checks everything and is far slower on grouped data.
   */
  private static final List<String> PREFERRED = List.of("FlinkRunner", "DirectRunner");

  private static final Map<String, String> MODULES =
      Map.of(
          "FlinkRunner", "penstock-runner-flink",
          "DirectRunner", "penstock-runner-direct",
          "DataflowRunner", "penstock-runner-dataflow");

  private final Map<String, String> onClassPath;

  private RunnerChoice(Map<String, String> onClassPath) {
    this.onClassPath = onClassPath;
  }

  static RunnerChoice onClassPath() {
    Map<String, String> runners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (PipelineRunnerRegistrar registrar : ServiceLoader.load(PipelineRunnerRegistrar.class)) {
      for (Class<? extends PipelineRunner<?>> runner : registrar.getPipelineRunners()) {
        runners.put(runner.getSimpleName(), runner.getSimpleName());
      }
    }
    return new RunnerChoice(runners);
  }

  /** Puts the runner and its module's default flags into what was parsed, or says what is wrong. */
  void settle(ParsedArguments parsed, boolean plan) {
    List<String> given = parsed.flags().getOrDefault(FLAG, List.of());
    String wanted = given.isEmpty() ? preferred() : given.get(0);
    if (wanted.isEmpty()) {
      if (plan) {
        parsed.put(FLAG, PlanRunner.class.getName());
      }
      return;
    }
    String known = onClassPath.get(wanted);
    if (known != null) {
      parsed.flags().put(FLAG, new ArrayList<>(List.of(known)));
      addDefaults(known, parsed);
    } else if (plan && MODULES.keySet().stream().anyMatch(wanted::equalsIgnoreCase)) {
      parsed.flags().put(FLAG, new ArrayList<>(List.of(PlanRunner.class.getName())));
    } else if (!isClassOfARunner(wanted)) {
      parsed.flags().remove(FLAG);
      parsed.problems().add(unknown(wanted));
    }
  }

  private String preferred() {
    return PREFERRED.stream()
        .filter(onClassPath::containsKey)
        .findFirst()
        .or(() -> onClassPath.values().stream().findFirst())
        .orElse("");
  }

  private static boolean isClassOfARunner(String name) {
    if (!name.contains(".")) {
      return false;
    }
    try {
      Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      return PipelineRunner.class.isAssignableFrom(type);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private String unknown(String wanted) {
    String there =
        onClassPath.isEmpty()
            ? "No runner is on the class path"
            : "On the class path: " + String.join(", ", onClassPath.values());
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      if (module.getKey().equalsIgnoreCase(wanted)) {
        return "--runner="
            + wanted
            + " is not on the class path. ./penstock puts it there when the"
            + " command names it; your own build needs the module dev.penstock:"
            + module.getValue()
            + ". "
            + there
            + ".";
      }
    }
    String guess =
        Suggestions.nearest(wanted, onClassPath.values())
            .or(() -> Suggestions.nearest(wanted, MODULES.keySet()))
            .map(name -> " Did you mean --runner=" + name + "?")
            .orElse("");
    return "--runner=" + wanted + " is not a runner. " + there + "." + guess;
  }

  /**
   * Adds the default flags of a runner's module. A line {@code ?--flag=value} begins flags for that
   * set-up, and gives the value itself: a user who gives that flag another value has another
   * set-up. A line {@code ?--flag!=value} begins flags for those other set-ups.
   */
  private static void addDefaults(String runner, ParsedArguments parsed) {
    boolean applies = true;
    for (String line : lines("penstock/" + runner + ".args")) {
      boolean isCondition = line.startsWith("?");
      if (isCondition) {
        String condition = line.substring(1).replaceFirst("!=", "=");
        applies = line.contains("!=") == givenOtherwise(condition, parsed);
      }
      if (applies && !(isCondition && line.contains("!="))) {
        addDefault(isCondition ? line.substring(1) : line, parsed);
      }
    }
  }

  private static boolean givenOtherwise(String line, ParsedArguments parsed) {
    String flag = nameOf(line);
    return parsed.mentioned().contains(flag)
        && !List.of(valueOf(line)).equals(parsed.flags().get(flag));
  }

  private static void addDefault(String line, ParsedArguments parsed) {
    String flag = nameOf(line);
    if (!parsed.mentioned().contains(flag)) {
      parsed.put(flag, valueOf(line));
    }
  }

  private static String nameOf(String line) {
    return line.substring(2, line.indexOf('='));
  }

  private static String valueOf(String line) {
    return line.substring(line.indexOf('=') + 1);
  }

  /** What the launcher says of its places; a line with one that nobody knows is left out. */
  private static String place(MatchResult name) {
    return Matcher.quoteReplacement(System.getProperty(name.group(1), name.group()));
  }

  private static List<String> lines(String resource) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        return List.of();
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader
          .lines()
          .map(line -> PLACE.matcher(line.strip()).replaceAll(RunnerChoice::place))
          .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.contains("${"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource + " from the class path", e);
    }
  }

  /** Runners on the class path, for help. */
  List<String> names() {
    return List.copyOf(onClassPath.values());
  }
}
