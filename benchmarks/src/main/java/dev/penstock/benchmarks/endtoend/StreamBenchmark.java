package dev.penstock.benchmarks.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A stream at a steady rate: from a commit in PostgreSQL through Debezium, Kafka and embedded Flink
 * until its row is committed in another PostgreSQL, all of them on this machine.
 *
 * <p>Both ends of a latency are the databases' own clocks of commits, which are the same here: the
 * source's, as Debezium tells it in milliseconds, and that of the warehouse's transaction ({@code
 * track_commit_timestamp}). From the latter on, every query sees the row.
 */
final class StreamBenchmark {
  private static final int WRITERS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String USER = "penstock";

  private final Setup setup;
  private final int eventsPerSecond;
  private final int seconds;
  private final int warmUp;
  private final Path data;
  private final StreamSamples samples = new StreamSamples();
  private double writingSeconds;

  StreamBenchmark(Setup setup, int eventsPerSecond, int seconds, int warmUp) {
    this.setup = setup;
    this.eventsPerSecond = eventsPerSecond;
    this.seconds = seconds;
    this.warmUp = warmUp;
    this.data = setup.work().resolve("stream");
  }

  /** Streams, measures and writes the page; false when a row is missing. */
  boolean run(List<String> page) throws Exception {
    var unused = setup.emptyFolder("stream");
    try {
      services("up", "kafka", "postgres", "warehouse", "connect");
      rememberCommits();
      execute(source(), sql("orders-source.sql"));
      register();
      return measure(page);
    } finally {
      services("down", "--deleteData=true");
    }
  }

  private boolean measure(List<String> page) throws Exception {
    Process stream = startStream();
    try {
      // So that the stream has made its table, and the connector its snapshot, before it counts.
      execute(source(), "INSERT INTO orders (product_name, amount) VALUES ('first', 1)");
      await(stream, () -> stored() == 1);
      samples.begin(stream.pid());
      long events = write(stream);
      await(stream, () -> stored() >= events);
      samples.end();
      return describe(page, events);
    } finally {
      stream.destroy();
      stream.waitFor();
    }
  }

  private void services(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(setup.penstock(), "services"));
    command.addAll(List.of(words));
    command.add("--dataDir=" + data);
    call(command);
  }

  private void call(List<String> command) throws IOException, InterruptedException {
    Path log = setup.work().resolve("services.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed; see " + log);
    }
  }

  /** The warehouse keeps the time of each commit, from its next start on. */
  private void rememberCommits() throws Exception {
    execute(warehouse(), "ALTER SYSTEM SET track_commit_timestamp = on");
    services("down", "warehouse");
    services("up", "warehouse");
  }

  private static Connection source() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://localhost:5432/source", USER, USER);
  }

  private static Connection warehouse() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://localhost:5433/warehouse", USER, USER);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String sql(String name) throws IOException {
    return Files.readString(setup.home().resolve("samples/sql").resolve(name));
  }

  private static void register() throws IOException, InterruptedException {
    String settings =
        """
        {"connector.class": "io.debezium.connector.postgresql.PostgresConnector",
         "plugin.name": "pgoutput", "topic.prefix": "bench", "poll.interval.ms": "20",
         "database.hostname": "localhost", "database.port": "5432", "database.user": "penstock",
         "database.password": "penstock", "database.dbname": "source",
         "table.include.list": "public.orders", "publication.autocreate.mode": "filtered",
         "decimal.handling.mode": "string", "key.converter.schemas.enable": "false",
         "key.converter": "org.apache.kafka.connect.json.JsonConverter",
         "value.converter": "org.apache.kafka.connect.json.JsonConverter",
         "value.converter.schemas.enable": "false"}""";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:8083/connectors/bench/config"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(settings))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException("The connector was refused: " + answer.body());
    }
  }

  private Process startStream() throws IOException {
    List<String> command =
        List.of(
            setup.penstock(),
            "kafka-to-warehouse",
            "--contract=" + setup.home().resolve("samples/contracts/orders.yaml"),
            "--bootstrapServers=localhost:9092",
            "--topic=bench.public.orders",
            "--messageFormat=debezium",
            "--mode=history",
            "--to=jdbc:postgresql://localhost:5433/warehouse",
            "--user=" + USER,
            "--parallelism=" + setup.workers());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PENSTOCK_PASSWORD", USER);
    builder.environment().put("PENSTOCK_JAVA_OPTS", "-Xmx" + setup.heap());
    return builder.redirectOutput(setup.work().resolve("stream.log").toFile()).start();
  }

  /** Commits events one by one at the rate, four in five of them new orders; their number. */
  private long write(Process stream) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      List<Future<Long>> written = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        OrderWriter writer =
            new OrderWriter(source(), i, WRITERS, eventsPerSecond, start, warmUp + seconds);
        written.add(writers.submit(writer));
      }
      // The first order came before them.
      long events = 1;
      for (Future<Long> each : written) {
        events += each.get();
      }
      writingSeconds = (System.nanoTime() - start) / 1e9;
      if (!stream.isAlive()) {
        throw new IllegalStateException("The stream has ended; see stream.log");
      }
      return events;
    } finally {
      writers.shutdownNow();
    }
  }

  private static long stored() throws SQLException {
    try (Connection connection = warehouse();
        Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery("SELECT to_regclass('orders_fact') IS NOT NULL")) {
        if (!there.next() || !there.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM orders_fact")) {
        return count.next() ? count.getLong(1) : 0;
      }
    }
  }

  private void await(Process stream, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (!stream.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "Only " + stored() + " rows arrived; see " + setup.work().resolve("stream.log"));
      }
      Thread.sleep(200);
    }
  }

  private boolean describe(List<String> page, long events) throws SQLException {
    boolean whole = stored() == events;
    page.add(
        String.format(
            Locale.ROOT,
            "# A stream at %,d events a second for %s, from commit to commit%n",
            eventsPerSecond,
            seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds"));
    page.add(
        "PostgreSQL → Debezium (`poll.interval.ms` 20) → Kafka → `kafka-to-warehouse"
            + " --messageFormat=debezium --mode=history` on embedded Flink with its defaults →"
            + " PostgreSQL, all on this machine; each event is a transaction of its own, four in"
            + " five are inserts, the others updates. A latency lasts from the commit at the source"
            + " to the commit of the row in the warehouse, by the databases' own clocks. The first "
            + warmUp
            + " seconds are left out of the latencies.\n");
    try (Connection connection = warehouse()) {
      new LatencyTables(connection, warmUp).describe(page);
    }
    samples.describe(page);
    page.add("");
    page.add(
        String.format(
            Locale.ROOT,
            "%,d events committed at the source in %,.0f s, %,.0f a second; %,d rows in the"
                + " warehouse: %s",
            events,
            writingSeconds,
            events / writingSeconds,
            stored(),
            whole ? "the same" : "**not the same**"));
    return whole;
  }
}
