package dev.penstock.io.kafka;

import dev.penstock.io.sink.StreamLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hands over what {@link PartitionPoller} has polled, and keeps the time of each partition. */
final class KafkaReader extends UnboundedSource.UnboundedReader<KafkaBlock> {
  private static final long TELL_LAG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final KafkaSource source;
  private final Map<String, Gauge> lags = new HashMap<>();
  private final Map<String, Long> next = new HashMap<>();
  private final Map<String, Long> latest = new HashMap<>();
  private @Nullable PartitionPoller poller;
  private @Nullable KafkaBlock current;
  private long lagToldNanos = System.nanoTime();
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  KafkaReader(KafkaSource source, @Nullable KafkaMark mark) {
    this.source = source;
    if (mark != null) {
      next.putAll(mark.next());
    }
  }

  @Override
  public boolean start() {
    poller = PartitionPoller.start(source, Map.copyOf(next));
    return advance();
  }

  @Override
  public boolean advance() {
    if (System.nanoTime() - lagToldNanos >= TELL_LAG_NANOS) {
      tellLag(opened());
      lagToldNanos = System.nanoTime();
    }
    current = opened().poll();
    if (current == null) {
      return false;
    }
    next.put(current.source(), current.next());
    latest.merge(current.source(), current.latest(), Math::max);
    return true;
  }

  /** What is in each partition, and was not handed over yet. */
  private void tellLag(PartitionPoller from) {
    from.ends()
        .forEach(
            (partition, end) -> {
              Long begun = from.starts().get(partition);
              long at = next.getOrDefault(partition, begun == null ? end : begun);
              boolean none = from.caughtUp().getOrDefault(partition, false);
              lags.computeIfAbsent(partition, KafkaReader::lag)
                  .set(none ? 0 : Math.max(0, end - at));
            });
  }

  private static Gauge lag(String partition) {
    return Metrics.gauge(StreamLedger.METRICS, partition + ".lag");
  }

  private PartitionPoller opened() {
    if (poller == null) {
      throw new IllegalStateException("The reader was not started");
    }
    return poller;
  }

  @Override
  public KafkaBlock getCurrent() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    return Instant.ofEpochMilli(getCurrent().earliest());
  }

  /**
   * The time up to which everything has been read, as far as the order in each partition tells: the
   * earliest of the partitions' times. One without further records does not hold the others back;
   * its time follows the clock at a distance.
   */
  @Override
  public Instant getWatermark() {
    if (poller == null || !poller.looked()) {
      return Instant.ofEpochMilli(watermark);
    }
    long disorder = source.time().disorder().toMillis();
    long idle = Math.max(disorder, source.time().idleAfter().toMillis());
    long clock = System.currentTimeMillis() - idle;
    long earliest = clock;
    for (Map.Entry<String, Boolean> partition : poller.caughtUp().entrySet()) {
      Long last = latest.get(partition.getKey());
      long read = last == null ? watermark : last - disorder;
      earliest = Math.min(earliest, partition.getValue() ? Math.max(read, clock) : read);
    }
    watermark = Math.max(watermark, earliest);
    return Instant.ofEpochMilli(watermark);
  }

  @Override
  public KafkaMark getCheckpointMark() {
    // A partition without a record so far goes on where it began, and not at a later 'latest'.
    Map<String, Long> places = new HashMap<>();
    if (poller != null) {
      places.putAll(poller.starts());
    }
    places.putAll(next);
    return new KafkaMark(places, poller);
  }

  @Override
  public KafkaSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.close();
    }
  }
}
