package dev.penstock.benchmarks.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The changes as a plain Java program takes them, near the limit of what can be had: one thread,
 * one consumer, a streaming parser, and for each batch one COPY into a temporary table and two
 * statements that merge it.
 *
 * <p>{@code PlainChanges <servers> <topic> <jdbc url> <user> <workers> <folder>}
 */
public final class PlainChanges {
  private static final int BATCH = 20_000;

  private PlainChanges() {}

  public static void main(String[] args) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings(args[0]), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Connection connection =
            DriverManager.getConnection(args[2], args[3], System.getenv("WAREHOUSE_PASSWORD"))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(args[1]).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TEMP TABLE stage (LIKE orders_history) ON COMMIT DELETE ROWS");
      }
      load(consumer, consumer.endOffsets(partitions), connection);
    }
  }

  private static Properties settings(String servers) {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers", servers,
            "enable.auto.commit", "false",
            "max.poll.records", "10000",
            "max.partition.fetch.bytes", "8388608"));
    return settings;
  }

  private static void load(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Connection connection)
      throws Exception {
    ChangeParser parser = new ChangeParser();
    CopyRows rows = new CopyRows();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        if (record.value() != null) {
          parser.parse(record.value(), rows);
        }
        if (rows.rows() >= BATCH) {
          write(connection, rows);
        }
      }
    }
    write(connection, rows);
  }

  private static void write(Connection connection, CopyRows rows) throws Exception {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY stage (" + Merge.COLUMNS + ") FROM STDIN");
    copy.writeToCopy(rows.bytes(), 0, rows.length());
    copy.endCopy();
    new Merge("stage").run(connection);
    connection.commit();
    rows.clear();
  }
}
