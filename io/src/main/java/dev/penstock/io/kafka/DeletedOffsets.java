package dev.penstock.io.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Tells, when Kafka no longer has what is to be read next, which offsets those are. */
final class DeletedOffsets {
  private static final String WAY_OUT =
      " Nothing was skipped in silence. They cannot be read any more; to go on with what is left,"
          + " start without the old checkpoint or savepoint, with --start=earliest: what is stored"
          + " already does not change, and reconcile names the offsets that are missing";

  private DeletedOffsets() {}

  /**
   * Polls.
   *
   * @throws KafkaInputException if records were deleted that were to be read
   */
  static ConsumerRecords<byte[], byte[]> poll(
      Consumer<byte[], byte[]> consumer, Duration patience) {
    try {
      return consumer.poll(patience);
    } catch (OffsetOutOfRangeException e) {
      throw new KafkaInputException(message(consumer, e), e);
    }
  }

  private static String message(Consumer<?, ?> consumer, OffsetOutOfRangeException asked) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(asked.partitions());
    List<String> deleted = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    asked
        .offsetOutOfRangePartitions()
        .forEach(
            (partition, at) -> {
              long last = begins.getOrDefault(partition, 0L) - 1;
              if (at > last) {
                ended.add(partition + " has no offset " + at);
              } else {
                deleted.add(partition + " offsets " + at + "-" + last);
              }
            });
    Collections.sort(deleted);
    Collections.sort(ended);
    return deleted.isEmpty()
        ? String.join(", ", ended)
            + ", where reading was to go on: the topic was made anew, or these are servers of another"
            + " cluster. Start without the old checkpoint or savepoint"
        : "Records were deleted before they were read (retention): "
            + String.join(", ", deleted)
            + "."
            + WAY_OUT;
  }
}
