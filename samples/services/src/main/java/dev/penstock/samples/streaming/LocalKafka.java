package dev.penstock.samples.streaming;

import dev.penstock.samples.services.RunningService;
import dev.penstock.samples.services.ServicesOptions;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * A real Kafka broker on this machine, for tests and demos.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.start(folder)) {
 *   properties.put("bootstrap.servers", kafka.bootstrapServers());
 *   kafka.process().kill();
 *   kafka.process().start();
 * }
 * }</pre>
 *
 * <p>Topics come into being when they are first used, with one partition. The data are in {@code
 * folder/kafka} and stay there: a later start on the same folder goes on with them. It takes two to
 * three seconds to start and about 350 MB of memory.
 */
public final class LocalKafka implements AutoCloseable {
  private final RunningService process;
  private final ServicesOptions options;

  private LocalKafka(RunningService process, ServicesOptions options) {
    this.process = process;
    this.options = options;
  }

  /** Starts a broker on a port that is free. */
  public static LocalKafka start(Path folder) {
    return start(folder, Loopback.freePort());
  }

  /** Starts a broker on a port of the caller's. */
  public static LocalKafka start(Path folder, int port) {
    ServicesOptions options = PipelineOptionsFactory.as(ServicesOptions.class);
    options.setKafkaPort(port);
    options.setKafkaControllerPort(Loopback.freePort());
    return new LocalKafka(RunningService.start(new KafkaService(), options, folder), options);
  }

  /** The address for clients. */
  public String bootstrapServers() {
    return KafkaService.bootstrapServers(options);
  }

  int port() {
    return options.getKafkaPort();
  }

  /** The broker's process, to be killed, stopped and started again. */
  public RunningService process() {
    return process;
  }

  /** Stops the broker. */
  @Override
  public void close() {
    process.close();
  }
}
