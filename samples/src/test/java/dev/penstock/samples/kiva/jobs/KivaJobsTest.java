package dev.penstock.samples.kiva.jobs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.samples.bigquery.LocalBigQuery;
import dev.penstock.samples.gcs.LocalGcs;
import dev.penstock.samples.services.CommandCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The workshop's command lines do here what they promise there, on each runner alike. */
@RunWith(JUnit4.class)
public final class KivaJobsTest {
  private static final List<String> RUNNERS = List.of("DirectRunner", "FlinkRunner");

  private static final String NO_CREDENTIALS =
      "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final LocalBigQuery bigQuery = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private Path root;

  @Before
  public void writeFiles() throws IOException {
    root = temporary.getRoot().toPath().toRealPath();
    Files.writeString(
        root.resolve("loans.csv"),
        """
        loan_id,loan_name,original_language,description,description_translated,funded_amount,loan_amount,status,image_id
        84,Justine,English,"a, b","of
        two lines",3175.00,3200.00,expired,7
        85,,Spanish,x,,25,50.5,funded,8
        86,,Spanish,x,,none,50.5,funded,9
        """);
    Files.writeString(
        root.resolve("loans_lenders.csv"),
        """
        loan_id,lenders
        483693,"[muc888, niki3008, teresa9174]"
        483694,"muc888, niki3008"
        483695,[muc888, niki3008]
        """);
  }

  @After
  public void stop() {
    bigQuery.close();
  }

  private CommandCall call(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.replaceAll(word -> word.replace("$ROOT", root.toString()));
    return CommandCall.of(all);
  }

  @Test
  public void loansBecomeLinesOfText() throws IOException {
    for (String runner : RUNNERS) {
      for (int run = 1; run <= 2; run++) {
        CommandCall call =
            call(
                "kiva-loans",
                "--runner=" + runner,
                "--input=$ROOT/loans.csv",
                "--output=$ROOT/" + runner + "/loans");

        assertEquals(call.err(), 0, call.exitCode());
        assertEquals(
            List.of(
                "loan: 84, amount: 3200.0, funded: 3175.0, status: expired",
                "loan: 85, amount: 50.5, funded: 25.0, status: funded"),
            lines(root.resolve(runner)));
        assertThat(call.out(), containsString("TYPE_NUMBER"));
      }
    }
  }

  @Test
  public void lendersBecomeLinesOfText() throws IOException {
    CommandCall call =
        call(
            "kiva-loans-lenders",
            "--runner=DirectRunner",
            "--input=$ROOT/loans_lenders.csv",
            "--output=$ROOT/out/lenders");

    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of("loan_id: 483693 total_lenders: 3", "loan_id: 483694 total_lenders: 2"),
        lines(root.resolve("out")));
  }

  @Test
  public void loansBecomeATableByTheFlagsOfTheWorkshop() throws Exception {
    for (String runner : RUNNERS) {
      for (int run = 1; run <= 2; run++) {
        CommandCall call =
            call(
                "kiva-loans-bigquery",
                "--runner=" + runner,
                "--project=kiva-org-pipeline",
                "--temp_location=$ROOT/tmp",
                "--staging_location=$ROOT/staging",
                "--output=$ROOT/results/loans",
                "--input=$ROOT/loans.csv",
                "--table_name=kiva_loans_" + runner,
                "--dataset=kiva_dataset",
                "--deadLetters=$ROOT/rejects",
                "--bigQueryEndpoint=" + bigQuery.endpoint(),
                NO_CREDENTIALS);

        assertEquals(call.err(), 0, call.exitCode());
        assertEquals(
            List.of(List.of("84", 3175.0, 3200.0, "expired"), List.of("85", 25.0, 50.5, "funded")),
            bigQuery.sql(
                "SELECT loan_id, funded_amount, loan_amount, status FROM"
                    + " \"kiva-org-pipeline\".kiva_dataset.\"kiva_loans_"
                    + runner
                    + "\" ORDER BY 1"));
      }
    }
  }

  @Test
  public void lendersBecomeATableByTheFlagsOfTheWorkshop() throws Exception {
    CommandCall call =
        call(
            "kiva-loans-lenders-bigquery",
            "--runner=DirectRunner",
            "--project=kiva-org-pipeline",
            "--temp_location=$ROOT/tmp",
            "--input=$ROOT/loans_lenders.csv",
            "--output=$ROOT/results/lenders",
            "--table_name=lenders",
            "--dataset=kiva_dataset",
            "--deadLetters=$ROOT/rejects",
            "--bigQueryEndpoint=" + bigQuery.endpoint(),
            NO_CREDENTIALS);

    assertEquals(call.err(), 0, call.exitCode());
    assertEquals(
        List.of(List.of("483693", 3L), List.of("483694", 2L)),
        bigQuery.sql(
            "SELECT loan_id, total_lenders FROM \"kiva-org-pipeline\".kiva_dataset.lenders ORDER"
                + " BY 1"));
  }

  /** What follows {@code python -m kiva_org.loans_bigquery} in the workshop, without its runner. */
  private static final List<String> WORD_FOR_WORD =
      List.of(
          "--project=kiva-org-pipeline",
          "--temp_location=gs://kiva_org_pipeline/tmp",
          "--staging_location=gs://kiva_org_pipeline/staging",
          "--output=gs://kiva_org_pipeline/results/loans",
          "--input=gs://kiva_org_pipeline/data/kiva/loans.csv",
          "--table_name=kiva_loans_summary",
          "--dataset=kiva_dataset");

  @Test
  public void theWorkshopsBucketsAreReadAndWrittenByItsCommandLinesWordForWord() throws Exception {
    Path bucket = Files.createDirectories(root.resolve("gcs/kiva_org_pipeline/data/kiva"));
    Files.copy(root.resolve("loans.csv"), bucket.resolve("loans.csv"));
    for (String runner : RUNNERS) {
      LocalBigQuery.Settings settings =
          LocalBigQuery.Settings.inMemory().withGcs(root.resolve("gcs"));
      try (LocalGcs gcs = LocalGcs.start(root.resolve("gcs"), 0);
          LocalBigQuery tables = LocalBigQuery.start(settings)) {
        List<String> words = new ArrayList<>(List.of("kiva-loans-bigquery", "--runner=" + runner));
        words.addAll(WORD_FOR_WORD);
        words.add("--gcsEndpoint=" + gcs.endpoint());
        words.add("--bigQueryEndpoint=" + tables.endpoint());
        words.add(NO_CREDENTIALS);
        CommandCall table = call(words.toArray(new String[0]));
        assertEquals(table.err(), 0, table.exitCode());
        assertEquals(
            List.of(List.of("84", 3175.0, 3200.0, "expired"), List.of("85", 25.0, 50.5, "funded")),
            tables.sql(
                "SELECT loan_id, funded_amount, loan_amount, status FROM"
                    + " \"kiva-org-pipeline\".kiva_dataset.kiva_loans_summary ORDER BY 1"));

        words.set(0, "kiva-loans");
        words.removeIf(word -> word.startsWith("--table_name") || word.startsWith("--dataset"));
        CommandCall text = call(words.toArray(new String[0]));
        assertEquals(text.err(), 0, text.exitCode());
        assertEquals(
            List.of(
                "loan: 84, amount: 3200.0, funded: 3175.0, status: expired",
                "loan: 85, amount: 50.5, funded: 25.0, status: funded"),
            lines(root.resolve("gcs/kiva_org_pipeline/results")));
      } finally {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
      }
    }
  }

  @Test
  public void ourOwnFlagsNameAnyDestination() {
    CommandCall call =
        call(
            "kiva-loans-bigquery",
            "--runner=DirectRunner",
            "--input=$ROOT/loans.csv",
            "--to=jdbc:duckdb:$ROOT/kiva.duckdb");

    assertEquals(call.err(), 0, call.exitCode());
    assertThat(call.out(), containsString("loans.csv"));
  }

  @Test
  public void whatIsMissingOrTooMuchIsSaidWithItsFlag() {
    CommandCall nothing = call("kiva-loans-bigquery", "--dataset=d", "--project=Not_a_project");
    assertEquals(2, nothing.exitCode());
    assertThat(nothing.err(), containsString("--input is missing: "));
    assertThat(
        nothing.err(), containsString("--dataset: 'bigquery:Not_a_project:d' names no dataset."));

    CommandCall both =
        call(
            "kiva-loans-bigquery",
            "--input=$ROOT/loans.csv",
            "--dataset=d",
            "--project=my-project",
            "--to=jdbc:duckdb:x");
    assertEquals(2, both.exitCode());
    assertThat(
        both.err(), containsString("--dataset and --to both name the destination; keep one"));

    CommandCall typo = call("kiva-loans", "--inptu=x", "--output=y", "--temp_locatoin=z");
    assertEquals(2, typo.exitCode());
    assertThat(typo.err(), containsString("Did you mean --input?"));
    assertThat(typo.err(), containsString("Did you mean --tempLocation?"));
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.getFileName().toString(), containsString("-00000-of-00001"));
        lines.addAll(Files.readAllLines(file));
      }
    }
    lines.sort(null);
    return lines;
  }
}
