package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.samples.orders.OrderSeeder;
import dev.penstock.samples.orders.OrderShape;
import dev.penstock.samples.orders.SeededChanges;
import dev.penstock.samples.services.HealthCheck;
import dev.penstock.samples.services.RunningService;
import dev.penstock.samples.sql.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Source, connector, topic, stream and warehouse of the orders demo. */
final class OrdersChain {
  static final String TOPIC = "dbserver1.public.orders";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EARLIER_CHANGES = 150;

  private final Path folder;
  private final DemoServers servers;
  private final LocalKafka kafka;
  private final LocalPostgres source;
  private final LocalPostgres warehouse;
  private @Nullable RunningService stream;

  /**
   * Starts the servers that keep something.
   *
   * @param folder for contract, SQL and password
   */
  OrdersChain(Path folder, DemoServers servers) throws IOException {
    this.folder = folder;
    this.servers = servers;
    OrderShape.ORDERS.copyContractTo(folder);
    for (String name : List.of("orders-source.sql", "orders-warehouse.sql", "orders-queries.sql")) {
      SqlFile.of(name).copyTo(folder);
    }
    kafka = servers.kafka();
    source = servers.source();
    warehouse = servers.warehouse();
    Files.writeString(folder.resolve("services/password"), warehouse.password());
  }

  String servers() {
    return "kafka on port "
        + kafka.port()
        + ", source on "
        + source.port()
        + ", warehouse on "
        + warehouse.port();
  }

  /** Makes the source's table, and orders from before anything is captured. */
  SeededChanges earlierOrders() throws SQLException {
    try (Connection connection = source.connect()) {
      OrderShape.ORDERS.source().run(connection);
      return OrderSeeder.of(OrderShape.ORDERS)
          .withSeed(1)
          .changes(EARLIER_CHANGES)
          .perSecond(0)
          .run(connection, done -> {});
    }
  }

  /** Words of the stream's command. */
  List<String> command() {
    return List.of(
        "kafka-to-warehouse",
        "--contract=" + folder.resolve("orders.yaml"),
        "--bootstrapServers=" + kafka.bootstrapServers(),
        "--topic=" + TOPIC,
        "--messageFormat=debezium",
        "--mode=history",
        "--table=orders_fact",
        "--latestView=orders_latest",
        "--to=" + warehouse.url(),
        "--user=" + warehouse.user(),
        "--passwordFile=" + folder.resolve("services/password"));
  }

  /** Starts connector and stream side by side; returns when both run. */
  void connect() throws SQLException {
    createTopic();
    CompletableFuture<RunningService> reading =
        CompletableFuture.supplyAsync(
            () -> servers.stream(new StreamService(command(), hasTables())));
    LocalConnect connect = servers.connect(kafka);
    DebeziumConnector connector =
        DebeziumConnector.of("orders-connector", "dbserver1").capturing(source, "public.orders");
    connect.connectors().create(connector);
    connect.connectors().awaitRunning(connector.name(), PATIENCE);
    stream = reading.join();
    try (Connection connection = warehouse.connect()) {
      SqlFile.of("orders-warehouse.sql").run(connection);
    }
  }

  private void createTopic() {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The topic " + TOPIC + " could not be made: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while making the topic " + TOPIC, e);
    }
  }

  private HealthCheck hasTables() {
    return () -> {
      try (Connection connection = warehouse.connect()) {
        return new Asked(connection)
            .text("SELECT coalesce(to_regclass('orders_latest')::text, '')")
            .equals("orders_latest");
      } catch (SQLException e) {
        return false;
      }
    };
  }

  /** Sends a message that Debezium would never send. */
  void send(String text) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(TOPIC, text.getBytes(UTF_8))).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not take the message", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending the message", e);
    }
  }

  Connection source() throws SQLException {
    return source.connect();
  }

  Connection warehouse() throws SQLException {
    return warehouse.connect();
  }

  /** Fails, with what it said, when the stream has ended. */
  void checkStream() {
    RunningService reading = stream;
    if (reading == null || reading.isRunning()) {
      return;
    }
    try {
      throw new IllegalStateException(
          "The stream ended. It said:\n" + Files.readString(reading.log()));
    } catch (IOException e) {
      throw new IllegalStateException("The stream ended, and nobody knows why: " + e, e);
    }
  }
}
