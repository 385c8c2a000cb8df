package dev.penstock.samples.streaming;

import dev.penstock.samples.services.HealthCheck;
import dev.penstock.samples.services.LocalService;
import dev.penstock.samples.services.ServicePort;
import dev.penstock.samples.services.ServicesOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kafka Connect worker with Debezium's PostgreSQL connector as a service; {@link
 * java.util.ServiceLoader} makes it.
 */
public final class ConnectService implements LocalService {
  static final String NAME = "connect";

  /** Connectors come and go by REST, and live on in Kafka: a standalone worker forgets them. */
  private static final String WORKER = "org.apache.kafka.connect.cli.ConnectDistributed";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int place() {
    return 40;
  }

  @Override
  public List<String> needs() {
    return List.of(KafkaService.NAME);
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of(new ServicePort("--connectPort", options.getConnectPort()));
  }

  static URI rest(ServicesOptions options) {
    return URI.create("http://localhost:" + options.getConnectPort());
  }

  @Override
  public List<String> command(ServicesOptions options, Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME).resolve("worker.properties");
    return ServerJvm.running(WORKER)
        .arguments(Settings.write(file, settings(options)).toString())
        .words();
  }

  private static Map<String, String> settings(ServicesOptions options) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", KafkaService.bootstrapServers(options));
    settings.put("listeners", rest(options).toString());
    settings.put("group.id", "penstock-connect");
    String converter = "org.apache.kafka.connect.json.JsonConverter";
    settings.put("key.converter", converter);
    settings.put("value.converter", converter);
    settings.put("config.storage.topic", "connect-configs");
    settings.put("config.storage.replication.factor", "1");
    settings.put("offset.storage.topic", "connect-offsets");
    settings.put("offset.storage.replication.factor", "1");
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.topic", "connect-status");
    settings.put("status.storage.replication.factor", "1");
    settings.put("status.storage.partitions", "1");
    // What a killed worker has sent since then is sent again by the next.
    settings.put("offset.flush.interval.ms", "1000");
    // Connectors are found by what their jars say, not by opening every class of this class path.
    settings.put("plugin.discovery", "service_load");
    // After kill -9 the next worker takes the connectors over in seconds, not in minutes.
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    settings.put("session.timeout.ms", "6000");
    settings.put("heartbeat.interval.ms", "2000");
    // Without its broker a worker stops its tasks, for which Debezium asks the broker how far it
    // has read. A task that is given up before the broker is back keeps its replication slot.
    settings.put("task.shutdown.graceful.timeout.ms", "300000");
    return settings;
  }

  @Override
  public HealthCheck health(ServicesOptions options) {
    return HealthCheck.http(rest(options).resolve("/health"));
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of("curl '" + rest(options) + "/connectors?expand=status'");
  }
}
