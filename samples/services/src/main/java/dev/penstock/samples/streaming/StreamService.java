package dev.penstock.samples.streaming;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.samples.services.HealthCheck;
import dev.penstock.samples.services.JavaCommand;
import dev.penstock.samples.services.LocalService;
import dev.penstock.samples.services.ServicePort;
import dev.penstock.samples.services.ServicesOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stream that a demo runs beside its servers: the command line, in a process of its own. */
final class StreamService implements LocalService {
  private static final String LOGGING = "java.util.logging.config.file";

  /** Of this JVM's options those without which the other would not run, or would start slowly. */
  private static final List<String> SHARED =
      List.of("--add-opens=", "-XX:Tier", "-XX:SharedArchiveFile=", "-Dpenstock.home=");

  private final List<String> words;
  private final HealthCheck reads;

  /**
   * A stream.
   *
   * @param words what follows {@code penstock}
   * @param reads passes when it has begun
   */
  StreamService(List<String> words, HealthCheck reads) {
    this.words = words;
    this.reads = reads;
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public int place() {
    return 100;
  }

  @Override
  public List<ServicePort> ports(ServicesOptions options) {
    return List.of();
  }

  @Override
  public List<String> command(ServicesOptions options, Path dataDir) {
    List<String> jvm = new ArrayList<>(List.of("-Xmx768m"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> SHARED.stream().anyMatch(option::startsWith))
        .forEach(jvm::add);
    String logging = System.getProperty(LOGGING);
    if (logging != null) {
      jvm.add("-D" + LOGGING + "=" + logging);
    }
    return JavaCommand.of(Penstock.class.getName())
        .options(jvm.toArray(new String[0]))
        .arguments(words.toArray(new String[0]))
        .words();
  }

  @Override
  public HealthCheck health(ServicesOptions options) {
    return reads;
  }

  @Override
  public List<String> usage(ServicesOptions options, Path dataDir) {
    return List.of();
  }
}
