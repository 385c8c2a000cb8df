package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that loads the shop's events into Parquet files and keeps what it rejects. */
enum Contender {
  /** The command that users type, with everything it does. */
  PENSTOCK("Penstock on embedded Flink 1.19") {
    @Override
    Usage run(Setup setup, Path csv, int workers, Path rows, Path rejects)
        throws IOException, InterruptedException {
      List<String> command =
          List.of(
              setup.penstock(),
              "csv-to-warehouse",
              "--contract=" + setup.contract(),
              "--input=" + csv,
              "--to=parquet:" + rows,
              "--compression=snappy",
              "--deadLetters=" + rejects,
              "--report=" + setup.work().resolve("penstock-report.json"),
              "--parallelism=" + workers);
      return Usage.of(command, Map.of("PENSTOCK_JAVA_OPTS", "-Xmx" + setup.heap()), log(setup));
    }
  },
  /** DataFrame, PERMISSIVE. */
  SPARK("Spark 3.5.4"),
  /** DataStream in batch mode. */
  FLINK("native Flink 1.19.1"),
  /** Threads over byte ranges. */
  PLAIN("plain Java");

  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The name that the command line and the peers' folders have. */
  String keyword() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Loads a file in a process of its own. */
  Usage run(Setup setup, Path csv, int workers, Path rows, Path rejects)
      throws IOException, InterruptedException {
    Path module = setup.home().resolve("benchmarks/peers").resolve(keyword());
    String simpleName = name().charAt(0) + keyword().substring(1) + "Peer";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + setup.heap());
    command.add("-XX:+UseParallelGC");
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.add("-cp");
    command.add(
        module.resolve("target/classes")
            + ":"
            + Files.readString(module.resolve("target/classpath")).strip());
    command.add("dev.penstock.benchmarks.peers." + simpleName);
    command.addAll(
        List.of(csv.toString(), rows.toString(), rejects.toString(), Integer.toString(workers)));
    return Usage.of(command, Map.of(), log(setup));
  }

  Path log(Setup setup) {
    return setup.work().resolve(keyword() + ".log");
  }
}
