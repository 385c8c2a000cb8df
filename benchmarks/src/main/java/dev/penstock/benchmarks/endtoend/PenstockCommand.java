package dev.penstock.benchmarks.endtoend;

import dev.penstock.benchmarks.endtoend.ChangeTables.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Penstock's command, as users type it. */
final class PenstockCommand {
  private static final String DELETED = "coalesce(_penstock_deleted, false)";

  /** History is a table, and the newest rows are the view on it that comes with it. */
  static final Layout VIEW = new Layout("orders", "_penstock_version", DELETED, "orders_latest");

  /** Both are tables. */
  static final Layout TABLES =
      new Layout("orders", "_penstock_version", DELETED, "orders_now WHERE NOT " + DELETED);

  private PenstockCommand() {}

  /** Fills the table of every version. */
  static List<String> history(ChangeRun run, String... more) throws IOException {
    return command(run, "history", "orders", more);
  }

  /** Fills a table of the newest rows, in which those that are deleted stay and are marked. */
  static List<String> newest(ChangeRun run) throws IOException {
    return command(run, "upsert", "orders_now", "--deletions=soft", "--until=latest");
  }

  private static List<String> command(ChangeRun run, String mode, String table, String... more)
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
    String text = Files.readString(run.setup().home().resolve("benchmarks/contracts/orders.yaml"));
    return Files.writeString(
        run.setup().work().resolve(table + ".yaml"),
        text.replace("- name: orders\n", "- name: " + table + "\n"));
  }

  static Map<String, String> environment(ChangeRun run) {
    return Map.of(
        "PENSTOCK_PASSWORD",
        run.tables().password(),
        "PENSTOCK_JAVA_OPTS",
        "-Xmx" + run.setup().heap());
  }
}
