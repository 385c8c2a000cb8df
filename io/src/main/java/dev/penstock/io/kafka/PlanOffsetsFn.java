package dev.penstock.io.kafka;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Looks once how far the partitions reach, and divides what is there into ranges. */
final class PlanOffsetsFn extends DoFn<byte[], OffsetRange> {
  private static final long serialVersionUID = 1L;

  /** Many enough that a worker is busy for a while, few enough that all workers have some. */
  private static final long OFFSETS_PER_RANGE = 100_000;

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
      start
          .offsets(consumer, partitions)
          .forEach(
              (partition, from) -> divide(partition, from, ends.getOrDefault(partition, 0L), out));
    }
  }

  private static void divide(
      TopicPartition partition, long from, long end, OutputReceiver<OffsetRange> out) {
    for (long at = from; at < end; at += OFFSETS_PER_RANGE) {
      out.output(
          new OffsetRange(
              partition.topic(), partition.partition(), at, Math.min(end, at + OFFSETS_PER_RANGE)));
    }
  }
}
