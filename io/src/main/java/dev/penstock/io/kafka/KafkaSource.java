package dev.penstock.io.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of some topics, as blocks of records.
 *
 * <p>A source that is split has a fixed number of parts, and each partition belongs to one of them
 * by its topic and number. So a partition that is made later has its reader at once, and a job that
 * goes on with other workers has the same parts.
 */
final class KafkaSource extends UnboundedSource<KafkaBlock, KafkaMark> {
  private static final long serialVersionUID = 1L;

  /** Parts at most, for each that the runner asks for: room to grow into. */
  private static final int PARTS_PER_WORKER = 2;

  private final KafkaConnection connection;
  private final TopicChoice topics;
  private final StartAt start;
  private final Duration discovery;
  private final EventTime time;
  private final int part;
  private final int parts;

  KafkaSource(
      KafkaConnection connection,
      TopicChoice topics,
      StartAt start,
      Duration discovery,
      EventTime time) {
    this(connection, topics, start, discovery, time, 0, 1);
  }

  private KafkaSource(
      KafkaConnection connection,
      TopicChoice topics,
      StartAt start,
      Duration discovery,
      EventTime time,
      int part,
      int parts) {
    this.connection = connection;
    this.topics = topics;
    this.start = start;
    this.discovery = discovery;
    this.time = time;
    this.part = part;
    this.parts = parts;
  }

  KafkaConnection connection() {
    return connection;
  }

  TopicChoice topics() {
    return topics;
  }

  StartAt start() {
    return start;
  }

  /** How often new partitions are looked for. */
  Duration discovery() {
    return discovery;
  }

  /** How long after the present moment the time of a partition without records stays. */
  EventTime time() {
    return time;
  }

  /** Whether this part reads a partition. */
  boolean owns(TopicPartition partition) {
    return Math.floorMod(partition.topic().hashCode() + partition.partition(), parts) == part;
  }

  String describe() {
    return topics.describe() + (parts == 1 ? "" : ", part " + (part + 1) + " of " + parts);
  }

  @Override
  public List<KafkaSource> split(int desired, PipelineOptions options) {
    int count;
    try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer()) {
      count = topics.partitions(consumer).size();
    }
    int most = Math.max(1, Math.min(count, desired * PARTS_PER_WORKER));
    List<KafkaSource> split = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      split.add(new KafkaSource(connection, topics, start, discovery, time, i, most));
    }
    return split;
  }

  @Override
  public UnboundedReader<KafkaBlock> createReader(
      PipelineOptions options, @Nullable KafkaMark mark) {
    return new KafkaReader(this, mark);
  }

  @Override
  public Coder<KafkaMark> getCheckpointMarkCoder() {
    return new KafkaMark.MarkCoder();
  }

  @Override
  public Coder<KafkaBlock> getOutputCoder() {
    return KafkaBlockCoder.of();
  }
}
