package dev.penstock.samples.services;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The process of one service: started in the background, found again, stopped. */
final class ServiceProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;
  private static final int LOG_LINES = 50;

  private final LocalService service;
  private final Path folder;

  ServiceProcess(Path dataDir, LocalService service) {
    this.service = service;
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
  ProcessHandle start(List<String> command) throws IOException {
    Files.createDirectories(folder);
    if (Files.exists(log())) {
      // Why it had to be started again is there.
      Files.move(log(), folder.resolve("log.previous.txt"), StandardCopyOption.REPLACE_EXISTING);
    }
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
  static boolean awaitHealth(ProcessHandle process, HealthCheck health) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!health.passes()) {
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
  static boolean answers(HealthCheck health) {
    try {
      return health.passes();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    if (!service.askToEnd(process) || !hasEnded(process)) {
      kill(process);
    }
    forget();
  }

  /** Ends it as {@code kill -9} does; the processes that it has started end with it. */
  void kill(ProcessHandle process) throws IOException {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    boolean ended = hasEnded(process);
    for (ProcessHandle child : started) {
      child.destroyForcibly();
      ended &= hasEnded(child);
    }
    if (!ended) {
      throw new IllegalStateException(
          service.name() + " (process " + process.pid() + ") does not end");
    }
    forget();
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Process " + process.pid() + " could not be awaited", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The last lines of what it has printed; empty when it has not run. */
  List<String> lastLines() throws IOException {
    if (!Files.exists(log())) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(log());
    return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
  }

  /** Deletes its data and its log. */
  void deleteData() throws IOException {
    deleteFolder(folder);
  }

  /** Deletes a folder and all that is in it, when there is one. */
  static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  void forget() throws IOException {
    Files.deleteIfExists(record());
    Files.deleteIfExists(folder.resolve("input"));
  }
}
