package dev.penstock.pipelines.cli;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One command of {@code penstock}, found by {@link java.util.ServiceLoader}.
 *
 * <p>A command brings an option interface; the command line derives parsing, checks and help from
 * it. To add one, implement this interface and name the class in {@code
 * META-INF/services/dev.penstock.pipelines.cli.Command}:
 *
 * <pre>{@code
 * public final class CountCommand implements Command {
 *   public String name() {
 *     return "count";
 *   }
 *
 *   public String summary() {
 *     return "Counts the records of a file";
 *   }
 *
 *   public Class<? extends PipelineOptions> optionsType() {
 *     return CountOptions.class;
 *   }
 *
 *   public int run(Invocation invocation) {
 *     CountOptions options = invocation.options(CountOptions.class);
 *     invocation.terminal().out().println("counting " + options.getInput());
 *     return 0;
 *   }
 * }
 * }</pre>
 *
 * <p>Nothing of a command runs before all its flags have been read and checked; all problems are
 * reported at once and end with exit code 2.
 */
public interface Command {

  /** The word that follows {@code penstock}, such as {@code csv-to-warehouse}. */
  String name();

  /** What the command does, in one line without a full stop. */
  String summary();

  /**
   * The interface whose getters are the flags; {@code PipelineOptions.class} when there are none.
   */
  Class<? extends PipelineOptions> optionsType();

  /**
   * Positional arguments as they are shown in help: {@code <sample>} is required, {@code [sample]}
   * may be left out; empty when there are none.
   */
  default String argumentsUsage() {
    return "";
  }

  /** Headings of the flags' sections, in the order in which help shows them. */
  default List<String> sections() {
    return List.of();
  }

  /**
   * Names of flags that some runner has, and that are taken without effect where it is not there;
   * the user is told. For commands that take the place of others.
   */
  default List<String> withoutEffect() {
    return List.of();
  }

  /**
   * Values of flags that some runner has, for where it is there and the user gives none. For
   * commands that take the place of others, whose defaults their users rely on.
   */
  default Map<String, String> runnerDefaults() {
    return Map.of();
  }

  /** Complete command lines that work, without the word {@code penstock}. */
  default List<String> examples() {
    return List.of();
  }

  /**
   * Problems between flags, or between a flag and the outside world, each naming its flag and the
   * way out. They are reported together with what the parser found, so a required flag may still be
   * absent here.
   */
  default List<String> check(Invocation invocation) {
    return List.of();
  }

  /** What {@link #run} would do, without connecting anywhere. */
  default String plan(Invocation invocation) {
    return name() + " starts no pipeline, so there is nothing to plan.";
  }

  /**
   * Does the work.
   *
   * @return the exit code: 0 all well, 1 ran but a threshold or the ledger failed
   */
  int run(Invocation invocation);
}
