package dev.penstock.samples.services;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of one service: started in the background, found again, stopped. */
final class ServiceProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  ServiceProcess(Path dataDir, LocalService service) {
    this.folder = dataDir.resolve(service.name());
  }

  Path log() {
    return folder.resolve("log.txt");
  }

  // The process number, and when that process began: numbers are used again.
  private Path record() {
    return folder.resolve("process");
  }

  /** The process, when it runs. */
  Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(record())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(record());
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> begun(process).equals(lines.get(1)));
  }

  private static String begun(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  /** Starts it; it goes on when this process ends. */
  ProcessHandle start(List<String> program) throws IOException {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(program);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(emptyInput()))
            .start();
    Files.write(record(), List.of(Long.toString(process.pid()), begun(process.toHandle())));
    return process.toHandle();
  }

  private File emptyInput() throws IOException {
    return Files.write(folder.resolve("input"), new byte[0]).toFile();
  }

  /** Waits until it can be used; false when it has ended or takes too long. */
  boolean awaitHealth(ProcessHandle process, URI health) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isHealthy(health)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(POLL_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** True when it can be used now. */
  boolean answers(URI health) {
    try {
      return isHealthy(health);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isHealthy(URI health) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** True when nothing listens on a port. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops it and waits until it has ended; in time it writes down what it has in memory. */
  void stop(ProcessHandle process) throws IOException {
    if (process.destroy()) {
      try {
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        process.destroyForcibly();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Process " + process.pid() + " could not be awaited", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    forget();
  }

  void forget() throws IOException {
    Files.deleteIfExists(record());
    Files.deleteIfExists(folder.resolve("input"));
  }
}
