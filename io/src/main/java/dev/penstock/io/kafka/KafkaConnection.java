package dev.penstock.io.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Kafka cluster, in a form that travels to the workers. What is secret stays in the
 * file, which each worker reads for itself.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param settingsFile file of client settings on any Beam file system, or null
 * @param group consumer group that offsets are committed for, or null for none
 */
record KafkaConnection(
    String bootstrapServers, @Nullable String settingsFile, @Nullable String group)
    implements Serializable {

  /** Settings that would break what is promised, each with what to do instead. */
  private static final Map<String, String> REFUSED =
      Map.of(
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          "offsets are committed when what was read is stored, and not by a clock, which loses"
              + " records when a run fails: leave it out",
          ConsumerConfig.GROUP_ID_CONFIG,
          "give the group by --groupId",
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          "give the servers by --bootstrapServers",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          "say by --start where to begin; offsets that are no longer there fail the run instead of"
              + " being skipped",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          "records are read as bytes, and parsed by the contract: leave it out",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          "records are read as bytes, and parsed by the contract: leave it out");

  /**
   * How long somebody who waits for an answer before a run is kept waiting: servers that are there
   * answer within it, and those that are not need no longer to be found missing.
   */
  static final Duration CHECK = Duration.ofSeconds(8);

  /** A consumer that is assigned its partitions, and commits when it is told to. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return consumer(Map.of());
  }

  /** One that knows of new partitions after this time; by itself the client asks rarely. */
  KafkaConsumer<byte[], byte[]> consumer(Duration discovery) {
    return consumer(Map.of(ConsumerConfig.METADATA_MAX_AGE_CONFIG, discovery.toMillis()));
  }

  /** One that gives up soon, to see before a run whether there is anything to be read. */
  KafkaConsumer<byte[], byte[]> checkingConsumer() {
    return consumer(
        Map.of(
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) CHECK.toMillis(),
            // The client warns of each attempt, and a few say as much as many.
            ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG,
            3_000,
            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            3_000));
  }

  private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    settings.putAll(more);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    // The client's own 64 KiB keep the system from making room for a line that is fast or long.
    settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    SettingsFile.read(settingsFile, REFUSED)
        .forEach((name, value) -> settings.put(String.valueOf(name), value));
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    if (group != null) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
