package dev.penstock.io.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * How to send to a Kafka cluster, in a form that travels to the workers. What is secret stays in
 * the file, which each worker reads for itself.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param settingsFile file of client settings on any Beam file system, or null
 * @param compression of batches
 */
record KafkaDestination(
    String bootstrapServers, @Nullable String settingsFile, KafkaCompression compression)
    implements Serializable {
  private static final String BYTES = "records are written as bytes: leave it out";

  /** Settings that would break what is promised, each with what to do instead. */
  private static final Map<String, String> REFUSED =
      Map.of(
          ProducerConfig.ACKS_CONFIG,
          "a record counts as written when all replicas have it (acks=all): leave it out",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          "the producer is idempotent always, so that its own retries repeat nothing: leave it out",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          "no transactions are used, which would outlive a worker's failure: leave it out",
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          "give the servers by --bootstrapServers, or in kafka://<host>:<port>/<topic>",
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          BYTES,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          BYTES);

  /** Largest record that is tried; what the topic allows is the broker's to say. */
  private static final int MAX_REQUEST_BYTES = 16 << 20;

  private static final List<String> TIMEOUTS =
      List.of(
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);

  /** A producer whose retries repeat nothing, and whose records are on all replicas when sent. */
  KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.setting());
    fromFile().forEach((name, value) -> settings.put(String.valueOf(name), value));
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // With several on their way, a topic that was just made may take the second one first. The
    // first
    // is out of order then, however often it is sent again, and is given up after two minutes.
    settings.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A client that asks for topics and makes them. */
  Admin admin() {
    return admin(Duration.ofSeconds(30));
  }

  /** One that gives up soon, to see before a run whether anything can be written. */
  Admin checkingAdmin() {
    return admin(KafkaConnection.CHECK);
  }

  private Admin admin(Duration patience) {
    Map<String, Object> settings = new HashMap<>();
    fromFile().forEach((name, value) -> settings.put(String.valueOf(name), value));
    // The client takes no pair of them in which one answer may take longer than all together.
    if (Collections.disjoint(settings.keySet(), TIMEOUTS)) {
      TIMEOUTS.forEach(timeout -> settings.put(timeout, (int) patience.toMillis()));
    }
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return Admin.create(settings);
  }

  private Properties fromFile() {
    return SettingsFile.read(settingsFile, REFUSED);
  }
}
