package dev.penstock.benchmarks.endtoend;

import dev.penstock.benchmarks.endtoend.ChangeTables.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A program that takes change events from Kafka into PostgreSQL. */
enum ChangeContender {
  /** One command: history is a table, the newest rows are a view on it. */
  PENSTOCK("Penstock, latest as a view", Penstock.VIEW) {
    @Override
    Usage run(ChangeRun run) throws Exception {
      return Usage.of(
          Penstock.command(run, "history", "orders", "--until=latest"),
          Penstock.login(run),
          log(run));
    }
  },
  /** Two commands: history and the newest rows are tables. */
  PENSTOCK_TABLES("Penstock, latest as a table (two runs)", Penstock.TABLES) {
    @Override
    Usage run(ChangeRun run) throws Exception {
      Usage history =
          Usage.of(
              Penstock.command(run, "history", "orders", "--until=latest"),
              Penstock.login(run),
              log(run));
      return history.then(
          Usage.of(
              Penstock.command(run, "upsert", "orders_now", "--until=latest", "--deletions=soft"),
              Penstock.login(run),
              log(run)));
    }
  },
  /** The same as the first, as a stream that would go on. */
  PENSTOCK_STREAM("Penstock as a stream, latest as a view", Penstock.VIEW) {
    @Override
    Usage run(ChangeRun run) throws Exception {
      return Usage.until(
          run::isDone, Penstock.command(run, "history", "orders"), Penstock.login(run), log(run));
    }
  },
  /** Consumer, COPY, merge. */
  PLAIN("plain Java, COPY and merge", Layout.OWN) {
    @Override
    Usage run(ChangeRun run) throws Exception {
      run.tables().createOwn();
      return Usage.of(peer(run, "changes-plain", "PlainChanges"), login(run), log(run));
    }
  };

  /** The command that users type. */
  private static final class Penstock {
    private static final String NOT_DELETED = " WHERE NOT coalesce(_penstock_deleted, false)";
    static final Layout VIEW =
        new Layout(
            "orders", "_penstock_version", "coalesce(_penstock_deleted, false)", "orders_latest");
    static final Layout TABLES =
        new Layout(
            "orders",
            "_penstock_version",
            "coalesce(_penstock_deleted, false)",
            "orders_now" + NOT_DELETED);

    private Penstock() {}

    static List<String> command(ChangeRun run, String mode, String table, String... more)
        throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  run.setup().penstock(),
                  "kafka-to-warehouse",
                  "--contract=" + contract(run, table),
                  "--bootstrapServers=" + run.topic().bootstrapServers(),
                  "--topic=" + run.topic().name(),
                  "--messageFormat=debezium",
                  "--mode=" + mode,
                  "--to=" + run.tables().url(),
                  "--user=" + run.tables().user(),
                  "--runner=FlinkRunner",
                  "--parallelism=" + run.setup().workers()));
      command.addAll(List.of(more));
      return command;
    }

    /** The contract, for a table of this name. */
    private static Path contract(ChangeRun run, String table) throws IOException {
      String text =
          Files.readString(run.setup().home().resolve("benchmarks/contracts/orders.yaml"));
      return Files.writeString(
          run.setup().work().resolve(table + ".yaml"),
          text.replace("- name: orders\n", "- name: " + table + "\n"));
    }

    static Map<String, String> login(ChangeRun run) {
      return Map.of(
          "PENSTOCK_PASSWORD",
          run.tables().password(),
          "PENSTOCK_JAVA_OPTS",
          "-Xmx" + run.setup().heap());
    }
  }

  private final String title;
  private final Layout layout;

  ChangeContender(String title, Layout layout) {
    this.title = title;
    this.layout = layout;
  }

  /** The contender of a keyword of the command line. */
  static ChangeContender of(String keyword) {
    return Arrays.stream(values())
        .filter(each -> each.keyword().equals(keyword))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--contenders: "
                        + keyword
                        + " is none of "
                        + Arrays.stream(values())
                            .map(ChangeContender::keyword)
                            .collect(Collectors.joining(", "))));
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
    return layout;
  }

  /** Takes what the topic has into the tables, in a process of its own. */
  abstract Usage run(ChangeRun run) throws Exception;

  Path log(ChangeRun run) {
    return run.setup().work().resolve(keyword() + ".log");
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

  static Map<String, String> login(ChangeRun run) {
    return Map.of("WAREHOUSE_PASSWORD", run.tables().password());
  }
}
