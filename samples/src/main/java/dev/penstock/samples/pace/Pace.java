package dev.penstock.samples.pace;

import java.util.concurrent.locks.LockSupport;

/**
 * Spaces events evenly, so that a rate is the rate that was asked for.
 *
 * <pre>{@code
 * Pace pace = Pace.perMinute(500);
 * for (long number = 0; pace.await(number); number++) {
 *   send(number);
 * }
 * }</pre>
 *
 * <p>An event is due at the start plus its number times the interval, whatever the events before it
 * took: the rate neither drifts nor comes in bursts of a rounded size. What is late is done at once
 * until it has caught up. A pace belongs to one thread and begins with the first call of {@link
 * #await}.
 */
public final class Pace {
  private static final double NANOS = 1e9;
  private static final double SECONDS_OF_A_MINUTE = 60;

  private final double rate;
  private final Time time;
  private long start;
  private boolean started;

  /** The time that passes, and waiting for it. */
  interface Time {
    long nanos();

    /** Waits for about as long, or less. */
    void pass(long nanos);
  }

  /** The time of this machine. */
  private static final class MachineTime implements Time {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pass(long nanos) {
      LockSupport.parkNanos(nanos);
    }
  }

  private Pace(double rate, Time time) {
    this.rate = rate;
    this.time = time;
  }

  /** So many events a second; 0 for as fast as they can be made. */
  public static Pace perSecond(double events) {
    return perSecond(events, new MachineTime());
  }

  static Pace perSecond(double events, Time time) {
    if (!(events >= 0) || Double.isInfinite(events)) {
      throw new IllegalArgumentException("The rate is " + events + "; give 0 or more");
    }
    return new Pace(events, time);
  }

  /** So many events a minute; 0 for as fast as they can be made. */
  public static Pace perMinute(double events) {
    return perSecond(events / SECONDS_OF_A_MINUTE);
  }

  /**
   * Waits until the event of a number, counted from 0, is due.
   *
   * @return false when the thread has been interrupted, which stays so
   */
  public boolean await(long number) {
    if (!started) {
      started = true;
      start = time.nanos();
    }
    long due = rate == 0 ? start : start + Math.round(number * NANOS / rate);
    for (long left = due - time.nanos(); left > 0; left = due - time.nanos()) {
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      time.pass(left);
    }
    return !Thread.currentThread().isInterrupted();
  }
}
