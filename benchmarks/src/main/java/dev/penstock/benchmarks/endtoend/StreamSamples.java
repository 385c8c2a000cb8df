package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Memory and processor time of a stream's process, minute by minute. */
final class StreamSamples {
  private static final double TICKS_PER_SECOND = 100;

  private final List<Sample> samples = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "samples");
            thread.setDaemon(true);
            return thread;
          });
  private long pid;

  private record Sample(double residentMiB, double cpuSeconds) {}

  void begin(long process) {
    pid = process;
    var unused = clock.scheduleAtFixedRate(this::take, 0, 1, TimeUnit.MINUTES);
  }

  void end() {
    clock.shutdown();
    take();
  }

  private synchronized void take() {
    try {
      double resident = 0;
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          resident = Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      double cpu =
          (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
      samples.add(new Sample(resident, cpu));
    } catch (IOException e) {
      throw new IllegalStateException("The stream's process has no figures any more", e);
    }
  }

  synchronized void describe(List<String> page) {
    page.add("");
    page.add("| minute | resident MiB of the stream's process | its CPU s in the minute |");
    page.add("| ---: | ---: | ---: |");
    for (int i = 0; i < samples.size(); i++) {
      page.add(
          String.format(
              Locale.ROOT,
              "| %d | %.0f | %s |",
              i,
              samples.get(i).residentMiB(),
              i == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      "%.1f",
                      samples.get(i).cpuSeconds() - samples.get(i - 1).cpuSeconds())));
    }
  }
}
