package dev.penstock.pipelines.report;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.ThroughputSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class RatesTest {
  private static ThroughputSample sample(long millis, long read) {
    return new ThroughputSample(Duration.ofMillis(millis), read, 0, 0);
  }

  @Test
  public void anEvenRunHasAnEvenCurve() {
    List<ThroughputSample> samples = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      samples.add(sample(i * 1000L, i * 500L));
    }
    Rates rates = Rates.of(samples, ThroughputSample::read);
    assertEquals(500, rates.peak(), 1e-6);
    assertEquals("M12.50 50.00L37.50 50.00L62.50 50.00L87.50 50.00", rates.line(100, 100, 1000));
  }

  @Test
  public void aBatchCountsForTheTimeItTook() {
    Rates rates =
        Rates.of(
            List.of(sample(500, 0), sample(1000, 1000), sample(1500, 1000), sample(2000, 2000)),
            ThroughputSample::read);
    assertEquals(1000, rates.peak(), 1e-6);
    assertEquals("M25.00 50.00L75.00 50.00L125.00 50.00L175.00 50.00", rates.line(200, 100, 2000));
  }

  @Test
  public void nothingAtAllIsALineAtTheBottom() {
    Rates rates = Rates.of(List.of(sample(1, 0), sample(2, 0)), ThroughputSample::read);
    assertEquals(0, rates.peak(), 0);
    assertEquals("M25.00 10.00L75.00 10.00", rates.line(100, 10, Rates.roundUp(0)));
  }

  @Test
  public void axesEndAtRoundNumbers() {
    assertEquals(1, Rates.roundUp(0), 0);
    assertEquals(1500, Rates.roundUp(1234), 1e-9);
    assertEquals(8000, Rates.roundUp(8000), 1e-9);
    assertEquals(10_000, Rates.roundUp(8001), 1e-9);
  }
}
