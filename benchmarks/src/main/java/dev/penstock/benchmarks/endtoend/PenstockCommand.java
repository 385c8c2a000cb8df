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
  static List<String> history(Setup setup, ChangeTopic topic, ChangeTables tables, String... more)
      throws IOException {
    return command(setup, topic, tables, "history", "orders", more);
  }

  /** Fills a table of the newest rows, in which those that are deleted stay and are marked. */
  static List<String> newest(Setup setup, ChangeTopic topic, ChangeTables tables)
      throws IOException {
    return command(
        setup, topic, tables, "upsert", "orders_now", "--deletions=soft", "--until=latest");
  }

  private static List<String> command(
      Setup setup,
      ChangeTopic topic,
      ChangeTables tables,
      String mode,
      String table,
      String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                setup.penstock(),
                "kafka-to-warehouse",
                "--contract=" + contract(setup, table),
                "--bootstrapServers=" + topic.bootstrapServers(),
                "--topic=" + topic.name(),
                "--messageFormat=debezium",
                "--mode=" + mode,
                "--to=" + tables.url(),
                "--user=" + tables.user(),
                "--runner=FlinkRunner",
                "--parallelism=" + setup.workers()));
    command.addAll(List.of(more));
    return command;
  }

  /** The contract, for a table of this name. */
  private static Path contract(Setup setup, String table) throws IOException {
    String text = Files.readString(setup.home().resolve("benchmarks/contracts/orders.yaml"));
    return Files.writeString(
        setup.work().resolve(table + ".yaml"),
        text.replace("- name: orders\n", "- name: " + table + "\n"));
  }

  /** Options of the JVM that the user has set, such as a profiler's, hold beside the heap. */
  static Map<String, String> environment(Setup setup, ChangeTables tables) {
    return Map.of(
        "PENSTOCK_PASSWORD",
        tables.password(),
        "PENSTOCK_JAVA_OPTS",
        System.getenv().getOrDefault("PENSTOCK_JAVA_OPTS", "") + " -Xmx" + setup.heap());
  }
}
