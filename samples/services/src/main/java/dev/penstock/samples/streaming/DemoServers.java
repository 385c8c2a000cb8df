package dev.penstock.samples.streaming;

import dev.penstock.pipelines.cli.UsageException;
import dev.penstock.samples.services.RunningService;
import dev.penstock.samples.services.ServicesOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * The servers of one demo in a folder of their own, of which nothing is left when it ends, by
 * itself or by Ctrl-C.
 */
final class DemoServers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 50;
  private static final String RECORD = "process";

  private final Path folder;
  private final Thread hook = new Thread(this::deleteWhenEnded, "demo-clean-up");
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private DemoServers(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder; what a demo that was killed has left there is deleted. */
  static DemoServers in(Path folder) {
    DemoServers servers = new DemoServers(folder.toAbsolutePath());
    try {
      if (servers.hasProcesses()) {
        throw new UsageException(
            "Servers of another demo run in "
                + folder
                + ". Wait until it has ended, or choose another folder with --output");
      }
      servers.delete();
      Files.createDirectories(servers.folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder + " for servers: " + e, e);
    }
    Runtime.getRuntime().addShutdownHook(servers.hook);
    return servers;
  }

  LocalKafka kafka() {
    return keep(LocalKafka.start(folder, Loopback.portNear(9092)));
  }

  LocalPostgres source() {
    return keep(LocalPostgres.source(folder, Loopback.portNear(5432)));
  }

  LocalPostgres warehouse() {
    return keep(LocalPostgres.warehouse(folder, Loopback.portNear(5433)));
  }

  LocalConnect connect(LocalKafka kafka) {
    LocalConnect connect = LocalConnect.start(folder, kafka, Loopback.portNear(8083));
    // It need not write down how far it has read: nobody goes on from there.
    AutoCloseable unused = keep(() -> kill(connect.process()));
    return connect;
  }

  RunningService stream(StreamService service) {
    ServicesOptions none = PipelineOptionsFactory.as(ServicesOptions.class);
    RunningService stream = RunningService.start(service, none, folder);
    AutoCloseable unused = keep(() -> kill(stream));
    return stream;
  }

  private static void kill(RunningService service) {
    service.kill();
    service.close();
  }

  private synchronized <T extends AutoCloseable> T keep(T server) {
    running.push(server);
    return server;
  }

  /** Ends them, the last one first, and deletes what they have stored. */
  @Override
  public void close() {
    try {
      while (!running.isEmpty()) {
        running.pop().close();
      }
      delete();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IOException e) {
      throw new UncheckedIOException("The servers' data in " + folder + " stay there: " + e, e);
    } catch (Exception e) {
      throw new IllegalStateException("The servers in " + folder + " did not end: " + e, e);
    }
  }

  /** The JVM ends: each service's own hook ends its process, and then their files can go. */
  private void deleteWhenEnded() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean deleted = false;
    while (!deleted && System.nanoTime() < end) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      deleted = deletedUnlessUsed();
    }
  }

  private boolean deletedUnlessUsed() {
    try {
      if (hasProcesses()) {
        return false;
      }
      delete();
      return true;
    } catch (IOException | UncheckedIOException e) {
      // Something is still written there.
      return false;
    }
  }

  /** True while a process runs that a service has written down. */
  private boolean hasProcesses() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> services = Files.list(folder)) {
      for (Path service : services.filter(Files::isDirectory).toList()) {
        if (isAlive(service.resolve(RECORD))) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isAlive(Path record) throws IOException {
    try {
      List<String> lines = Files.readAllLines(record);
      return !lines.isEmpty()
          && ProcessHandle.of(Long.parseLong(lines.get(0)))
              .filter(ProcessHandle::isAlive)
              .map(process -> process.info().startInstant())
              .filter(start -> start.map(Object::toString).orElse("unknown").equals(lines.get(1)))
              .isPresent();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
