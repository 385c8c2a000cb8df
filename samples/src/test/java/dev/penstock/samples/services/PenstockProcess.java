package dev.penstock.samples.services;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.penstock.pipelines.cli.Penstock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The command line as a process of its own, with the class path of this one. */
public final class PenstockProcess {
  private final Process process;
  private final Path output;

  private PenstockProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with these words, in a folder that it writes into. */
  public static PenstockProcess start(Path folder, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.add("-XX:+UseParallelGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add(
        "-Djava.util.logging.config.file="
            + System.getProperty("penstock.root")
            + "/runner-configs/logging-test.properties");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens="))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Penstock.class.getName());
    command.addAll(args);
    Path output = Files.createTempFile(folder, "penstock", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new PenstockProcess(process, output);
  }

  /** Waits for a moment that must come before the process ends. */
  @CanIgnoreReturnValue
  public PenstockProcess until(String what, Callable<Boolean> moment) throws Exception {
    while (!moment.call()) {
      if (!process.isAlive()) {
        throw new AssertionError("It ended before " + what + ":\n" + output());
      }
      Thread.sleep(10);
    }
    return this;
  }

  /** As {@code kill -9} does. */
  public void killAtOnce() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As {@code kill} does; gives the exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** What it has printed so far. */
  public String output() throws IOException {
    return Files.readString(output);
  }
}
