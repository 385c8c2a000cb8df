package dev.penstock.io.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets that topics of Kafka hold, to be compared with what became of their records.
 *
 * <pre>{@code
 * try (KafkaOffsets kafka = ReadKafka.from("localhost:9092").topics("orders").offsets()) {
 *   for (KafkaOffsets.Reach reach : kafka.reaches()) {
 *     kafka.records(reach, reach.begin(), reach.end(), offset -> seen.add(offset));
 *   }
 * }
 * }</pre>
 *
 * <p><b>Guarantees.</b> Only records of committed transactions are counted as records; an offset
 * may be that of no record (the mark of a transaction, or a record that compaction has removed).
 *
 * <p>An instance serves one thread.
 */
public final class KafkaOffsets implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicChoice topics;

  KafkaOffsets(KafkaConsumer<byte[], byte[]> consumer, TopicChoice topics) {
    this.consumer = consumer;
    this.topics = topics;
  }

  /**
   * How far a partition reaches.
   *
   * @param topic name of the topic
   * @param partition number of the partition
   * @param begin the oldest offset that is there
   * @param end the offset behind the last committed one
   */
  public record Reach(String topic, int partition, long begin, long end) {
    /** Name of the unit of input, as in positions and in the ledger. */
    public String source() {
      return topic + "-" + partition;
    }
  }

  /** The partitions as they are now, in order of topic and number. */
  public List<Reach> reaches() {
    List<TopicPartition> partitions = topics.partitions(consumer);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<Reach> reaches = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      reaches.add(
          new Reach(
              partition.topic(),
              partition.partition(),
              begins.getOrDefault(partition, 0L),
              ends.getOrDefault(partition, 0L)));
    }
    return reaches;
  }

  /**
   * The offsets of the records of a range, in order; reads the records.
   *
   * @param from the first offset of the range
   * @param to the offset behind its last one
   */
  public void records(Reach reach, long from, long to, LongConsumer offsets) {
    OffsetRange range = new OffsetRange(reach.topic(), reach.partition(), from, to);
    RangeScan.read(
        consumer, range, records -> records.forEach(record -> offsets.accept(record.offset())));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
