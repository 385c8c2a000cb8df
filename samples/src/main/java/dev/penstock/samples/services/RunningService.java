package dev.penstock.samples.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A service that a test or a demo has started, and can kill, stop and start again on the same data
 * and ports.
 *
 * <pre>{@code
 * try (RunningService kafka = RunningService.start(service, options, dataDir)) {
 *   kafka.kill();
 *   kafka.start();
 * }
 * }</pre>
 *
 * <p>It is in the folder {@code dataDir/name}, laid out as by {@code penstock services}. It ends
 * with {@link #close}, or with this JVM; its data stay.
 */
public final class RunningService implements AutoCloseable {
  private final LocalService service;
  private final ServicesOptions options;
  private final Path dataDir;
  private final ServiceProcess process;
  private final Thread hook = new Thread(this::killQuietly, "service-stop");

  private RunningService(LocalService service, ServicesOptions options, Path dataDir) {
    this.service = service;
    this.options = options;
    this.dataDir = dataDir.toAbsolutePath();
    this.process = new ServiceProcess(this.dataDir, service);
  }

  /** Starts a service and waits until it can be used. */
  public static RunningService start(LocalService service, ServicesOptions options, Path dataDir) {
    RunningService running = new RunningService(service, options, dataDir);
    Runtime.getRuntime().addShutdownHook(running.hook);
    running.start();
    return running;
  }

  /** Starts it where it was, and waits until it can be used; nothing happens while it runs. */
  public void start() {
    try {
      if (process.running().isPresent()) {
        return;
      }
      ProcessHandle handle = process.start(service.command(options, dataDir));
      if (!ServiceProcess.awaitHealth(handle, service.health(options))) {
        String log = String.join("\n", process.lastLines());
        process.kill(handle);
        throw new IllegalStateException(
            service.name() + " did not start. The end of its log:\n" + log);
      }
    } catch (IOException e) {
      throw failed("started", e);
    }
  }

  /** Ends it in good order and waits for that. */
  public void stop() {
    try {
      Optional<ProcessHandle> running = process.running();
      if (running.isPresent()) {
        process.stop(running.get());
      }
    } catch (IOException e) {
      throw failed("stopped", e);
    }
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    try {
      Optional<ProcessHandle> running = process.running();
      if (running.isPresent()) {
        process.kill(running.get());
      }
    } catch (IOException e) {
      throw failed("killed", e);
    }
  }

  private void killQuietly() {
    try {
      kill();
    } catch (IllegalStateException | UncheckedIOException e) {
      // The JVM ends; nobody is left to be told.
      return;
    }
  }

  private UncheckedIOException failed(String what, IOException e) {
    return new UncheckedIOException(
        service.name() + " in " + dataDir + " could not be " + what + ": " + e, e);
  }

  /** True while its process runs. */
  public boolean isRunning() {
    try {
      return process.running().isPresent();
    } catch (IOException e) {
      throw failed("found", e);
    }
  }

  /** The file that its process prints to. */
  public Path log() {
    return process.log();
  }

  /** Ends it in good order. */
  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
