package dev.penstock.samples.streaming;

import dev.penstock.samples.services.HealthCheck;
import dev.penstock.samples.services.LocalService;
import dev.penstock.samples.services.ServicePort;
import dev.penstock.samples.services.ServicesOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A Kafka broker (KRaft, one node) as a service; {@link java.util.ServiceLoader} makes it. */
public final class KafkaService implements LocalService {
  static final String NAME = "kafka";

  private static final int TIMEOUT_MILLIS = 5000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int place() {
    return 10;
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of(
        new ServicePort("--kafkaPort", options.getKafkaPort()),
        new ServicePort("--kafkaControllerPort", options.getKafkaControllerPort()));
  }

  static String bootstrapServers(ServicesOptions options) {
    return "localhost:" + options.getKafkaPort();
  }

  @Override
  public List<String> command(ServicesOptions options, Path dataDir) throws IOException {
    Path folder = dataDir.resolve(NAME);
    Path settings = Settings.write(folder.resolve("server.properties"), settings(options, folder));
    return ServerJvm.running(KafkaServer.class.getName()).arguments(settings.toString()).words();
  }

  private static Map<String, String> settings(ServicesOptions options, Path folder) {
    String controller = "localhost:" + options.getKafkaControllerPort();
    String broker = bootstrapServers(options);
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + broker);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", folder.resolve("data").toString());
    // A topic that is written to is there; who wants several partitions makes the topic first.
    settings.put("auto.create.topics.enable", "true");
    settings.put("num.partitions", "1");
    // One broker: nothing can have a second copy.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    // One consumer is the whole group more often than not: nobody else to wait for.
    settings.put("group.initial.rebalance.delay.ms", "0");
    // A killed broker may come back only when its controller has missed it; by default after 9 s.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    return settings;
  }

  @Override
  public HealthCheck health(ServicesOptions options) {
    HealthCheck listening = Loopback.listening(options.getKafkaPort());
    return () -> listening.passes() && hasBroker(bootstrapServers(options));
  }

  private static boolean hasBroker(String bootstrapServers) throws InterruptedException {
    Properties client = new Properties();
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    try (Admin admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of("--bootstrapServers=" + bootstrapServers(options));
  }
}
