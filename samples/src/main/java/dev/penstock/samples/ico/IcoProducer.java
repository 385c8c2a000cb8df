package dev.penstock.samples.ico;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to Kafka, to topics with the partitions and retention of the sample.
 *
 * <pre>{@code
 * try (IcoProducer producer = IcoProducer.to("localhost:9092")) {
 *   IcoGenerator.withSeed(7).messages(10_000).run(producer);
 * }
 * }</pre>
 *
 * <p>The producer is idempotent: a message that it must send again is stored once. Messages of one
 * website are in one partition, in order. {@link #close} returns when all are stored, or fails.
 */
public final class IcoProducer implements Consumer<IcoMessage>, AutoCloseable {
  private static final int TIMEOUT_SECONDS = 30;
  private static final String LINGER_MILLIS = "10";

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private IcoProducer(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Makes the topics that are not there, and sends to them. */
  public static IcoProducer to(String bootstrapServers) {
    createTopics(bootstrapServers);
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MILLIS,
            // A topic that has just been made takes no message for a moment. Of two on their way
            // the
            // second may then come first, and be turned away as out of order until both expire.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);
    return new IcoProducer(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  private static void createTopics(String bootstrapServers) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Set<String> there = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (IcoTopic topic : IcoTopic.values()) {
        if (!there.contains(topic.topic())) {
          missing.add(
              new NewTopic(topic.topic(), topic.partitions(), (short) 1)
                  .configs(
                      Map.of(
                          TopicConfig.RETENTION_MS_CONFIG,
                          Long.toString(topic.retention().toMillis()))));
        }
      }
      var unused = admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "--bootstrapServers=" + bootstrapServers + ": the topics cannot be made: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while making the topics", e);
    }
  }

  @Override
  public void accept(IcoMessage message) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                message.topic().topic(),
                message.key().getBytes(UTF_8),
                message.json().getBytes(UTF_8)),
            (stored, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
    check();
  }

  private void check() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("Kafka does not take the messages: " + problem, problem);
    }
  }

  /** Waits until every message is stored. */
  @Override
  public void close() {
    // Who was asked to stop waits for this all the same.
    boolean interrupted = Thread.interrupted();
    producer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    check();
  }
}
