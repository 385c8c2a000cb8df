package dev.penstock.pipelines.cli;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunOptions;
import dev.penstock.transforms.ledger.RunProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run is getting on: one redrawn line on a terminal, a plain line every ten seconds
 * elsewhere; always on stderr, so that results can be piped.
 *
 * <pre>{@code
 * try (ProgressReporter progress = ProgressReporter.start(terminal, options, null)) {
 *   result.waitUntilFinish();
 * }
 * }</pre>
 *
 * <p>The counts are attempts of this JVM's workers (see {@link RunProgress}), not the ledger. Of
 * workers elsewhere it shows what a {@link RemoteWatch} sees.
 */
public final class ProgressReporter implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final Duration REDRAW_REMOTE = Duration.ofSeconds(2);
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
  private @Nullable Remote remote;

  /** A run elsewhere, and whether its place has been told. */
  private static final class Remote {
    final RemoteWatch watch;
    final RunOptions options;
    boolean placeTold;

    Remote(RemoteWatch watch, RunOptions options) {
      this.watch = watch;
      this.options = options;
    }
  }

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

  /**
   * Starts to report on a run until {@link #close}.
   *
   * @param records report each time so many records were read; null for each few seconds
   */
  public static ProgressReporter start(
      Terminal terminal, RunOptions options, @Nullable Long records) {
    RunProgress progress = RunProgress.of(options.getRunId());
    ProgressReporter reporter = new ProgressReporter(terminal, progress, System::nanoTime);
    RemoteWatch.of(options).ifPresent(watch -> reporter.watch(watch, options));
    Duration redraw = reporter.remote == null ? REDRAW : REDRAW_REMOTE;
    if (records == null || reporter.remote != null) {
      reporter.every(terminal.isInteractive() ? redraw : PLAIN);
    } else {
      progress.onEvery(records, reporter::tick);
    }
    return reporter;
  }

  /** Reports from now on what a watch sees of workers elsewhere. */
  synchronized void watch(RemoteWatch watch, RunOptions options) {
    remote = new Remote(watch, options);
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
    long now = nanoClock.getAsLong();
    Duration elapsed = Duration.ofNanos(now - startNanos);
    String line = remote == null ? localLine(now) : remoteLine(remote);
    print(
        String.format(
            Locale.ROOT, "%s, %d:%02d", line, elapsed.toMinutes(), elapsed.toSecondsPart()));
  }

  private void print(String line) {
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

  private String remoteLine(Remote run) {
    tellPlace();
    return run.watch.progress(run.options);
  }

  /** Says where a run elsewhere is, once, as soon as its watch knows. */
  public synchronized void tellPlace() {
    Remote run = remote;
    if (run == null || run.placeTold) {
      return;
    }
    run.watch
        .place(run.options)
        .ifPresent(
            place -> {
              terminal.err().println((drawn ? "\r" + CLEAR_TO_END : "") + place);
              run.placeTold = true;
            });
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

  private String localLine(long now) {
    LedgerEntry sum = LedgerEntry.read("", 0);
    for (LedgerEntry unit : progress.units()) {
      sum = sum.plus(unit);
    }
    measureRate(sum.read(), now);
    return String.format(
        Locale.ROOT,
        "%,d read (%,.0f/s), %,d written, %,d dead letters",
        sum.read(),
        rate,
        sum.written() + sum.duplicate(),
        sum.deadLettered());
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
