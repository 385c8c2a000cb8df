package dev.penstock.samples.bigquery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that stands still until it is told to go on. */
final class MovableClock extends Clock {
  private final ZoneId zone;
  private volatile Instant now;

  MovableClock(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  void forward(long seconds) {
    now = now.plusSeconds(seconds);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new MovableClock(now, other);
  }
}
