package dev.penstock.io.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic up to where it ends now: for each key offset and value, which is empty for a
 * tombstone.
 */
final class ReadLettersFn extends DoFn<byte[], KV<String, KV<Long, byte[]>>> {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  private final KafkaConnection connection;
  private final String topic;

  ReadLettersFn(KafkaConnection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
  }

  @ProcessElement
  public void process(OutputReceiver<KV<String, KV<Long, byte[]>>> out) {
    try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> open = new HashMap<>(consumer.endOffsets(partitions));
      open.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
      while (!open.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          out.output(KV.of(key(record), KV.of(record.offset(), value(record))));
        }
        open.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
      }
    }
  }

  /** Records without a key are letters of their own; they cannot be marked. */
  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null
        ? record.partition() + "-" + record.offset()
        : new String(record.key(), StandardCharsets.UTF_8);
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? NOTHING : record.value();
  }
}
