package dev.penstock.samples.services;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A load in application mode on this machine: a JobManager that is there for this one load and runs
 * its main class, and a TaskManager, each a process of its own.
 */
final class FlinkApplication {
  private static final String TEST_CLASSES =
      FlinkApplication.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private FlinkApplication() {}

  /**
   * Runs to the end.
   *
   * @param exitCode of the JobManager
   * @param log what it and the command printed
   */
  record Ended(int exitCode, String log) {}

  static Ended run(Path folder, Path bundle, List<String> arguments) throws Exception {
    Map<String, String> lines = new TreeMap<>(FlinkFiles.configuration(folder));
    lines.put("execution.attached", "true");
    lines.put("parallelism.default", "2");
    FlinkFiles.write(folder, lines);

    Path log = folder.resolve("jobmanager.log");
    List<String> jobManager =
        FlinkFiles.java(
            ApplicationEntryPoint.class.getName(),
            "-Xmx768m",
            folder.resolve("conf/logging.properties"));
    int classPath = jobManager.indexOf("-cp") + 1;
    jobManager.set(classPath, TEST_CLASSES + File.pathSeparator + jobManager.get(classPath));
    jobManager.addAll(List.of(folder.resolve("conf").toString(), bundle.toString()));
    jobManager.addAll(arguments);
    Process application = start(jobManager, log);
    Process worker =
        start(
            FlinkFiles.command(TASK_MANAGER, "-Xmx768m", folder),
            folder.resolve("taskmanager.log"));
    try {
      boolean ended = application.waitFor(3, TimeUnit.MINUTES);
      String text = Files.readString(log);
      if (!ended) {
        throw new AssertionError("The application did not end:\n" + text);
      }
      return new Ended(application.exitValue(), text);
    } finally {
      application.destroyForcibly().onExit().join();
      worker.destroyForcibly().onExit().join();
    }
  }

  private static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
