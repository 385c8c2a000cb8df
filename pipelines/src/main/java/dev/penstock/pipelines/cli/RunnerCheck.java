package dev.penstock.pipelines.cli;

import java.util.List;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Finds, before anything is started, what would make a runner refuse or fail a run. The module of a
 * runner brings one, named in {@code META-INF/services/dev.penstock.pipelines.cli.RunnerCheck}:
 *
 * <pre>{@code
 * public final class DataflowCheck implements RunnerCheck {
 *   public boolean sees(PipelineOptions options) {
 *     return options.getRunner().getSimpleName().equals("DataflowRunner");
 *   }
 *
 *   public List<String> problems(PipelineOptions options) {
 *     return options.getTempLocation() == null ? List.of("--tempLocation is missing: …") : List.of();
 *   }
 * }
 * }</pre>
 */
public interface RunnerCheck {

  /** True when this check knows the runner of these options. */
  boolean sees(PipelineOptions options);

  /** Problems of the runner's own flags, each naming its flag and the way out. */
  List<String> problems(PipelineOptions options);

  /** Problems that only the runner itself knows; asked for when nothing else is wrong. */
  default List<String> refusals(PipelineOptions options) {
    return List.of();
  }

  /** Adds what the check of the chosen runner finds; of a flag, what is known already stands. */
  static void addProblems(PipelineOptions options, List<String> problems) {
    for (RunnerCheck check : ServiceLoader.load(RunnerCheck.class)) {
      if (!check.sees(options)) {
        continue;
      }
      for (String problem : check.problems(options)) {
        if (problems.stream().noneMatch(known -> flag(known).equals(flag(problem)))) {
          problems.add(problem);
        }
      }
      if (problems.isEmpty()) {
        problems.addAll(check.refusals(options));
      }
    }
  }

  private static String flag(String problem) {
    return problem.split("[ =:]", 2)[0];
  }
}
