package dev.penstock.samples.services;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Flink session cluster on this machine: a JobManager and TaskManagers as processes of their own,
 * which can be killed and started again.
 *
 * <pre>{@code
 * try (FlinkCluster cluster = FlinkCluster.in(folder).start()) {
 *   Penstock.run(terminal, "csv-to-warehouse", "--flinkMaster=" + cluster.master(), …);
 *   cluster.killTaskManagers();
 *   cluster.startTaskManager();
 * }
 * }</pre>
 *
 * <p>The processes have Flink's own jars on their class path, as an installed cluster has them, and
 * nothing of Penstock or Beam: jobs bring those. Configuration and logs are in the folder. It takes
 * about five seconds to start.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String ZOO_KEEPER =
      "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private final Path folder;
  private final Map<String, String> configuration;
  private final List<Member> taskManagers = new ArrayList<>();
  private final Thread hook = new Thread(this::killAll, "flink-cluster-stop");
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Member jobManager;
  private @Nullable Member zooKeeper;
  private int started;

  private FlinkCluster(Path folder, Map<String, String> configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /** A cluster whose files are in this folder; nothing is started yet. */
  public static FlinkCluster in(Path folder) throws IOException {
    return new FlinkCluster(folder, FlinkFiles.configuration(folder));
  }

  /** The same cluster with one more line of Flink's configuration. */
  public FlinkCluster with(String key, String value) {
    Map<String, String> more = new TreeMap<>(configuration);
    more.put(key, value);
    return new FlinkCluster(folder, more);
  }

  /**
   * The same cluster with a ZooKeeper, in which a JobManager that is started in the place of a
   * killed one finds the jobs and their checkpoints.
   */
  public FlinkCluster withRecovery() throws IOException {
    String quorum = "localhost:" + FlinkFiles.freePort();
    return with("high-availability.type", "zookeeper")
        .with("high-availability.zookeeper.quorum", quorum)
        .with("high-availability.zookeeper.client.session-timeout", "4000")
        .with("high-availability.storageDir", folder.resolve("recovery").toUri().toString());
  }

  /** Starts a JobManager and one TaskManager, and waits until jobs can be submitted. */
  public FlinkCluster start() throws IOException {
    FlinkFiles.write(folder, configuration);
    Runtime.getRuntime().addShutdownHook(hook);
    String quorum = configuration.get("high-availability.zookeeper.quorum");
    if (quorum != null) {
      zooKeeper = startZooKeeper(quorum.substring(quorum.lastIndexOf(':') + 1));
    }
    startJobManager();
    startTaskManager();
    return this;
  }

  private Member startZooKeeper(String port) throws IOException {
    Path settings = FlinkFiles.writeZooKeeper(folder, port);
    Path log = folder.resolve("zookeeper.log");
    List<String> command =
        FlinkFiles.java(ZOO_KEEPER, "-Xmx128m", folder.resolve("conf/logging.properties"));
    command.addAll(List.of("--zkConfigFile", settings.toString(), "--peerId", "1"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    return new Member(builder.redirectOutput(log.toFile()).start(), log);
  }

  /** Address for {@code --flinkMaster}. */
  public String master() {
    return "localhost:" + configuration.get("rest.port");
  }

  /** Starts the JobManager, and waits until it answers. */
  public void startJobManager() throws IOException {
    Member member = launch("jobmanager", JOB_MANAGER, "-Xmx512m");
    jobManager = member;
    await("the JobManager answers", member, () -> !get("/overview").isEmpty());
  }

  /** Starts another TaskManager, and waits until its slots can be used. */
  public void startTaskManager() throws IOException {
    int before = number("taskmanagers");
    Member member = launch("taskmanager", TASK_MANAGER, "-Xmx768m");
    taskManagers.add(member);
    await("the TaskManager has registered", member, () -> number("taskmanagers") > before);
  }

  /** Kills all TaskManagers as {@code kill -9} does, and waits until the JobManager has seen it. */
  public void killTaskManagers() {
    taskManagers.forEach(Member::kill);
    taskManagers.clear();
    if (jobManager != null) {
      await("the JobManager has noticed", jobManager, () -> number("taskmanagers") == 0);
    }
  }

  /** Kills the JobManager as {@code kill -9} does. */
  public void killJobManager() {
    if (jobManager != null) {
      jobManager.kill();
      jobManager = null;
    }
  }

  /** Starts {@code flink run} with a bundle and its arguments; its output goes to a file. */
  public Process run(Path output, String bundle, List<String> arguments) throws IOException {
    List<String> command =
        FlinkFiles.java(
            "org.apache.flink.client.cli.CliFrontend",
            "-Xmx512m",
            folder.resolve("conf/quiet.properties"));
    command.addAll(List.of("run", "-m", master(), "-p", "2", bundle));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("FLINK_CONF_DIR", folder.resolve("conf").toString());
    return builder.start();
  }

  /** What the JobManager's REST interface answers on a path; empty when it does not answer. */
  public String get(String path) {
    return answer(path, HttpRequest.newBuilder().GET());
  }

  /** Sends JSON to a path of the JobManager's REST interface; empty when it does not answer. */
  public String post(String path, String json) {
    return answer(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Cancels a job; nothing where it is no more. */
  public void cancel(String job) {
    String unused =
        answer(
            "/jobs/" + job + "?mode=cancel",
            HttpRequest.newBuilder().method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  private String answer(String path, HttpRequest.Builder builder) {
    try {
      HttpRequest request =
          builder
              .uri(URI.create("http://" + master() + path))
              .timeout(Duration.ofSeconds(5))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() / 100 == 2 ? response.body() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the JobManager for " + path, e);
    }
  }

  private int number(String field) {
    Matcher matcher = Pattern.compile("\"" + field + "\":(\\d+)").matcher(get("/overview"));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private Member launch(String name, String mainClass, String heap) throws IOException {
    started++;
    Path log = folder.resolve(name + "-" + started + ".log");
    List<String> command = FlinkFiles.command(mainClass, heap, folder);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    return new Member(builder.redirectOutput(log.toFile()).start(), log);
  }

  private void await(String what, Member member, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end || !member.process.isAlive()) {
          throw new IllegalStateException(
              "Waited in vain until "
                  + what
                  + ". The last lines of its log:\n"
                  + member.lastLines());
        }
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting until " + what, e);
    }
  }

  /** One process of the cluster. */
  private record Member(Process process, Path log) {
    void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    String lastLines() {
      try {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size()));
      } catch (IOException e) {
        return "cannot be read: " + e;
      }
    }
  }

  private void killAll() {
    taskManagers.forEach(Member::kill);
    taskManagers.clear();
    killJobManager();
    if (zooKeeper != null) {
      zooKeeper.kill();
    }
  }

  /** Stops all processes. */
  @Override
  public void close() {
    killAll();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
