package dev.penstock.benchmarks.endtoend;

import dev.penstock.benchmarks.endtoend.ChangeTables.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A program that takes change events from Kafka into PostgreSQL. */
enum ChangeContender {
  /** One command. */
  PENSTOCK("Penstock, latest as a view") {
    @Override
    Layout layout() {
      return PenstockCommand.VIEW;
    }

    @Override
    Usage run(ChangeRun run) throws Exception {
      return penstock(run, history(run, "--until=latest"));
    }
  },
  /** Two commands, since one run writes a topic to one table. */
  PENSTOCK_TABLES("Penstock, latest as a table (two runs)") {
    @Override
    Layout layout() {
      return PenstockCommand.TABLES;
    }

    @Override
    Usage run(ChangeRun run) throws Exception {
      return penstock(run, history(run, "--until=latest"))
          .then(penstock(run, PenstockCommand.newest(run.setup(), run.topic(), run.tables())));
    }
  },
  /** The same as the first, as a stream that would go on. */
  PENSTOCK_STREAM("Penstock as a stream, latest as a view") {
    @Override
    Layout layout() {
      return PenstockCommand.VIEW;
    }

    @Override
    Usage run(ChangeRun run) throws Exception {
      return Usage.until(run::isDone, history(run), penstockEnvironment(run), log(run));
    }
  },
  /** Consumer, COPY, merge. */
  PLAIN("plain Java, COPY and merge") {
    @Override
    Usage run(ChangeRun run) throws Exception {
      return own(run, "changes-plain", "PlainChanges");
    }
  },
  /** The DataFrame's own writer. */
  SPARK_JDBC("Spark 3.5.7, foreachBatch, JDBC and merge") {
    @Override
    Usage run(ChangeRun run) throws Exception {
      return own(run, "changes-spark", "SparkChanges", "jdbc");
    }
  },
  /** COPY by hand in each partition. */
  SPARK_COPY("Spark 3.5.7, foreachBatch, COPY and merge") {
    @Override
    Usage run(ChangeRun run) throws Exception {
      return own(run, "changes-spark", "SparkChanges", "copy");
    }
  },
  /** KafkaIO and JdbcIO. */
  BEAM_JDBCIO("Beam 2.70 on embedded Flink, JdbcIO (a stream)") {
    @Override
    Usage run(ChangeRun run) throws Exception {
      run.tables().createOwn();
      return Usage.until(
          run::isDone, peer(run, "changes-beam", "BeamChanges"), environment(run), log(run));
    }
  },
  /** Debezium's sink in Kafka Connect. */
  DEBEZIUM_SINK("Debezium's JDBC sink 3.3.1 in Kafka Connect (a stream)") {
    @Override
    Layout layout() {
      return ConnectCommand.LAYOUT;
    }

    @Override
    Usage run(ChangeRun run) throws Exception {
      run.tables().createOwn();
      return Usage.until(run::isDone, ConnectCommand.of(run), environment(run), log(run));
    }
  };

  private final String title;

  ChangeContender(String title) {
    this.title = title;
  }

  /** The contender of a keyword of the command line. */
  static ChangeContender of(String keyword) {
    return Arrays.stream(values())
        .filter(each -> each.keyword().equals(keyword))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--contenders: " + keyword + " is none of " + keywords()));
  }

  /** All of them, with commas. */
  static String keywords() {
    return Arrays.stream(values()).map(ChangeContender::keyword).collect(Collectors.joining(","));
  }

  String title() {
    return title;
  }

  String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its database's name. */
  String database() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where its rows are. */
  Layout layout() {
    return Layout.OWN;
  }

  /** Takes what the topic has into the tables, in a process of its own. */
  abstract Usage run(ChangeRun run) throws Exception;

  Path log(ChangeRun run) {
    return run.setup().work().resolve(keyword() + ".log");
  }

  Usage penstock(ChangeRun run, List<String> command) throws Exception {
    return Usage.of(command, penstockEnvironment(run), log(run));
  }

  static List<String> history(ChangeRun run, String... more) throws IOException {
    return PenstockCommand.history(run.setup(), run.topic(), run.tables(), more);
  }

  static Map<String, String> penstockEnvironment(ChangeRun run) {
    return PenstockCommand.environment(run.setup(), run.tables());
  }

  /** Runs a peer that ends by itself. */
  Usage own(ChangeRun run, String module, String mainClass, String... more) throws Exception {
    run.tables().createOwn();
    return Usage.of(peer(run, module, mainClass, more), environment(run), log(run));
  }

  /** The command of a peer, which gets where everything is in the same order always. */
  static List<String> peer(ChangeRun run, String module, String mainClass, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                run.topic().bootstrapServers(),
                run.topic().name(),
                run.tables().url(),
                run.tables().user(),
                Integer.toString(run.setup().workers()),
                run.setup().emptyFolder("peer").toString()));
    arguments.addAll(List.of(more));
    return PeerJvm.command(
        run.setup(), module, "dev.penstock.benchmarks.peers." + mainClass, arguments);
  }

  static Map<String, String> environment(ChangeRun run) {
    return Map.of("WAREHOUSE_PASSWORD", run.tables().password());
  }
}
