package dev.penstock.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has come: the next offset of each of its partitions. When the runner says that
 * what came of the records is safe, the offsets are committed.
 */
final class KafkaMark implements UnboundedSource.CheckpointMark {
  private final TreeMap<String, Long> next;
  private final @Nullable PartitionPoller poller;

  KafkaMark(Map<String, Long> next, @Nullable PartitionPoller poller) {
    this.next = new TreeMap<>(next);
    this.poller = poller;
  }

  /** Next offsets by {@code topic-partition}. */
  Map<String, Long> next() {
    return next;
  }

  @Override
  public void finalizeCheckpoint() {
    if (poller != null) {
      poller.commit(next);
    }
  }

  /** Keeps the offsets alone. */
  static final class MarkCoder extends CustomCoder<KafkaMark> {
    private static final long serialVersionUID = 1L;
    private static final MapCoder<String, Long> OFFSETS =
        MapCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

    @Override
    public void encode(KafkaMark mark, OutputStream out) throws IOException {
      OFFSETS.encode(mark.next(), out);
    }

    @Override
    public KafkaMark decode(InputStream in) throws IOException {
      return new KafkaMark(OFFSETS.decode(in), null);
    }
  }
}
