package dev.penstock.runner.flink;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main class of the bundle: the command line, started by Flink.
 *
 * <pre>{@code
 * flink run penstock-flink-bundle.jar csv-to-warehouse --contract=/data/loans.yaml …
 * }</pre>
 *
 * <p>The job goes to the cluster that Flink has set up around this call: the session that {@code
 * flink run} talks to, or in application mode the cluster that this process is the JobManager of.
 * {@code --flinkMaster=[local]} would start another one inside this process.
 *
 * <p>It waits for its job, because the ledger is checked at the end; a submission that would not
 * wait is refused.
 *
 * <p>What goes wrong is said once, as by {@code ./penstock}. {@code flink run} ends with the
 * command's exit code. In application mode the process belongs to Flink, so that a code other than
 * 0 becomes an exception, and with it the application FAILED.
 */
public final class ClusterMain {
  private static final Set<String> NO_RUN =
      Set.of("help", "plan", "version", "--version", "-h", "--help");
  private static final int USAGE = 2;

  private ClusterMain() {}

  /** Runs one command of {@code penstock}. */
  public static void main(String[] args) {
    ReadableConfig around = StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
    int code = run(around.get(DeploymentOptions.ATTACHED), args);
    if (!around.getOptional(DeploymentOptions.TARGET).orElse("").equals("embedded")) {
      System.exit(code);
    }
    if (code != 0) {
      throw new CommandFailedException(code);
    }
  }

  private static int run(boolean waits, String[] args) {
    Terminal terminal = Terminal.system();
    List<String> words = new ArrayList<>(Arrays.asList(args));
    boolean starts = !words.isEmpty() && !NO_RUN.contains(words.get(0));
    if (starts && !waits) {
      terminal
          .err()
          .println(
              "penstock: this submission would not wait for its job, so nobody would check the"
                  + " ledger; nothing was started. Use flink run without --detached, or set"
                  + " execution.attached: true in application mode.");
      return USAGE;
    }
    if (starts && words.stream().noneMatch(word -> word.startsWith("--flinkMaster="))) {
      words.add("--flinkMaster=[auto]");
    }
    return Penstock.run(terminal, words.toArray(new String[0]));
  }

  /** Carries an exit code out of a process that is not ours; the reason has been printed. */
  static final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(int code) {
      super(
          "The command ended with exit code " + code + "; its output says why", null, false, false);
    }
  }
}
