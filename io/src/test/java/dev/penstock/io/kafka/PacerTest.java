package dev.penstock.io.kafka;

import static org.junit.Assert.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class PacerTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong clock = new AtomicLong(5_000);
  private final Pacer pacer = new Pacer(100, clock::get);

  /** How long the next record waits, in milliseconds. */
  private long waiting(long laterMillis) {
    clock.addAndGet(laterMillis * MILLI);
    return pacer.reserve() / MILLI;
  }

  @Test
  public void recordsPassAtEvenDistances() {
    assertEquals(0, waiting(0));
    assertEquals(10, waiting(0));
    assertEquals(20, waiting(0));
    assertEquals(20, waiting(10));
  }

  @Test
  public void whoWasHeldUpForAMomentCatchesUp() {
    assertEquals(0, waiting(0));
    assertEquals(-40, waiting(50));
    assertEquals(-30, waiting(0));
  }

  @Test
  public void aLongPauseIsNotFollowedByABurst() {
    assertEquals(0, waiting(0));
    assertEquals(-100, waiting(60_000));
    int passing = 1;
    while (waiting(0) <= 0) {
      passing++;
    }
    assertEquals("what a tenth of a second holds, and one", 11, passing);
  }
}
