package dev.penstock.io.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets records pass at a rate that all threads of this JVM share: one at a time, at even distances.
 */
final class Pacer {
  private static final Map<String, Pacer> OF_RUNS = new ConcurrentHashMap<>();
  private static final double SECOND = 1e9;

  /** How far a thread that was held up may catch up; beyond it, time is lost and no burst made. */
  private static final double CATCH_UP = SECOND / 10;

  private final double distance;
  private final LongSupplier nanos;
  private final long began;
  private double next;

  /**
   * A rate.
   *
   * @param perSecond records in a second
   * @param nanos tells the time
   */
  Pacer(double perSecond, LongSupplier nanos) {
    this.distance = SECOND / perSecond;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** The pacer of a run in this JVM. */
  static Pacer of(String runId, double perSecond) {
    return OF_RUNS.computeIfAbsent(runId, id -> new Pacer(perSecond, System::nanoTime));
  }

  /** Waits until the next record may pass. */
  void await() {
    long wait = reserve();
    long until = nanos.getAsLong() + wait;
    while (wait > 0) {
      LockSupport.parkNanos(wait);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("Interrupted while keeping to --recordsPerSecond");
      }
      wait = until - nanos.getAsLong();
    }
  }

  /** Takes the next place; gives how long it is until then, in nanoseconds. */
  synchronized long reserve() {
    double now = (double) (nanos.getAsLong() - began);
    double due = Math.max(next, now - CATCH_UP);
    next = due + distance;
    return (long) Math.ceil(due - now);
  }
}
