package dev.penstock.samples.services;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A service that runs on this machine in a process of its own. To add one, implement this and name
 * the class in {@code META-INF/services/dev.penstock.samples.services.LocalService}:
 *
 * <pre>{@code
 * public final class EchoService implements LocalService {
 *   public String name() {
 *     return "echo";
 *   }
 *
 *   public int place() {
 *     return 100;
 *   }
 *
 *   public List<ServicePort> ports(ServicesOptions options) {
 *     return List.of(new ServicePort("--gcsPort", options.getGcsPort()));
 *   }
 *
 *   public List<String> command(ServicesOptions options, Path dataDir) {
 *     return JavaCommand.of("org.example.Echo").arguments("7007").words();
 *   }
 *
 *   public HealthCheck health(ServicesOptions options) {
 *     return HealthCheck.http(URI.create("http://localhost:7007/"));
 *   }
 *
 *   public List<String> usage(ServicesOptions options, Path dataDir) {
 *     return List.of("curl localhost:7007");
 *   }
 * }
 * }</pre>
 */
public interface LocalService {

  /** The word for it on the command line, and the name of its folder. */
  String name();

  /**
   * Its place among the services: they are listed and started in this order, and stopped in the
   * opposite one.
   */
  int place();

  /** Names of the services that must be up before it. */
  default List<String> needs() {
    return List.of();
  }

  /** The ports that it listens on; the first is the one that users connect to. */
  List<ServicePort> ports(ServicesOptions options);

  /**
   * The command that runs it until it is told to stop. Whatever must lie in its folder, {@code
   * dataDir/name}, is put there first; what is there already stays as it is.
   */
  List<String> command(ServicesOptions options, Path dataDir) throws IOException;

  /** Tells whether it can be used. */
  HealthCheck health(ServicesOptions options);

  /** Lines for the user who wants to use it: addresses and flags. */
  List<String> usage(ServicesOptions options, Path dataDir);

  /**
   * Asks its process to write down what it has in memory and to end.
   *
   * @return false when the process cannot be asked
   */
  default boolean askToEnd(ProcessHandle process) throws IOException {
    return process.destroy();
  }
}
