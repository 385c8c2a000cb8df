package dev.penstock.samples.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.kiva.KivaContracts;
import dev.penstock.samples.kiva.KivaFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Loads on a real Flink cluster: the bundle is submitted, processes fail, and the end is the same.
 */
public final class FlinkClusterIT {
  private static final Path ROOT = Path.of(System.getProperty("penstock.root"));
  private static final String BUNDLE =
      ROOT.resolve("runner-configs/flink/target/penstock-flink-bundle.jar").toString();

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static EmbeddedPostgres postgres;
  private static FlinkCluster cluster;
  private static Path folder;

  /** What the Direct runner makes of the same file. */
  private static CommandCall expected;

  private static String expectedChecksums;

  @BeforeClass
  public static void startServersAndLoadUndisturbed() throws Exception {
    folder = FOLDER.getRoot().toPath().toRealPath();
    postgres = EmbeddedPostgres.start();
    KivaContracts.copyTo(folder);
    KivaFiles.withSeed(11)
        .rows(3_000)
        .oneBadIn(50)
        .writeLoans(folder.resolve("loans.csv"), b -> {});
    cluster =
        FlinkCluster.in(FOLDER.newFolder("cluster").toPath())
            .with("heartbeat.interval", "500")
            .with("heartbeat.timeout", "10000")
            .with("metrics.fetcher.update-interval", "1000")
            .with("restart-strategy.exponential-delay.initial-backoff", "500 ms")
            .start();
    LoansDatabase database = LoansDatabase.create(postgres, "direct");
    expected = CommandCall.of(load(database, "--runner=DirectRunner"));
    assertEquals(expected.err(), 0, expected.exitCode());
    expectedChecksums = database.checksums();
  }

  @AfterClass
  public static void stopServers() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    postgres.close();
  }

  private static List<String> load(LoansDatabase database, String... flags) {
    List<String> args = new ArrayList<>();
    args.add("csv-to-warehouse");
    args.add("--contract=" + folder.resolve("kiva-loans.yaml"));
    args.add("--input=" + folder.resolve("loans.csv"));
    args.add("--to=" + database.url());
    args.add("--batchSize=200");
    args.addAll(List.of(flags));
    return args;
  }

  /** As the launcher calls it. */
  private static List<String> loadOnCluster(LoansDatabase database, String... flags) {
    List<String> args = load(database, flags);
    args.add("--runner=FlinkRunner");
    args.add("--flinkMaster=" + cluster.master());
    args.add("--filesToStage=" + BUNDLE);
    args.add("--tempLocation=" + folder.resolve("temp"));
    args.add("--parallelism=2");
    return args;
  }

  @Test
  public void theClusterGivesTheSameTablesAndLedgerAsDirectAndEmbeddedFlink() throws Exception {
    LoansDatabase embedded = LoansDatabase.create(postgres, "embedded");
    CommandCall onEmbedded = CommandCall.of(load(embedded, "--runner=FlinkRunner"));
    assertEquals(onEmbedded.err(), 0, onEmbedded.exitCode());
    assertEquals(CommandCall.account(expected.out()), CommandCall.account(onEmbedded.out()));
    assertEquals(expectedChecksums, embedded.checksums());

    LoansDatabase database = LoansDatabase.create(postgres, "cluster");
    CommandCall onCluster = CommandCall.of(loadOnCluster(database));
    assertEquals(onCluster.err(), 0, onCluster.exitCode());
    assertEquals(CommandCall.account(expected.out()), CommandCall.account(onCluster.out()));
    assertEquals(expectedChecksums, database.checksums());
  }

  @Test
  public void flinkRunSubmitsTheBundleAndEndsWithTheCommandsExitCode() throws Exception {
    LoansDatabase database = LoansDatabase.create(postgres, "flink_run");
    Path output = folder.resolve("flink-run.txt");

    Process process = flinkRun(output, load(database, "--tempLocation=" + folder.resolve("temp")));

    int exitCode = process.waitFor();
    assertEquals(Files.readString(output), 0, exitCode);
    assertThat(
        Files.readString(output), containsString(CommandCall.account(expected.out()).strip()));
    assertEquals(expectedChecksums, database.checksums());
  }

  @Test
  public void flinkRunSaysWhatIsWrongWithoutAStackTrace() throws Exception {
    Path output = folder.resolve("flink-run-wrong.txt");

    Process process = flinkRun(output, List.of("csv-to-warehouse", "--contarct=loans.yaml"));

    int exitCode = process.waitFor();
    assertEquals(Files.readString(output), 2, exitCode);
    assertThat(Files.readString(output), containsString("Did you mean --contract?"));
    assertThat(Files.readString(output), not(containsString("\tat ")));
  }

  private static Process flinkRun(Path output, List<String> command) throws IOException {
    return cluster.run(output, BUNDLE, command);
  }

  @Test
  public void applicationModeLoadsTheSameWithItsArgumentFile() throws Exception {
    LoansDatabase database = LoansDatabase.create(postgres, "application");
    Path data = FOLDER.newFolder("data").toPath();
    Path arguments = data.resolve("application.args");
    Files.writeString(
        arguments,
        Files.readString(ROOT.resolve("runner-configs/flink/cluster/application.args"))
            .replace("/data/", data + "/"));
    List<String> load = load(database);
    load.add(1, "@" + arguments);

    FlinkApplication.Ended ended =
        FlinkApplication.run(FOLDER.newFolder("application").toPath(), Path.of(BUNDLE), load);

    assertEquals(ended.log(), 0, ended.exitCode());
    assertThat(ended.log(), containsString(CommandCall.account(expected.out()).strip()));
    assertThat(
        Files.readString(data.resolve("report.json")),
        containsString("\"status\" : \"succeeded\""));
    assertEquals(expectedChecksums, database.checksums());
  }

  @Test
  public void anApplicationWhoseCommandFailsHasFailed() throws Exception {
    FlinkApplication.Ended ended =
        FlinkApplication.run(
            FOLDER.newFolder("wrong").toPath(),
            Path.of(BUNDLE),
            List.of("csv-to-warehouse", "--contarct=loans.yaml"));

    assertThat(ended.exitCode(), not(equalTo(0)));
    assertThat(ended.log(), containsString("Did you mean --contract?"));
  }

  @Test
  public void aJobThatFailsShowsItsCauseOnTheTerminal() throws Exception {
    LoansDatabase database = LoansDatabase.create(postgres, "failing");
    database.prepareTable();
    database.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " RAISE insufficient_privilege USING MESSAGE = 'permission denied for table audit';"
            + " END $$");
    database.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON kiva_loans FOR EACH STATEMENT"
            + " EXECUTE FUNCTION refuse()");

    CommandCall call = CommandCall.of(loadOnCluster(database));

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(),
        matchesPattern(
            Pattern.compile(
                "(?s)(Running as Flink job [0-9a-f]{32} at http://localhost:\\d+\n|[^\n]* \\d+:\\d\\d\n)*"
                    + "The run failed\\. What its workers had written until then stays\\.\n"
                    + "Run the same command again to complete it: [^\n]*\n"
                    + "penstock: jdbc:postgresql:[^\n]*: user postgres lacks a privilege"
                    + " \\(permission denied for table audit\\)[^\n]*\n"
                    + "Add --stacktrace to see where it came from\\.\n")));
  }

  @Test
  public void aStoppedCommandCancelsItsJob() throws Exception {
    LoansDatabase database = LoansDatabase.create(postgres, "stopped");
    database.prepareTable();
    try (LoansDatabase.Gate gate = database.shutGateAfterTheFirstRows()) {
      PenstockProcess command =
          PenstockProcess.start(folder, loadOnCluster(database))
              .until("the load was half-way", gate::holdsALoadUp);

      assertEquals(143, command.stop());
      assertThat(
          command.output(),
          matchesPattern(
              Pattern.compile(
                  "(?s).*Stopped: Flink job [0-9a-f]{32} is cancelled; what it had.*")));
      assertThat(cluster.get("/jobs/overview"), containsString("CANCEL"));
    }
  }

  @Test
  public void aTaskManagerKilledInTheMiddleChangesNothing() throws Exception {
    LoansDatabase database = LoansDatabase.create(postgres, "killed");
    database.prepareTable();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CompletableFuture<CommandCall> load;
    try (LoansDatabase.Gate gate = database.shutGateAfterTheFirstRows()) {
      load =
          CompletableFuture.supplyAsync(() -> CommandCall.of(err, true, loadOnCluster(database)));
      await(load, gate::holdsALoadUp);
      await(load, () -> err.toString(UTF_8).contains("tasks finished"));
      cluster.killTaskManagers();
    }
    cluster.startTaskManager();

    CommandCall call = load.get();
    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.err(), containsString("Running as Flink job "));
    assertThat(call.err(), containsString(" tasks finished"));
    assertEquals(CommandCall.account(expected.out()), CommandCall.account(call.out()));
    assertEquals(expectedChecksums, database.checksums());
  }

  /** Waits for a moment that must come before the load ends. */
  private static void await(CompletableFuture<CommandCall> load, Callable<Boolean> moment)
      throws Exception {
    while (!moment.call()) {
      if (load.isDone()) {
        throw new AssertionError("The load ended too early: " + load.get());
      }
      Thread.sleep(20);
    }
  }
}
