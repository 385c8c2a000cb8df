package dev.penstock.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.ThroughputSample;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

public class ThroughputLogTest {
  private long nanos;

  private ThroughputLog log(String runId) {
    return new ThroughputLog(RunProgress.of(runId), () -> nanos);
  }

  @Test
  public void whatWasSeenIsWrittenDownWithItsTime() {
    try (ThroughputLog log = log("throughput-seen")) {
      RunProgress progress = RunProgress.of("throughput-seen");
      nanos = Duration.ofMillis(200).toNanos();
      progress.add(LedgerEntry.of("a.csv", 10, 4, 1, 0, 2, 0));
      log.tick();
      nanos = Duration.ofMillis(300).toNanos();
      progress.add(LedgerEntry.read("b.csv", 5));

      assertEquals(
          List.of(
              new ThroughputSample(Duration.ofMillis(200), 10, 6, 1),
              new ThroughputSample(Duration.ofMillis(300), 15, 6, 1)),
          log.samples());
    }
  }

  @Test
  public void aLongRunKeepsFewSamplesFromBeginningToEnd() {
    try (ThroughputLog log = log("throughput-long")) {
      RunProgress progress = RunProgress.of("throughput-long");
      for (int tick = 1; tick <= 10_000; tick++) {
        nanos = tick * 200_000_000L;
        progress.add(LedgerEntry.read("a.csv", 3));
        log.tick();
      }
      List<ThroughputSample> samples = log.samples();

      assertThat(samples.size(), greaterThan(ThroughputLog.MOST_SAMPLES / 2));
      assertThat(samples.size(), lessThanOrEqualTo(ThroughputLog.MOST_SAMPLES));
      assertEquals(Duration.ofSeconds(2000), samples.get(samples.size() - 1).elapsed());
      assertEquals(30_000, samples.get(samples.size() - 1).read());
      long step = samples.get(0).elapsed().toMillis();
      for (int i = 1; i < samples.size() - 1; i++) {
        Duration since = samples.get(i).elapsed().minus(samples.get(i - 1).elapsed());
        assertEquals(step, since.toMillis());
      }
    }
  }

  @Test
  public void ofARunThatThisProcessDidNotSeeNothingIsTold() {
    try (ThroughputLog log = log("throughput-elsewhere")) {
      log.tick();
      assertEquals(List.of(), log.samples());
    }
  }
}
