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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A stream on a real Flink cluster to which one thing after the other happens while it works. After
 * each the table is that of a stream to which nothing happened, and nothing is missing.
 *
 * <p>By default few events come with each fault, so that the build stays short; {@code
 * -Dpenstock.fault.events=500000 -Dpenstock.fault.outage=30} makes them a load, and the outages as
 * long as one says.
 */
public final class StreamFaultsIT {
  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  /** How many events come with each fault. */
  private static final int COUNT = Integer.getInteger("penstock.fault.events", 12_000);

  private static final FaultEvents EVENTS = new FaultEvents(COUNT * 35 / 100);
  private static final String TOPIC = "events";
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
  private static Running stream;

  /** How many events the topic has. */
  private static int fed;

  @BeforeClass
  public static void start() throws Exception {
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
    topics.create(TOPIC, 3);
    stream = startStream(2);
  }

  @AfterClass
  public static void stop() throws IOException {
    stream.cancel();
    cluster.close();
    topics.close();
    relay.close();
    warehouse.close();
    kafka.close();
  }

  /** Half as many events as come with a fault. */
  private static void feedHalf() {
    int end = fed + COUNT / 2;
    for (int i = fed; i < end; i++) {
      FaultEvents.Event event = EVENTS.event(i);
      topics.send(TOPIC, event.id() % 3, null, event.value());
    }
    topics.flush();
    fed = end;
  }

  private static List<String> words(String command) throws IOException {
    Path contract = folder.resolve("events.yaml");
    Files.writeString(contract, FaultEvents.contract(TOPIC));
    return new ArrayList<>(
        List.of(
            command,
            "--contract=" + contract,
            "--bootstrapServers=" + kafka.bootstrapServers(),
            "--topic=" + TOPIC,
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

  private static Running startStream(int parallelism, String... more) throws Exception {
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
    PenstockProcess command = PenstockProcess.start(folder, words);
    command.until("the job runs", () -> JOB.matcher(command.output()).find());
    Matcher running = JOB.matcher(command.output());
    assertEquals(true, running.find());
    return new Running(command, running.group(1));
  }

  private interface Fault {
    void happens() throws Exception;
  }

  /** Half of the events, the fault in their midst, the other half; and then nothing is missing. */
  private static void streamThrough(Fault fault) throws Exception {
    long before = stored();
    feedHalf();
    await("some events are stored", () -> stored() > before);
    // Events go on coming while it happens.
    CompletableFuture<Void> rest = CompletableFuture.runAsync(StreamFaultsIT::feedHalf);
    fault.happens();
    rest.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertWhole();
  }

  /** The table is what the events say, as after a stream to which nothing happened. */
  private static void assertWhole() throws Exception {
    await("all events are accounted for", () -> stored() >= fed && letters() >= EVENTS.bad(fed));
    CommandCall reconciled = CommandCall.of(words("reconcile"));
    assertEquals(reconciled.out() + reconciled.err(), 0, reconciled.exitCode());
    assertEquals(EVENTS.bad(fed), letters());
    assertEquals(fed, stored());
    assertEquals(EVENTS.newest(fed), query(FaultEvents.NEWEST + TOPIC));
  }

  private static long stored() throws SQLException {
    return count(
        "penstock_ledger",
        "SELECT coalesce(sum(\"read\"), 0) FROM penstock_ledger WHERE target = '" + TOPIC + "'");
  }

  private static long letters() throws SQLException {
    return count(
        "penstock_dead_letters",
        "SELECT count(*) FROM penstock_dead_letters WHERE source LIKE '" + TOPIC + "-%'");
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

  private static void await(String what, Callable<Boolean> condition) throws Exception {
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
    long before = stored();
    feedHalf();
    await("some events are stored", () -> stored() > before);
    String savepoint = cancelWithSavepoint();
    stream.cancel();
    stream = startStream(1, "--savepointPath=" + savepoint);
    feedHalf();
    assertWhole();
  }

  private static String cancelWithSavepoint() throws Exception {
    String target = folder.resolve("savepoints").toUri().toString();
    String path = "/jobs/" + stream.job() + "/savepoints";
    JsonNode asked =
        JSON.readTree(
            cluster.post(path, "{\"cancel-job\": true, \"target-directory\": \"" + target + "\"}"));
    String progress = path + "/" + asked.path("request-id").asText();
    await(
        "the savepoint is made",
        () -> JSON.readTree(cluster.get(progress)).at("/status/id").asText().equals("COMPLETED"));
    return JSON.readTree(cluster.get(progress)).at("/operation/location").asText();
  }
}
