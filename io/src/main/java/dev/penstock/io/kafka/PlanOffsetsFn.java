package dev.penstock.io.kafka;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Looks once how far the partitions reach, and divides what is there into ranges. */
final class PlanOffsetsFn extends DoFn<byte[], OffsetRange> {
  private static final long serialVersionUID = 1L;

  /** Ranges that a topic is divided into, so that all workers have some. */
  private static final long RANGES = 64;

  /**
   * Bounds of the offsets of a range. At the end of each, what the client has fetched ahead, up to
   * some megabytes, is thrown away, so a range is many times as large.
   */
  private static final long LEAST_OFFSETS = 100_000;

  private static final long MOST_OFFSETS = 1_000_000;

  private final KafkaConnection connection;
  private final TopicChoice topics;
  private final StartAt start;

  PlanOffsetsFn(KafkaConnection connection, TopicChoice topics, StartAt start) {
    this.connection = connection;
    this.topics = topics;
    this.start = start;
  }

  @ProcessElement
  public void process(OutputReceiver<OffsetRange> out) {
    try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer()) {
      List<TopicPartition> partitions = topics.partitions(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> starts = start.offsets(consumer, partitions);
      long all = 0;
      for (TopicPartition partition : partitions) {
        all += ends.getOrDefault(partition, 0L) - starts.getOrDefault(partition, 0L);
      }
      long size = Math.max(LEAST_OFFSETS, Math.min(MOST_OFFSETS, all / RANGES));
      starts.forEach(
          (partition, from) ->
              divide(partition, from, ends.getOrDefault(partition, 0L), size, out));
    }
  }

  private static void divide(
      TopicPartition partition, long from, long end, long size, OutputReceiver<OffsetRange> out) {
    for (long at = from; at < end; at += size) {
      out.output(
          new OffsetRange(partition.topic(), partition.partition(), at, Math.min(end, at + size)));
    }
  }
}
