package dev.penstock.pipelines.kafkatowarehouse;

import dev.penstock.io.sink.StreamLedger;
import dev.penstock.io.sink.Stretch;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The ledger of one partition as metrics, which monitors of the runner see without asking the
 * warehouse. They are set once for a bundle, when what it holds is entered in the ledger.
 */
final class PartitionMeters {
  private final Counter read;
  private final Counter written;
  private final Counter deadLettered;
  private final Counter filtered;
  private final Gauge offset;

  /** The meters of a unit of input, {@code topic-partition}. */
  PartitionMeters(String source) {
    read = counter(source, "read");
    written = counter(source, "written");
    deadLettered = counter(source, "deadLettered");
    filtered = counter(source, "filtered");
    offset = Metrics.gauge(StreamLedger.METRICS, source + ".offset");
  }

  private static Counter counter(String source, String what) {
    return Metrics.counter(StreamLedger.METRICS, source + "." + what);
  }

  /** Adds what became of the records of a bundle, of which there is at least one. */
  void count(Stretch stretch) {
    long dead = 0;
    long left = 0;
    for (int i = 0; i < stretch.size(); i++) {
      switch (stretch.fate(i)) {
        case DEAD_LETTERED -> dead++;
        case FILTERED -> left++;
        case WRITTEN -> {}
      }
    }
    read.inc(stretch.size());
    written.inc(stretch.size() - dead - left);
    deadLettered.inc(dead);
    filtered.inc(left);
    offset.set(stretch.offset(stretch.size() - 1));
  }
}
