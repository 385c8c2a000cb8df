package dev.penstock.pipelines.cli;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.RunProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What a run says when it is stopped by Ctrl-C or a signal: how far it came, and how to complete
 * it.
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.watch(terminal, options, () -> ADVICE)) {
 *   result.waitUntilFinish();
 * }
 * }</pre>
 *
 * <p>A run whose workers are elsewhere is stopped there too, see {@link RemoteWatch}.
 *
 * <p>The JVM itself exits with 130 after Ctrl-C and 143 after a plain {@code kill}. Leaving the
 * block before that takes the watch away, so a run that ended says nothing.
 */
public final class Interruption implements AutoCloseable {
  /** What holds for every idempotent write. */
  public static final String COMPLETE_BY_REPEATING =
      "Run the same command again to complete it: rows that are already written are recognised and"
          + " not doubled.";

  /** A glob may match thousands of files; the first ones and the total are enough here. */
  private static final int MOST_UNITS = 20;

  private final Terminal terminal;
  private final RunOptions options;
  private final Supplier<String> advice;
  private final Thread hook;

  private Interruption(Terminal terminal, RunOptions options, Supplier<String> advice) {
    this.terminal = terminal;
    this.options = options;
    this.advice = advice;
    this.hook = new Thread(this::tell, "penstock-interrupted");
  }

  /**
   * Watches until {@link #close}; the advice says how to go on, see {@link #COMPLETE_BY_REPEATING}.
   */
  public static Interruption watch(Terminal terminal, RunOptions options, Supplier<String> advice) {
    Interruption interruption = new Interruption(terminal, options, advice);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void tell() {
    List<LedgerEntry> units = RunProgress.of(options.getRunId()).units();
    String text =
        RemoteWatch.of(options)
            .map(
                watch ->
                    "\n"
                        + TextLayout.wrap(
                            watch.stop(options) + " " + advice.get(), 0, terminal.width()))
            .orElseGet(() -> message(units, advice.get(), terminal.width()));
    terminal.err().print(text);
    terminal.err().flush();
  }

  static String message(List<LedgerEntry> units, String advice, int width) {
    StringBuilder text = new StringBuilder("\n");
    if (units.isEmpty()) {
      text.append("Stopped before anything was read.\n");
    } else {
      text.append("Stopped. So far (counts of this attempt, not yet a ledger):\n");
      text.append(table(units));
    }
    return text.append(TextLayout.wrap(advice, 0, width)).toString();
  }

  private static String table(List<LedgerEntry> units) {
    List<LedgerEntry> lines = new ArrayList<>(units.subList(0, Math.min(units.size(), MOST_UNITS)));
    if (units.size() > 1) {
      LedgerEntry total = LedgerEntry.read("all " + units.size(), 0);
      for (LedgerEntry unit : units) {
        total = total.plus(unit);
      }
      lines.add(total);
    }
    int column = lines.stream().mapToInt(u -> u.source().length()).max().orElse(0);
    StringBuilder table = new StringBuilder();
    String format = "  %-" + Math.max(column, 4) + "s %12s %12s %12s %12s%n";
    table.append(
        String.format(Locale.ROOT, format, "unit", "read", "written", "duplicate", "dead letters"));
    for (LedgerEntry u : lines) {
      table.append(
          String.format(
              Locale.ROOT,
              format,
              u.source(),
              count(u.read()),
              count(u.written()),
              count(u.duplicate()),
              count(u.deadLettered())));
    }
    return table.toString();
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** True once the JVM is on its way out. */
  static boolean isEnding() {
    Thread probe = new Thread(() -> {}, "penstock-probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Takes the watch away, unless the JVM is already on its way out. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Shutting down: the hook is telling the user now, which is what it is for. Wait for it, so
      // that the command that ends because of the interruption does not print over it.
      joinHook();
    }
  }

  private void joinHook() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
