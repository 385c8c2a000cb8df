package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What a process has used, all its threads and children included; as Linux counts it.
 *
 * @param wall time from start to end, in seconds
 * @param cpu user and system time, in seconds
 * @param peakMiB largest resident memory, in MiB
 */
record Usage(double wall, double cpu, double peakMiB) {
  /** The unit of times in /proc, which is the same on all Linux platforms that matter. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long POLL_MILLIS = 50;

  /** Seldom, as the question costs something as well. */
  private static final long POLL_DONE_MILLIS = 200;

  private static final double PATIENCE_SECONDS = 1800;

  /** Fields of /proc/self/stat behind the name: user and system time of children waited for. */
  private static final int CHILDREN_USER = 13;

  private static final int CHILDREN_SYSTEM = 14;

  /** Runs a command to its end; what it prints goes to the log. */
  static Usage of(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    double cpuBefore = childrenSeconds();
    long start = System.nanoTime();
    Process process = start(command, environment, log);
    double peak = 0;
    do {
      peak = Math.max(peak, peakMiB(process.pid()));
    } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
    double wall = secondsSince(start);
    if (process.exitValue() != 0) {
      throw failed(process, command, log);
    }
    return new Usage(wall, childrenSeconds() - cpuBefore, peak);
  }

  /**
   * Runs a command that would go on for ever until what it is for is done, and then ends it. Wall
   * time is until then, processor time that of the whole process.
   */
  static Usage until(
      Callable<Boolean> done, List<String> command, Map<String, String> environment, Path log)
      throws Exception {
    double cpuBefore = childrenSeconds();
    long start = System.nanoTime();
    Process process = start(command, environment, log);
    try {
      while (!done.call()) {
        if (process.waitFor(POLL_DONE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw failed(process, command, log);
        }
        if (secondsSince(start) > PATIENCE_SECONDS) {
          throw new IllegalStateException("Not everything has arrived; see " + log);
        }
      }
      double wall = secondsSince(start);
      double peak = peakMiB(process.pid());
      process.destroy();
      process.waitFor();
      return new Usage(wall, childrenSeconds() - cpuBefore, peak);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Both, one after the other. */
  Usage then(Usage next) {
    return new Usage(wall + next.wall, cpu + next.cpu, Math.max(peakMiB, next.peakMiB));
  }

  private static Process start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static double secondsSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }

  private static IllegalStateException failed(Process process, List<String> command, Path log)
      throws IOException {
    return new IllegalStateException(
        "Exit code " + process.exitValue() + " of " + String.join(" ", command) + "\n" + tail(log));
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private static double childrenSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return (Long.parseLong(fields.get(CHILDREN_USER)) + Long.parseLong(fields.get(CHILDREN_SYSTEM)))
        / TICKS_PER_SECOND;
  }

  private static double peakMiB(long pid) throws IOException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (NoSuchFileException alreadyGone) {
      return 0;
    }
    return 0;
  }
}
