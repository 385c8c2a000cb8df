package dev.penstock.runner.dataflow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RefusedFlagsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void begin() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
  }

  private String problems(String... flags) {
    return problemsOf("csv-to-warehouse", flags);
  }

  private String problemsOf(String command, String... flags) {
    List<String> words = new ArrayList<>(List.of("--contract=" + loans.path("loans.yaml")));
    words.add("--runner=DataflowRunner");
    words.add("--pathValidatorClass=org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator");
    words.addAll(List.of(flags));
    Loans.Call call = Loans.call(command, words);
    assertEquals(call.err(), 2, call.exitCode());
    return call.err().replaceAll("\\s+", " ");
  }

  @Test
  public void placesThatTheWorkersCannotReachAreAllRefusedAtOnce() {
    String problems =
        problems(
            "--project=a-project",
            "--region=europe-west1",
            "--input=in/loans.csv,gs://bucket/in/*.csv",
            "--to=parquet:lake",
            "--deadLetters=file:///rejects",
            "--tempLocation=/tmp/penstock");

    assertThat(problems, containsString("4 problems; nothing was started"));
    assertThat(
        problems, containsString("--input=in/loans.csv is on this machine, and the workers"));
    assertThat(problems, containsString("--to=lake is on this machine"));
    assertThat(problems, containsString("--deadLetters=file:///rejects is on this machine"));
    assertThat(
        problems,
        containsString(
            "--tempLocation=/tmp/penstock: Dataflow's workers see no files of this machine; name a"
                + " folder in a bucket, such as --tempLocation=gs://bucket/tmp"));
    assertThat(problems, not(containsString("gs://bucket/in/*.csv is")));
  }

  @Test
  public void duckDbIsRefusedWithTheWayOut() {
    String problems =
        problems(
            "--project=a-project",
            "--region=europe-west1",
            "--input=gs://bucket/in/*.csv",
            "--tempLocation=gs://bucket/tmp");

    assertThat(
        problems,
        containsString(
            "--to=jdbc:duckdb:penstock.duckdb: DuckDB is for one process on one machine, and the"
                + " workers of this run are others. Use --to=jdbc:postgresql://"));
  }

  @Test
  public void projectRegionAndTempLocationAreAskedForTogetherAndOnce() {
    String problems =
        problems("--project=", "--region=", "--input=gs://b/in.csv", "--to=parquet:gs://b/lake");

    assertThat(problems, containsString("3 problems"));
    assertThat(problems, containsString("--project is missing: the Google Cloud project"));
    assertThat(problems, containsString("--region is missing: where the workers run"));
    assertThat(problems, containsString("--tempLocation is missing: the workers are elsewhere"));
  }

  @Test
  public void whatBeamsRunnerRefusesIsReportedBeforeAnythingIsStarted() {
    String problems =
        problems(
            "--project=123456",
            "--region=europe-west1",
            "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
            "--filesToStage=" + loans.path("staged.jar"),
            "--workersShareFiles=true",
            "--input=" + loans.path("loans.csv"),
            "--to=parquet:" + loans.path("lake"),
            "--tempLocation=" + loans.path("tmp"));

    assertThat(
        problems,
        containsString(
            "Dataflow cannot run with these flags: Project ID '123456' invalid. Please make sure you"
                + " specified the Project ID, not project number."));
  }

  @Test
  public void aStreamsPlacesThatTheWorkersCannotReachAreAllRefusedAtOnce() {
    String problems =
        problemsOf(
            "kafka-to-warehouse",
            "--project=a-project",
            "--region=europe-west1",
            "--tempLocation=gs://bucket/tmp",
            "--bootstrapServers=kafka:9092",
            "--topic=loans",
            "--kafkaSettings=kafka.properties",
            "--messageFormat=avro",
            "--schemaRegistry=http://registry:8081",
            "--registryCredentials=registry.secret",
            "--passwordFile=warehouse.secret",
            "--user=loader",
            "--to=jdbc:duckdb:loans.duckdb");

    assertThat(problems, containsString("4 problems; nothing was started"));
    assertThat(
        problems,
        containsString(
            "--to=jdbc:duckdb:loans.duckdb: DuckDB is for one process on one machine, and the workers"
                + " of this run are others. Use --to=jdbc:postgresql://"));
    for (String flag :
        List.of(
            "--kafkaSettings=kafka.properties",
            "--registryCredentials=registry.secret",
            "--passwordFile=warehouse.secret")) {
      assertThat(problems, containsString(flag + " is on this machine, and the workers"));
    }
  }
}
