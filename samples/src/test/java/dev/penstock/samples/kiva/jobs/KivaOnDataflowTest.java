package dev.penstock.samples.kiva.jobs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.pipelines.run.Accounting;
import dev.penstock.runner.dataflow.FakeDataflow;
import dev.penstock.runner.dataflow.NoAccount;
import dev.penstock.runner.dataflow.PipelineGraph;
import dev.penstock.runner.dataflow.StandInWorkers;
import dev.penstock.samples.bigquery.LocalBigQuery;
import dev.penstock.samples.kiva.LendersOptions;
import dev.penstock.samples.kiva.LendersToWarehouse;
import dev.penstock.samples.services.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each sample pipeline is submitted to Dataflow's API as the graph that the others get. */
public final class KivaOnDataflowTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private FakeDataflow fake;
  private LocalBigQuery bigQuery;
  private NoAccount account;
  private Path root;

  @Before
  public void begin() throws IOException {
    fake = FakeDataflow.start();
    bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
    root = temporary.getRoot().toPath();
    account = NoAccount.in(root);
    Files.writeString(
        root.resolve("loans.csv"),
        "loan_id,funded_amount,loan_amount,status\n84,3175,3200,expired\n85,x,50,funded\n");
    Files.writeString(
        root.resolve("lenders.csv"), "loan_id,lenders\n483693,\"[muc888, niki3008, t9174]\"\n");
  }

  @After
  public void end() {
    fake.close();
    bigQuery.close();
  }

  /** Submits the command, runs what was posted, and compares what was staged. */
  private void runsAsTheSameGraph(
      String command,
      Class<? extends PipelineOptions> type,
      StandInWorkers.Build build,
      String... flags)
      throws IOException {
    fake.everyJobEnds(posted -> StandInWorkers.run(posted, build));
    List<String> own = new ArrayList<>(List.of(flags));
    own.replaceAll(flag -> flag.replace("$ROOT", root.toString()));
    own.add("--bigQueryEndpoint=" + bigQuery.endpoint());
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(own);
    words.addAll(account.flags());
    words.add("--apiRootUrl=" + fake.rootUrl());

    CommandCall call = CommandCall.of(words);

    assertEquals(call.err(), 0, call.exitCode());
    JsonNode job = fake.created().get(fake.created().size() - 1);
    assertThat(
        job.path("environment").path("experiments").toString(), containsString("use_runner_v2"));
    String dataflow = account.takeStagedGraph().text();
    own.add("--project=a-project");
    own.add("--tempLocation=" + root.resolve("tmp"));
    for (String runner : List.of("DirectRunner", "FlinkRunner")) {
      assertEquals(runner, translated(type, build, own, runner), dataflow);
    }
  }

  private static String translated(
      Class<? extends PipelineOptions> type,
      StandInWorkers.Build build,
      List<String> flags,
      String runner) {
    PipelineOptionsFactory.register(type);
    List<String> all = new ArrayList<>(flags);
    all.add("--runner=" + runner);
    PipelineOptions options = PipelineOptionsFactory.fromArgs(all.toArray(new String[0])).create();
    Pipeline pipeline = Pipeline.create(options);
    build.into(pipeline, options, Accounting.to("/nowhere/summary.json"));
    return PipelineGraph.of(pipeline).text();
  }

  private static StandInWorkers.Build steps(KivaJob job) {
    return (pipeline, options, accounting) ->
        job.build(pipeline, options.as(job.optionsType()), accounting);
  }

  @Test
  public void theJobsThatWriteTextRunOnDataflow() throws IOException {
    runsAsTheSameGraph(
        "kiva-loans",
        KivaOptions.ToText.class,
        steps(KivaJob.LOANS),
        "--input=$ROOT/loans.csv",
        "--output=$ROOT/out/loans");
    runsAsTheSameGraph(
        "kiva-loans-lenders",
        KivaOptions.ToText.class,
        steps(KivaJob.LENDERS),
        "--input=$ROOT/lenders.csv",
        "--output=$ROOT/out/lenders");

    assertEquals(
        List.of("loan: 84, amount: 3200.0, funded: 3175.0, status: expired"),
        Files.readAllLines(root.resolve("out/loans-00000-of-00001")));
    assertEquals(
        List.of("loan_id: 483693 total_lenders: 3"),
        Files.readAllLines(root.resolve("out/lenders-00000-of-00001")));
  }

  @Test
  public void theJobsThatWriteTablesRunOnDataflow() throws Exception {
    runsAsTheSameGraph(
        "kiva-loans-bigquery",
        KivaOptions.ToTable.class,
        steps(KivaJob.LOANS_BIGQUERY),
        "--input=$ROOT/loans.csv",
        "--dataset=kiva",
        "--tableName=loans");
    runsAsTheSameGraph(
        "kiva-loans-lenders-bigquery",
        KivaOptions.ToTable.class,
        steps(KivaJob.LENDERS_BIGQUERY),
        "--input=$ROOT/lenders.csv",
        "--dataset=kiva",
        "--tableName=lenders");

    assertEquals(
        List.of(List.of("84", 3200.0, 3L)),
        bigQuery.sql(
            "SELECT l.loan_id, loan_amount, total_lenders FROM \"a-project\".kiva.loans l,"
                + " \"a-project\".kiva.lenders"));
  }

  @Test
  public void thePipelineOfOnesOwnRunsOnDataflow() throws Exception {
    runsAsTheSameGraph(
        "lenders-to-warehouse",
        LendersOptions.class,
        (pipeline, options, accounting) ->
            LendersToWarehouse.build(pipeline, options.as(LendersOptions.class), accounting),
        "--input=$ROOT/lenders.csv",
        "--to=bigquery:a-project:kiva");

    assertEquals(
        List.of(List.of("483693", 3L)),
        bigQuery.sql(
            "SELECT loan_id, total_lenders FROM \"a-project\".kiva.kiva_loan_lenders ORDER BY 1"));
  }

  @Test
  public void theWorkshopsCommandLineNeedsNoRegion() {
    CommandCall call =
        CommandCall.of(
            List.of(
                "kiva-loans",
                "--runner=DataflowRunner",
                "--project=kiva-org-pipeline",
                "--temp_location=gs://kiva_org_pipeline/tmp",
                "--staging_location=gs://kiva_org_pipeline/staging",
                "--output=gs://kiva_org_pipeline/results/loans",
                "--input=loans.csv"));

    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("--input=loans.csv is on this machine"));
    assertThat(call.err(), not(containsString("--region")));
    assertThat(call.err(), not(containsString("Without effect")));
  }

  @Test
  public void whatOnlyThisMachineHasIsRefused() {
    for (String command : List.of("kiva-loans-bigquery", "lenders-to-warehouse")) {
      CommandCall call =
          CommandCall.of(
              List.of(
                  command,
                  "--runner=DataflowRunner",
                  "--project=a-project",
                  "--region=europe-west1",
                  "--tempLocation=gs://a-bucket/tmp",
                  "--input=gs://a-bucket/in.csv",
                  "--deadLetters=rejects",
                  "--to=jdbc:duckdb:kiva.duckdb"));

      assertEquals(2, call.exitCode());
      String problems = call.err().replaceAll("\\s+", " ");
      assertThat(
          problems,
          containsString("--to=jdbc:duckdb:kiva.duckdb: DuckDB is for one process on one machine"));
      assertThat(problems, containsString("--deadLetters=rejects is on this machine"));
    }
  }

  @Test
  public void aDestinationThatCannotBeUpsertedIsRefusedBeforeTheRun() {
    CommandCall call =
        CommandCall.of(
            List.of(
                "lenders-to-warehouse",
                "--runner=DirectRunner",
                "--input=" + root.resolve("lenders.csv"),
                "--to=parquet:" + root.resolve("lake")));

    assertEquals(2, call.exitCode());
    assertThat(call.err(), containsString("--to: "));
  }
}
