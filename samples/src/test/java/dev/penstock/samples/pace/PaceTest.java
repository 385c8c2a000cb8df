package dev.penstock.samples.pace;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public final class PaceTest {
  /** Passes as fast as it is waited for. */
  private static final class QuickTime implements Pace.Time {
    private long now = 17;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void pass(long nanos) {
      // Never longer than it was asked to; here often less.
      now += Math.max(1, Math.min(nanos, 40_000_000));
    }
  }

  private final QuickTime time = new QuickTime();

  @Test
  public void aMinuteHasAsManyEventsAsWereAskedFor() {
    for (int perMinute : new int[] {1, 100, 500, 1000, 2000, 60_000}) {
      Pace pace = Pace.perSecond(perMinute / 60.0, time);
      long start = time.nanos();
      long events = 0;
      while (pace.await(events) && time.nanos() - start < 60_000_000_000L) {
        events++;
      }
      assertEquals(perMinute, events);
    }
  }

  @Test
  public void eventsAreSpacedEvenlyAndLateOnesAreCaughtUpWith() {
    Pace pace = Pace.perSecond(10, time);
    List<Long> millis = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      assertTrue(pace.await(number));
      millis.add((time.nanos() - 17) / 1_000_000);
      if (number == 1) {
        time.now += 250_000_000;
      }
    }
    assertEquals(List.of(0L, 100L, 350L, 350L, 400L, 500L), millis);
  }

  @Test
  public void withoutARateNothingWaits() {
    Pace pace = Pace.perMinute(0);
    for (int number = 0; number < 1000; number++) {
      assertTrue(pace.await(number));
    }
  }

  @Test
  public void anInterruptedThreadIsToldToStop() {
    Thread.currentThread().interrupt();
    assertFalse(Pace.perSecond(0.001).await(1));
    assertTrue(Thread.interrupted());
  }

  @Test
  public void aRateBelowZeroIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Pace.perSecond(-1));
    assertEquals("The rate is -1.0; give 0 or more", refused.getMessage());
  }
}
