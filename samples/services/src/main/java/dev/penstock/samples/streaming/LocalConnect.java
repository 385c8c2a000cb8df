package dev.penstock.samples.streaming;

import dev.penstock.samples.services.RunningService;
import dev.penstock.samples.services.ServicesOptions;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * A real Kafka Connect worker on this machine, with Debezium's PostgreSQL connector, for tests and
 * demos.
 *
 * <pre>{@code
 * try (LocalConnect connect = LocalConnect.start(folder, kafka)) {
 *   connect.connectors().create(DebeziumConnector.of("orders", "orders-db").capturing(source));
 *   connect.connectors().awaitRunning("orders", Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>Connectors and how far they have read are kept in Kafka: a worker that is started again goes
 * on with them. After {@code kill -9} a change may be sent twice, never not at all. It takes about
 * five seconds to start and 200 to 500 MB of memory.
 */
public final class LocalConnect implements AutoCloseable {
  private final RunningService process;
  private final Connectors connectors;

  private LocalConnect(RunningService process, Connectors connectors) {
    this.process = process;
    this.connectors = connectors;
  }

  /** Starts a worker on a port that is free. */
  public static LocalConnect start(Path folder, LocalKafka kafka) {
    return start(folder, kafka, Loopback.freePort());
  }

  /** Starts a worker on a port of the caller's. */
  public static LocalConnect start(Path folder, LocalKafka kafka, int port) {
    ServicesOptions options = PipelineOptionsFactory.as(ServicesOptions.class);
    options.setKafkaPort(kafka.port());
    options.setConnectPort(port);
    return new LocalConnect(
        RunningService.start(new ConnectService(), options, folder),
        Connectors.at(ConnectService.rest(options)));
  }

  /** Its connectors. */
  public Connectors connectors() {
    return connectors;
  }

  /** The worker's process, to be killed, stopped and started again. */
  public RunningService process() {
    return process;
  }

  /** Stops the worker. */
  @Override
  public void close() {
    process.close();
  }
}
