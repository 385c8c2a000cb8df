package dev.penstock.samples.services;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a Flink cluster on this machine is made of: configuration, class path, command lines. */
final class FlinkFiles {
  /** Flink itself and what its distribution has in {@code lib}: jobs see no other versions. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(flink|commons-(lang3|text|collections|compress|io|cli|math3)|kryo|minlog|objenesis"
              + "|javassist|snappy-java|lz4-java|chill-java|slf4j|jsr305|snakeyaml-engine)-.*\\.jar");

  private FlinkFiles() {}

  /**
   * Ports that are free now, and memory for small jobs; a TaskManager started by hand needs all.
   */
  static Map<String, String> configuration(Path folder) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    lines.put("jobmanager.rpc.address", "localhost");
    lines.put("jobmanager.rpc.port", freePort());
    lines.put("jobmanager.bind-host", "localhost");
    lines.put("rest.address", "localhost");
    lines.put("rest.port", freePort());
    lines.put("rest.bind-address", "localhost");
    lines.put("taskmanager.host", "localhost");
    lines.put("taskmanager.bind-host", "localhost");
    lines.put("taskmanager.cpu.cores", "2");
    lines.put("taskmanager.numberOfTaskSlots", "2");
    lines.put("taskmanager.memory.task.heap.size", "512m");
    lines.put("taskmanager.memory.task.off-heap.size", "0m");
    lines.put("taskmanager.memory.framework.heap.size", "128m");
    lines.put("taskmanager.memory.framework.off-heap.size", "128m");
    lines.put("taskmanager.memory.jvm-metaspace.size", "256m");
    lines.put("taskmanager.memory.jvm-overhead.min", "192m");
    lines.put("taskmanager.memory.jvm-overhead.max", "192m");
    lines.put("taskmanager.memory.managed.size", "128m");
    lines.put("taskmanager.memory.network.min", "256m");
    lines.put("taskmanager.memory.network.max", "256m");
    // A lost worker fails many tasks at once; only this strategy counts them as one failure.
    lines.put("restart-strategy.type", "exponential-delay");
    lines.put("restart-strategy.exponential-delay.attempts-before-reset-backoff", "5");
    lines.put("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
    lines.put(
        "blob.storage.directory", Files.createDirectories(folder.resolve("blobs")).toString());
    return lines;
  }

  static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  static void write(Path folder, Map<String, String> lines) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        lines.entrySet().stream()
            .map(line -> line.getKey() + ": \"" + line.getValue() + "\"\n")
            .collect(Collectors.joining()));
    Files.writeString(
        conf.resolve("logging.properties"),
        """
        handlers=java.util.logging.ConsoleHandler
        .level=INFO
        """);
    Files.writeString(conf.resolve("quiet.properties"), ".level=OFF\n");
  }

  /** Sessions end a few seconds after their client was killed, so that its successor may lead. */
  static Path writeZooKeeper(Path folder, String port) throws IOException {
    Path data = Files.createDirectories(folder.resolve("zookeeper"));
    Path settings = folder.resolve("conf/zoo.cfg");
    Files.writeString(
        settings,
        """
        tickTime=1000
        initLimit=10
        syncLimit=5
        admin.enableServer=false
        clientPort=%s
        clientPortAddress=localhost
        dataDir=%s
        server.1=localhost:%s:%s
        """
            .formatted(port, data, freePort(), freePort()));
    return settings;
  }

  static List<String> command(String mainClass, String heap, Path folder) {
    List<String> command = java(mainClass, heap, folder.resolve("conf/logging.properties"));
    command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
    return command;
  }

  /** A call of one of Flink's main classes, to which arguments can be added. */
  static List<String> java(String mainClass, String heap, Path logging) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.add(heap);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.util.logging.config.file=" + logging);
    // Flink reaches into the JDK; this process, which may run Flink itself, has the list.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens="))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath(), mainClass));
    return command;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> LIBRARY.matcher(Path.of(entry).getFileName().toString()).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
