package dev.penstock.samples.services;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One call of the command line in this process, with what it printed. */
public record CommandCall(int exitCode, String out, String err) {

  public static CommandCall of(List<String> args) {
    return of(new ByteArrayOutputStream(), false, args);
  }

  /** A call whose messages can be read while it runs. */
  static CommandCall of(ByteArrayOutputStream err, boolean interactive, List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = Terminal.of(stream(out), stream(err), interactive, 120);
    int exitCode = Penstock.run(terminal, args.toArray(new String[0]));
    return new CommandCall(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** The ledger, the reasons and the quality checks, without how long it took. */
  static String account(String out) {
    int end = out.indexOf("\nSucceeded in ");
    return end < 0 ? out : out.substring(0, end);
  }
}
