package dev.penstock.samples.streaming;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.samples.services.CommandCall;
import dev.penstock.samples.services.FlinkCluster;
import dev.penstock.samples.services.PenstockProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestName;

/**
 * Streams on a real Flink cluster to which something happens while they work. Afterwards the tables
 * are those of a stream to which nothing happened, and nothing is missing.
 *
 * <p>By default a stream has few events, so that the build stays short; {@code
 * -Dpenstock.fault.events=500000 -Dpenstock.fault.outage=30} makes it a load, and the outages as
 * long as one says.
 */
public final class StreamFaultsIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  private static final FaultEvents EVENTS =
      new FaultEvents(Integer.getInteger("penstock.fault.events", 12_000));
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("penstock.fault.outage", 3));
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path BUNDLE =
      Path.of(
          System.getProperty("penstock.root"),
          "runner-configs/flink/target/penstock-flink-bundle.jar");
  private static final Pattern JOB = Pattern.compile("Running as Flink job ([0-9a-f]{32})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalKafka kafka;
  private static LocalPostgres warehouse;
  private static FlinkCluster cluster;
  private static Relay relay;
  private static Topics topics;
  private static Path folder;

  @Rule public final TestName name = new TestName();

  private String topic;

  @BeforeClass
  public static void start() throws IOException {
    folder = TEMPORARY.getRoot().toPath().toRealPath();
    kafka = LocalKafka.start(folder);
    warehouse = LocalPostgres.warehouse(folder);
    relay = new Relay(warehouse.port());
    topics = new Topics(kafka);
    Files.writeString(folder.resolve("password"), warehouse.password());
    cluster =
        FlinkCluster.in(Files.createDirectories(folder.resolve("cluster")))
            .withRecovery()
            .with("state.checkpoints.dir", folder.resolve("checkpoints").toUri().toString())
            .with("heartbeat.interval", "500")
            .with("heartbeat.timeout", "8000")
            .with("restart-strategy.exponential-delay.initial-backoff", "500 ms")
            .with("restart-strategy.exponential-delay.max-backoff", "2 s")
            .with("restart-strategy.exponential-delay.attempts-before-reset-backoff", "1000000")
            .start();
  }

  @AfterClass
  public static void stop() throws IOException {
    cluster.close();
    topics.close();
    relay.close();
    warehouse.close();
    kafka.close();
  }

  @Before
  public void choose() throws Exception {
    topic = name.getMethodName().toLowerCase(Locale.ROOT);
    topics.create(topic, 3);
  }

  private void feed(int from, int to) {
    for (int i = from; i < to; i++) {
      FaultEvents.Event event = EVENTS.event(i);
      topics.send(topic, event.id() % 3, null, event.value());
    }
    topics.flush();
  }

  private List<String> words(String command) throws IOException {
    Path contract = folder.resolve(topic + ".yaml");
    Files.writeString(contract, FaultEvents.contract(topic));
    return new ArrayList<>(
        List.of(
            command,
            "--contract=" + contract,
            "--bootstrapServers=" + kafka.bootstrapServers(),
            "--topic=" + topic,
            "--mode=upsert",
            "--versionField=version",
            "--to=jdbc:postgresql://localhost:" + relay.port() + "/" + warehouse.database(),
            "--user=" + warehouse.user(),
            "--passwordFile=" + folder.resolve("password")));
  }

  /** A stream on the cluster, and the command that waits for it. */
  private record Running(PenstockProcess command, String job) {
    void cancel() {
      command.killAtOnce();
      cluster.cancel(job);
    }
  }

  private Running startStream(int parallelism, String... more) throws Exception {
    List<String> words = words("kafka-to-warehouse");
    words.addAll(
        List.of(
            "--runner=FlinkRunner",
            "--flinkMaster=" + cluster.master(),
            "--filesToStage=" + BUNDLE,
            "--tempLocation=" + folder.resolve("temp"),
            "--parallelism=" + parallelism,
            "--checkpointingInterval=1000"));
    words.addAll(List.of(more));
    PenstockProcess stream = PenstockProcess.start(folder, words);
    stream.until("the job runs", () -> JOB.matcher(stream.output()).find());
    Matcher running = JOB.matcher(stream.output());
    assertEquals(true, running.find());
    return new Running(stream, running.group(1));
  }

  private interface Fault {
    void happens() throws Exception;
  }

  /** Half of the events, the fault in their midst, the other half; and then nothing is missing. */
  private void streamThrough(Fault fault) throws Exception {
    Running stream = startStream(2);
    try {
      feed(0, EVENTS.count() / 2);
      await(stream, "some events are stored", () -> stored() > 0);
      // Events go on coming while it happens.
      CompletableFuture<Void> rest =
          CompletableFuture.runAsync(() -> feed(EVENTS.count() / 2, EVENTS.count()));
      fault.happens();
      rest.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      awaitAll(stream);
    } finally {
      stream.cancel();
    }
    assertWhole();
  }

  private void awaitAll(Running stream) throws Exception {
    await(
        stream,
        "all events are accounted for",
        () -> stored() >= EVENTS.count() && letters() >= EVENTS.bad());
  }

  /** The tables are what the events say, as after a stream to which nothing happened. */
  private void assertWhole() throws Exception {
    CommandCall reconciled = CommandCall.of(words("reconcile"));
    assertEquals(reconciled.out() + reconciled.err(), 0, reconciled.exitCode());
    assertEquals(EVENTS.bad(), letters());
    assertEquals(EVENTS.count(), stored());
    assertEquals(EVENTS.newest(), query(FaultEvents.NEWEST + topic));
  }

  private long stored() throws SQLException {
    return count(
        "penstock_ledger",
        "SELECT coalesce(sum(\"read\"), 0) FROM penstock_ledger WHERE target = '" + topic + "'");
  }

  private long letters() throws SQLException {
    return count(
        "penstock_dead_letters",
        "SELECT count(*) FROM penstock_dead_letters WHERE source LIKE '" + topic + "-%'");
  }

  private static long count(String table, String sql) throws SQLException {
    boolean there = !query("SELECT coalesce(to_regclass('" + table + "')::text, '')").isEmpty();
    return there ? Long.parseLong(query(sql)) : 0;
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private void await(Running stream, String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Waited in vain until "
                + what
                + "; stored are "
                + stored()
                + "\n"
                + cluster.get("/jobs/" + stream.job() + "/exceptions")
                + "\n"
                + stream.command().output());
      }
      Thread.sleep(100);
    }
  }

  /** The time for which something is away; what is tested is that its length does not matter. */
  private static void away() throws InterruptedException {
    Thread.sleep(OUTAGE.toMillis());
  }

  @Test
  public void aStreamToWhichNothingHappensStoresEverything() throws Exception {
    streamThrough(() -> {});
  }

  @Test
  public void aKilledTaskManagerLosesNothing() throws Exception {
    streamThrough(
        () -> {
          cluster.killTaskManagers();
          cluster.startTaskManager();
        });
  }

  @Test
  public void aKilledJobManagerLosesNothing() throws Exception {
    streamThrough(
        () -> {
          cluster.killJobManager();
          cluster.startJobManager();
        });
  }

  @Test
  public void aKilledBrokerLosesNothing() throws Exception {
    streamThrough(
        () -> {
          kafka.process().kill();
          away();
          kafka.process().start();
        });
  }

  @Test
  public void aKilledWarehouseLosesNothing() throws Exception {
    streamThrough(
        () -> {
          warehouse.process().kill();
          away();
          warehouse.process().start();
        });
  }

  @Test
  public void aConnectionThatIsCutLosesNothing() throws Exception {
    streamThrough(
        () -> {
          relay.cut();
          away();
          relay.mend();
        });
  }

  @Test
  public void aWarehouseThatIsReadOnlyForAWhileLosesNothing() throws Exception {
    streamThrough(
        () -> {
          warehouse.execute(
              "ALTER DATABASE " + warehouse.database() + " SET default_transaction_read_only = on",
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                  + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
          away();
          warehouse.execute(
              "SET default_transaction_read_only = off",
              "ALTER DATABASE "
                  + warehouse.database()
                  + " SET default_transaction_read_only = off");
        });
  }

  @Test
  public void aSavepointIsResumedWithAnotherParallelism() throws Exception {
    Running first = startStream(2);
    String savepoint;
    try {
      feed(0, EVENTS.count() / 2);
      await(first, "some events are stored", () -> stored() > 0);
      savepoint = cancelWithSavepoint(first);
    } finally {
      first.cancel();
    }
    Running second = startStream(1, "--savepointPath=" + savepoint);
    try {
      feed(EVENTS.count() / 2, EVENTS.count());
      awaitAll(second);
    } finally {
      second.cancel();
    }
    assertWhole();
  }

  private String cancelWithSavepoint(Running stream) throws Exception {
    String target = folder.resolve("savepoints").toUri().toString();
    String path = "/jobs/" + stream.job() + "/savepoints";
    JsonNode asked =
        JSON.readTree(
            cluster.post(path, "{\"cancel-job\": true, \"target-directory\": \"" + target + "\"}"));
    String progress = path + "/" + asked.path("request-id").asText();
    await(
        stream,
        "the savepoint is made",
        () -> JSON.readTree(cluster.get(progress)).at("/status/id").asText().equals("COMPLETED"));
    return JSON.readTree(cluster.get(progress)).at("/operation/location").asText();
  }
}
