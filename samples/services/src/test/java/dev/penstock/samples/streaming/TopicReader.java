package dev.penstock.samples.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic of one partition from its beginning. */
final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<String, String> consumer;
  private final String topic;
  private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

  TopicReader(String bootstrapServers, String topic) {
    this.topic = topic;
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 500);
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
  }

  /** Waits until so many records have been read, and gives all of them. */
  List<ConsumerRecord<String, String>> await(int records) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (read.size() < records) {
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Only " + read.size() + " of " + records + " records in " + topic + ": " + read);
      }
    }
    return List.copyOf(read);
  }

  /** Waits for a record with a key, and gives the keys of all that have been read. */
  List<String> awaitKey(String key) {
    List<String> keys = List.of();
    while (!keys.contains(key)) {
      keys = await(read.size() + 1).stream().map(ConsumerRecord::key).toList();
    }
    return keys;
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
