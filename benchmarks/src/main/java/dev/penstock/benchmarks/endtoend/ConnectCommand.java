package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A worker of Kafka Connect with two of Debezium's JDBC sinks: one for every version, one for the
 * newest.
 */
final class ConnectCommand {
  /** Its columns are named by the transformation that unwraps the events. */
  static final ChangeTables.Layout LAYOUT =
      new ChangeTables.Layout(
          "orders_history", "__source_lsn", "__deleted", "orders_latest WHERE NOT __deleted");

  /** Rows in one batch; Connect's consumer and the sink have 500 unless they are told more. */
  private static final String BATCH = "5000";

  private static final String CONVERTER = "dev.penstock.benchmarks.peers.ChangeConverter";

  private ConnectCommand() {}

  static List<String> of(ChangeRun run) throws IOException {
    Path folder = run.setup().emptyFolder("peer");
    return PeerJvm.command(
        run.setup(),
        "changes-connect",
        "org.apache.kafka.connect.cli.ConnectStandalone",
        List.of(
            write(folder.resolve("worker.properties"), worker(run, folder)),
            write(folder.resolve("history.properties"), history(run)),
            write(folder.resolve("latest.properties"), latest(run))));
  }

  private static Map<String, String> worker(ChangeRun run, Path folder) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", run.topic().bootstrapServers());
    settings.put("listeners", "http://localhost:" + freePort());
    settings.put("key.converter", CONVERTER);
    settings.put("value.converter", CONVERTER);
    settings.put("offset.storage.file.filename", folder.resolve("offsets").toString());
    settings.put("plugin.discovery", "service_load");
    settings.put("consumer.max.poll.records", BATCH);
    settings.put("consumer.max.partition.fetch.bytes", "8388608");
    settings.put("config.providers", "env");
    settings.put(
        "config.providers.env.class",
        "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
    return settings;
  }

  /** Every version has a row of its own, found again by key and version when it comes again. */
  private static Map<String, String> history(ChangeRun run) {
    Map<String, String> settings = sink(run, "history");
    settings.put("primary.key.mode", "record_value");
    settings.put("primary.key.fields", "order_id,__source_lsn");
    return settings;
  }

  /** The version that came last; of several in a batch that one alone is written. */
  private static Map<String, String> latest(ChangeRun run) {
    Map<String, String> settings = sink(run, "latest");
    settings.put("primary.key.mode", "record_key");
    settings.put("use.reduction.buffer", "true");
    return settings;
  }

  private static Map<String, String> sink(ChangeRun run, String name) {
    Map<String, String> settings = new TreeMap<>();
    // Another for each run: how far a sink has read is kept for its name.
    settings.put("name", name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
    settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    settings.put("tasks.max", Integer.toString(run.setup().workers()));
    settings.put("topics", run.topic().name());
    settings.put(
        "connection.url",
        // Amounts and deletions arrive as texts, which the server is to take for what they are.
        run.tables().url() + "?stringtype=unspecified&reWriteBatchedInserts=true");
    settings.put("connection.username", run.tables().user());
    settings.put("connection.password", "${env:WAREHOUSE_PASSWORD}");
    settings.put("collection.name.format", "orders_" + name);
    settings.put("insert.mode", "upsert");
    settings.put("schema.evolution", "none");
    settings.put("batch.size", BATCH);
    settings.put("transforms", "unwrap");
    settings.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
    settings.put("transforms.unwrap.delete.tombstone.handling.mode", "rewrite");
    settings.put("transforms.unwrap.add.fields", "source.lsn");
    return settings;
  }

  private static String write(Path file, Map<String, String> settings) throws IOException {
    return Files.writeString(
            file,
            settings.entrySet().stream()
                .map(line -> line.getKey() + "=" + line.getValue() + "\n")
                .collect(Collectors.joining()))
        .toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
