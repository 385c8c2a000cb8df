package dev.penstock.samples.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.bigquery.Fault;
import dev.penstock.samples.bigquery.LocalBigQuery;
import dev.penstock.samples.kiva.KivaContracts;
import dev.penstock.samples.kiva.KivaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Loads into BigQuery whose worker fails or whose process is killed end, once they are through,
 * with the tables of a load that nobody disturbed.
 */
public final class BrokenBigQueryLoadIT {
  private static final int ROWS = 6_000;
  private static final List<List<String>> WAYS =
      List.of(
          List.of("--bigQueryMethod=load"),
          List.of("--bigQueryMethod=storage-write"),
          List.of("--bigQueryMethod=storage-write", "--mode=upsert"));

  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();
  private static LocalBigQuery bigQuery;

  @BeforeClass
  public static void startServerAndLoadUndisturbed() throws Exception {
    bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
    KivaContracts.copyTo(folder());
    KivaFiles.withSeed(3)
        .rows(ROWS)
        .oneBadIn(100)
        .writeLoans(folder().resolve("loans.csv"), bad -> {});
    Path conf = Files.createDirectory(folder().resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        "restart-strategy: {type: fixed-delay, fixed-delay: {attempts: 9, delay: 10 ms}}\n");
    CommandCall undisturbed = CommandCall.of(load("undisturbed", WAYS.get(0)));
    assertEquals(undisturbed.err(), 0, undisturbed.exitCode());
  }

  @AfterClass
  public static void stop() {
    bigQuery.close();
  }

  @After
  public void mend() {
    bigQuery.faults().clear();
  }

  private static Path folder() throws IOException {
    return TEMPORARY.getRoot().toPath().toRealPath();
  }

  private static List<String> load(String dataset, List<String> way, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "csv-to-warehouse",
                "--runner=FlinkRunner",
                "--contract=" + folder().resolve("kiva-loans.yaml"),
                "--input=" + folder().resolve("loans.csv"),
                "--splitSize=512KiB",
                "--to=bigquery:my-project:" + dataset,
                "--tempLocation=" + folder().resolve("tmp"),
                "--bigQueryEndpoint=" + bigQuery.endpoint(),
                "--credentialFactoryClass="
                    + "org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory"));
    words.addAll(way);
    words.addAll(Arrays.asList(more));
    return words;
  }

  @Test
  public void aWorkerThatFailsAndStartsAgainLeavesTheSameTables() throws Exception {
    for (List<String> way : WAYS) {
      String dataset = "restarted" + WAYS.indexOf(way);
      // Not tried again by the writer itself: the worker fails, and Flink starts the job anew.
      for (String operation : List.of("jobs.insert", "AppendRows", "BatchCommitWriteStreams")) {
        bigQuery.faults().add(Fault.on(operation, Fault.Effect.DENIED).afterApplying().times(1));
      }

      CommandCall call =
          CommandCall.of(load(dataset, way, "--flinkConfDir=" + folder().resolve("conf")));

      assertEquals(call.err(), 0, call.exitCode());
      assertThat(call.out().replaceAll(" +", " "), containsString(" 6,000 5,940 60 0 0 0 ✓"));
      assertEquals(way.toString(), contents("undisturbed"), contents(dataset));
      mend();
    }
  }

  @Test
  public void aKilledProcessAndTheSameCommandAgainLeaveTheSameTables() throws Exception {
    for (List<String> way : WAYS) {
      String dataset = "killed" + WAYS.indexOf(way);
      String operation = way.size() == 1 ? "jobs.insert" : "AppendRows";
      long before = bigQuery.calls(operation);
      PenstockProcess.start(folder(), load(dataset, way))
          .until("it had called " + operation, () -> bigQuery.calls(operation) > before)
          .killAtOnce();

      CommandCall again = CommandCall.of(load(dataset, way));
      assertEquals(again.err(), 0, again.exitCode());
      assertEquals(way.toString(), contents("undisturbed"), contents(dataset));
    }
  }

  /** Checksums of both tables: everything but the runs. */
  private List<List<Object>> contents(String dataset) throws SQLException {
    List<List<Object>> contents = new ArrayList<>();
    String schema = "\"my-project\"." + dataset + ".";
    contents.addAll(
        bigQuery.sql(
            "SELECT count(*), bit_xor(hash(COLUMNS(* EXCLUDE (_penstock_run)))) FROM "
                + schema
                + "kiva_loans"));
    contents.addAll(
        bigQuery.sql(
            "SELECT count(*), bit_xor(hash(COLUMNS(* EXCLUDE (run_id)))) FROM "
                + schema
                + "penstock_dead_letters"));
    return contents;
  }
}
