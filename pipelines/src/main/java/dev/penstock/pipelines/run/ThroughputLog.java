package dev.penstock.pipelines.run;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.ThroughputSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Writes down how a run gets on: at first five times a second, and half as often each time that
 * {@value #MOST_SAMPLES} samples have come together, so that a run of any length gives a curve.
 */
final class ThroughputLog implements AutoCloseable {
  static final int MOST_SAMPLES = 300;
  private static final Duration TICK = Duration.ofMillis(200);

  private final RunProgress progress;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private final List<ThroughputSample> samples = new ArrayList<>();
  private final ScheduledExecutorService timer;
  private int ticks;
  private int every = 1;

  ThroughputLog(RunProgress progress, LongSupplier nanoClock) {
    this.progress = progress;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "penstock-throughput");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to write down the progress of a run, until {@link #close}. */
  static ThroughputLog start(String runId) {
    ThroughputLog log = new ThroughputLog(RunProgress.of(runId), System::nanoTime);
    // The timer is cancelled in close(); a tick that failed would only end the curve early.
    @SuppressWarnings("unused")
    var ticking =
        log.timer.scheduleAtFixedRate(
            log::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    return log;
  }

  synchronized void tick() {
    if (++ticks % every == 0) {
      samples.add(now());
      if (samples.size() >= MOST_SAMPLES) {
        thin();
      }
    }
  }

  private void thin() {
    for (int i = samples.size() - 2; i >= 0; i -= 2) {
      samples.remove(i);
    }
    every *= 2;
  }

  private ThroughputSample now() {
    LedgerEntry sum = progress.total();
    return new ThroughputSample(
        Duration.ofNanos(nanoClock.getAsLong() - startNanos),
        sum.read(),
        sum.written() + sum.duplicate(),
        sum.deadLettered());
  }

  /** What was written down, the end included; nothing when this process saw no record. */
  synchronized List<ThroughputSample> samples() {
    ThroughputSample last = now();
    if (last.read() == 0 && last.written() == 0) {
      return List.of();
    }
    List<ThroughputSample> all = new ArrayList<>(samples);
    all.add(last);
    return all;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
