package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Path;
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
    String simpleName = name().charAt(0) + keyword().substring(1) + "Peer";
    List<String> command =
        PeerJvm.command(
            setup,
            keyword(),
            "dev.penstock.benchmarks.peers." + simpleName,
            List.of(
                csv.toString(), rows.toString(), rejects.toString(), Integer.toString(workers)));
    return Usage.of(command, Map.of(), log(setup));
  }

  Path log(Setup setup) {
    return setup.work().resolve(keyword() + ".log");
  }
}
