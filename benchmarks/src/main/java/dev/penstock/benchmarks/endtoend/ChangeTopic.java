package dev.penstock.benchmarks.endtoend;

import dev.penstock.samples.streaming.LocalKafka;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic that all contenders read: filled once, kept for the next time. */
final class ChangeTopic {
  private static final int PARTITIONS = 4;

  private final LocalKafka kafka;
  private final String name;
  private final long events;
  private long bytes;

  ChangeTopic(LocalKafka kafka, long events) {
    this(kafka, "shop.public.orders-" + events, events);
  }

  ChangeTopic(LocalKafka kafka, String name, long events) {
    this.kafka = kafka;
    this.name = name;
    this.events = events;
  }

  String name() {
    return name;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Mean length of the messages' values. */
  long meanBytes() {
    return bytes / events;
  }

  /** Fills it, unless it is full, and says what must come of it. */
  ChangeEvents.Expected fill() throws IOException, InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      Set<String> topics = admin.listTopics().names().get();
      if (topics.contains(name())) {
        if (size(admin) == events) {
          return new ChangeEvents(events).send((key, value) -> bytes += value.length);
        }
        throw new IllegalStateException(
            "The topic " + name() + " was not filled to its end; remove the folder changes");
      }
      create(admin);
      ChangeEvents.Expected expected = send(() -> {});
      if (size(admin) != events) {
        throw new IllegalStateException("Only " + size(admin) + " events are in " + name());
      }
      return expected;
    }
  }

  private void create(Admin admin) throws InterruptedException, ExecutionException {
    NewTopic topic =
        new NewTopic(name(), PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"));
    admin.createTopics(List.of(topic)).all().get();
  }

  /** Makes it without any events. */
  void createAnew() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      create(admin);
    }
  }

  void delete() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.deleteTopics(List.of(name())).all().get();
    }
  }

  /**
   * Sends all events, and says what must come of them.
   *
   * @param beforeEach called before each event
   */
  ChangeEvents.Expected send(Runnable beforeEach) throws IOException {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "linger.ms",
            "20",
            "batch.size",
            "262144",
            // With several requests on their way to a topic that is new, the producer can lose its
            // way.
            "max.in.flight.requests.per.connection",
            "1");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      ChangeEvents.Expected expected =
          new ChangeEvents(events)
              .send(
                  (key, value) -> {
                    beforeEach.run();
                    bytes += value.length;
                    var unused = producer.send(new ProducerRecord<>(name(), key, value));
                  });
      producer.flush();
      return expected;
    }
  }

  private long size(Admin admin) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(name(), partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }
}
