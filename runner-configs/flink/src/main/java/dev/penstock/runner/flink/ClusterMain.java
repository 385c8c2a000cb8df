package dev.penstock.runner.flink;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.DeploymentOptions;
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
 * <p>What goes wrong is said once, as by {@code ./penstock}. {@code flink run} ends with the
 * command's exit code. In application mode the process belongs to Flink, so that a code other than
 * 0 becomes an exception, and with it the application FAILED.
 */
public final class ClusterMain {
  private ClusterMain() {}

  /** Runs one command of {@code penstock}. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    boolean runs = !words.isEmpty() && !words.get(0).startsWith("-") && !words.contains("help");
    if (runs && words.stream().noneMatch(word -> word.startsWith("--flinkMaster="))) {
      words.add("--flinkMaster=[auto]");
    }
    int code = Penstock.run(Terminal.system(), words.toArray(new String[0]));
    if (isApplication()) {
      if (code != 0) {
        throw new CommandFailedException(code);
      }
    } else {
      System.exit(code);
    }
  }

  private static boolean isApplication() {
    String target =
        StreamExecutionEnvironment.getExecutionEnvironment()
            .getConfiguration()
            .getOptional(DeploymentOptions.TARGET)
            .orElse("");
    return target.equals("embedded");
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
