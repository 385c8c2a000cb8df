package dev.penstock.samples.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic that nobody writes any more, with all that is in it; and one that is filled. */
final class WholeTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private WholeTopic() {}

  /** All records of all partitions, each partition's in order. */
  static List<ConsumerRecord<byte[], byte[]>> read(LocalKafka kafka, String topic) {
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<TopicPartition> open = new HashSet<>(partitions);
      long end = System.nanoTime() + PATIENCE.toNanos();
      open.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
      while (!open.isEmpty()) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        open.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
        if (System.nanoTime() > end) {
          throw new AssertionError("Only " + records.size() + " records came of " + topic);
        }
      }
    }
    return records;
  }

  /** Sends values to a topic of one partition. */
  static void fill(LocalKafka kafka, String topic, List<byte[]> values) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            16 << 20,
            // As in Topics: a topic that has just been made may lose a batch otherwise.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);
    try (KafkaProducer<byte[], byte[]> sender =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (byte[] value : values) {
        var unused = sender.send(new ProducerRecord<>(topic, value));
      }
    }
  }
}
