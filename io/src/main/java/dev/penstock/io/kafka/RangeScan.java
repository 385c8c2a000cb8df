package dev.penstock.io.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads offsets of a partition from one to another, which is there already. */
final class RangeScan {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

  private RangeScan() {}

  /**
   * Hands over the records of a range, some at a time.
   *
   * @param from the consumer, of which the partition is assigned
   * @throws KafkaInputException if records of the range were deleted, or the partition does not
   *     answer for two minutes
   */
  static void read(
      KafkaConsumer<byte[], byte[]> from,
      OffsetRange range,
      Consumer<List<ConsumerRecord<byte[], byte[]>>> records) {
    TopicPartition partition = new TopicPartition(range.topic(), range.partition());
    from.assign(List.of(partition));
    from.seek(partition, range.from());
    long last = System.nanoTime();
    long position = range.from();
    // The position passes transaction markers and compacted records too, which nobody gets.
    while (position < range.to()) {
      List<ConsumerRecord<byte[], byte[]>> polled =
          DeletedOffsets.poll(from, POLL).records(partition).stream()
              .filter(record -> record.offset() < range.to())
              .toList();
      if (!polled.isEmpty()) {
        records.accept(polled);
      }
      long reached = from.position(partition);
      if (reached > position) {
        position = reached;
        last = System.nanoTime();
      } else if (System.nanoTime() - last > PATIENCE_NANOS) {
        throw new KafkaInputException(
            "Partition "
                + partition
                + " gave no record at offset "
                + position
                + " for two minutes, although it reaches to "
                + range.to()
                + ". Is its leader there?",
            null);
      }
    }
  }
}
