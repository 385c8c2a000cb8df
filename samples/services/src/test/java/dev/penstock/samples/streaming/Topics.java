package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Makes topics and fills them. */
final class Topics implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String servers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Topics(LocalKafka kafka) {
    servers = kafka.bootstrapServers();
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
    producer = producer(Map.of());
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    // With several on their way, the second may be the first that a new topic takes, and the first
    // is then out of order for good.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void create(String topic, int partitions) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitLeaders(topic, partitions);
  }

  /** A topic that has just been made takes a moment until all of its partitions take records. */
  private void awaitLeaders(String topic, int partitions) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (producer.partitionsFor(topic).stream().filter(each -> each.leader() != null).count()
        < partitions) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The topic " + topic + " is not ready");
      }
      Thread.sleep(20);
    }
  }

  void grow(String topic, int partitions) throws Exception {
    admin
        .createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Deletes what lies before an offset, as retention does. */
  void deleteBefore(String topic, int partition, long offset) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Sends a value, with the broker's time or a given one. */
  void send(String topic, int partition, @Nullable Long time, String value) {
    send(topic, partition, time, value.getBytes(UTF_8));
  }

  /** Sends bytes, with the broker's time or a given one. */
  void send(String topic, int partition, @Nullable Long time, byte[] value) {
    send(new ProducerRecord<>(topic, partition, time, null, value));
  }

  /** Sends values to a topic, in whichever partitions; when it returns, they are there. */
  static void fill(LocalKafka kafka, String topic, List<String> values) {
    try (Topics topics = new Topics(kafka)) {
      for (String value : values) {
        topics.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
      }
      topics.flush();
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record, (metadata, problem) -> failure.compareAndSet(null, problem));
  }

  /** Waits until all that was sent is there. */
  void flush() {
    producer.flush();
    Exception problem = failure.getAndSet(null);
    if (problem != null) {
      throw new IllegalStateException("A record could not be sent", problem);
    }
  }

  /**
   * Sends values in a transaction that stays open until the producer is closed: they are there, and
   * nobody who reads what is committed gets beyond them.
   */
  AutoCloseable openTransaction(String topic, int partition, List<String> values) {
    KafkaProducer<byte[], byte[]> open = transactional("open-" + topic + "-" + partition);
    open.beginTransaction();
    for (String value : values) {
      var unused =
          open.send(new ProducerRecord<>(topic, partition, null, null, value.getBytes(UTF_8)));
    }
    open.flush();
    return open;
  }

  /**
   * Sends values in a transaction, which is committed or given up; its mark is there afterwards.
   */
  void transaction(String topic, int partition, boolean committed, List<String> values) {
    String id = topic + "-" + partition;
    try (KafkaProducer<byte[], byte[]> transactional = transactional(id)) {
      transactional.beginTransaction();
      for (String value : values) {
        var unused =
            transactional.send(
                new ProducerRecord<>(topic, partition, null, null, value.getBytes(UTF_8)));
      }
      if (committed) {
        transactional.commitTransaction();
      } else {
        transactional.flush();
        transactional.abortTransaction();
      }
    }
    // Brokers write the mark after they have answered; who takes over the name waits for it.
    transactional(id).close();
  }

  private KafkaProducer<byte[], byte[]> transactional(String id) {
    KafkaProducer<byte[], byte[]> fresh =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    fresh.initTransactions();
    return fresh;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
