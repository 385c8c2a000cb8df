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
    long[] of = new long[Stretch.Fate.values().length];
    for (int i = 0; i < stretch.size(); i++) {
      of[stretch.fate(i).ordinal()]++;
    }
    read.inc(stretch.size());
    written.inc(of[Stretch.Fate.WRITTEN.ordinal()]);
    deadLettered.inc(of[Stretch.Fate.DEAD_LETTERED.ordinal()]);
    filtered.inc(of[Stretch.Fate.FILTERED.ordinal()]);
    offset.set(stretch.offset(stretch.size() - 1));
  }
}
