package dev.penstock.pipelines.cli;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how a run is getting on: one redrawn line on a terminal, a plain line every ten seconds
 * elsewhere; always on stderr, so that results can be piped.
 *
 * <pre>{@code
 * try (ProgressReporter progress = ProgressReporter.start(terminal, options.getRunId())) {
 *   result.waitUntilFinish();
 * }
 * }</pre>
 *
 * <p>The counts are attempts of this JVM's workers (see {@link RunProgress}), not the ledger.
 */
public final class ProgressReporter implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final Duration PLAIN = Duration.ofSeconds(10);
  private static final String CLEAR_TO_END = "\u001b[K";

  private final Terminal terminal;
  private final RunProgress progress;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private final ScheduledExecutorService timer;
  private long lastNanos;
  private long lastRead;
  private double rate;
  private boolean drawn;

  ProgressReporter(Terminal terminal, RunProgress progress, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.progress = progress;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "penstock-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts to report on a run until {@link #close}. */
  public static ProgressReporter start(Terminal terminal, String runId) {
    ProgressReporter reporter =
        new ProgressReporter(terminal, RunProgress.of(runId), System::nanoTime);
    reporter.every(terminal.isInteractive() ? REDRAW : PLAIN);
    return reporter;
  }

  private void every(Duration interval) {
    long nanos = interval.toNanos();
    // The timer is cancelled in close(); a tick that failed would only lose a line of progress.
    @SuppressWarnings("unused")
    var ticking = timer.scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Prints or redraws the line. */
  synchronized void tick() {
    if (Interruption.isEnding()) {
      return;
    }
    LedgerEntry sum = LedgerEntry.read("", 0);
    for (LedgerEntry unit : progress.units()) {
      sum = sum.plus(unit);
    }
    long now = nanoClock.getAsLong();
    measureRate(sum.read(), now);
    String line = line(sum, Duration.ofNanos(now - startNanos));
    if (terminal.isInteractive()) {
      String fitting =
          line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1);
      terminal.err().print("\r" + fitting + CLEAR_TO_END);
      terminal.err().flush();
      drawn = true;
    } else {
      terminal.err().println(line);
    }
  }

  /** Smooths a little, because workers report once a bundle. */
  private void measureRate(long read, long now) {
    double seconds = (now - lastNanos) / 1e9;
    if (seconds > 0) {
      double latest = (read - lastRead) / seconds;
      rate = lastRead == 0 ? latest : 0.7 * rate + 0.3 * latest;
      lastNanos = now;
      lastRead = read;
    }
  }

  private String line(LedgerEntry sum, Duration elapsed) {
    return String.format(
        Locale.ROOT,
        "%,d read (%,.0f/s), %,d written, %,d dead letters, %d:%02d",
        sum.read(),
        rate,
        sum.written() + sum.duplicate(),
        sum.deadLettered(),
        elapsed.toMinutes(),
        elapsed.toSecondsPart());
  }

  /** Stops, and takes the redrawn line off the terminal. */
  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      if (drawn) {
        terminal.err().print("\r" + CLEAR_TO_END);
        terminal.err().flush();
        drawn = false;
      }
    }
  }
}
