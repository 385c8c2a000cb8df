package dev.penstock.runner.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.cli.Penstock;
import dev.penstock.pipelines.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FlinkSmokeTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int penstock(String... args) {
    Terminal terminal =
        Terminal.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            100);
    return Penstock.run(terminal, args);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  public void aPipelineThatGroupsAndCombinesRuns() {
    int code = penstock("count", "--runner=FlinkRunner");

    assertEquals("", text(err));
    assertEquals("counted by FlinkRunner\n", text(out));
    assertEquals(0, code);
  }

  @Test
  public void aFailureInAWorkerIsReportedOnceByItsRootCause() {
    int code = penstock("count", "--runner=FlinkRunner", "--broken");

    assertEquals(
        "penstock: the wheel is stuck\nAdd --stacktrace to see where it came from.\n", text(err));
    assertEquals(1, code);
  }

  @Test
  public void aRunOnAClusterWantsPlacesThatItsWorkersCanReach() throws Exception {
    Path contract = folder.newFile("loans.yaml").toPath();
    Files.writeString(
        contract,
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: loans
        version: 1.0.0
        status: active
        schema:
          - name: loans
            logicalType: object
            properties:
              - name: loan_id
                logicalType: integer
        """);

    int code =
        penstock(
            "csv-to-warehouse",
            "--contract=" + contract,
            "--input=loans.csv",
            "--to=jdbc:duckdb:loans.duckdb",
            "--runner=FlinkRunner",
            "--flinkMaster=flink.example:8081");

    assertEquals(2, code);
    String problems = text(err).replaceAll("\\s+", " ");
    assertThat(problems, containsString("--tempLocation is missing: the workers are elsewhere"));
    assertThat(
        problems,
        containsString("--to=jdbc:duckdb:loans.duckdb: DuckDB is for one process on one machine"));
  }
}
