package dev.penstock.pipelines.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.io.file.ReadCsv;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunProgress;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AccountedRunTest {
  private static final DataContract CONTRACT =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: numbers
          version: 2.0.0
          status: active
          schema:
            - name: numbers
              properties:
                - name: n
                  logicalType: integer
          """,
          "numbers.yaml");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private AccountedOptions options = PipelineOptionsFactory.as(AccountedOptions.class);
  private String input = "";

  @Before
  public void setUp() throws Exception {
    Path file = folder.getRoot().toPath().resolve("numbers.csv");
    Files.writeString(file, "n\n1\n2\n3\n");
    input = file.toString();
    options = PipelineOptionsFactory.as(AccountedOptions.class);
    options.setReport(folder.getRoot().toPath().resolve("report.json").toString());
  }

  private AccountedRun run() {
    PrintStream stream = new PrintStream(err, true, UTF_8);
    return AccountedRun.of("numbers", options, CONTRACT, Terminal.of(stream, stream, false, 80));
  }

  @Test
  public void aRunThatFailsSaysWhatWasWrittenUntilThen() throws Exception {
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () -> run().run((pipeline, accounting) -> writeOneThenFail(pipeline, accounting)));

    assertThat(failure.toString(), containsString("The disk is full"));
    assertThat(
        err.toString(UTF_8),
        containsString("The run failed. What this process had done until then"));
    assertThat(err.toString(UTF_8), containsString("numbers.csv"));
    assertThat(err.toString(UTF_8), containsString("Run the same command again"));
    JsonNode report = new ObjectMapper().readTree(Path.of(options.getReport()).toFile());
    assertEquals("failed", report.path("status").asText());
    assertEquals(3, report.path("ledger").path("read").asInt());
    assertEquals(1, report.path("ledger").path("written").asInt());
    assertEquals(false, report.path("ledger").path("balanced").asBoolean());
    assertThat(report.path("problems").toString(), containsString("The disk is full"));
  }

  private void writeOneThenFail(Pipeline pipeline, Accounting accounting) {
    accounting
        .keep(pipeline.apply(ReadCsv.from(input)))
        .apply(MapElements.via(new OneThenFail(options.getRunId(), input)));
    accounting.close(DryRun.deadLetters());
  }

  /** Stands for a destination that takes one record of a run and then no more. */
  private static final class OneThenFail extends SimpleFunction<SourceRecord, String> {
    private static final long serialVersionUID = 1L;
    private final String runId;
    private final String source;

    OneThenFail(String runId, String source) {
      this.runId = runId;
      this.source = source;
    }

    @Override
    public String apply(SourceRecord record) {
      if (record.position().number() == 1) {
        RunProgress.of(runId).add(LedgerEntry.written(source, 1));
        return "stored";
      }
      throw new IllegalStateException("The disk is full");
    }
  }

  @Test
  public void aPipelineWhoseBooksAreNotClosedFails() {
    RuntimeException failure =
        assertThrows(
            RuntimeException.class,
            () ->
                run()
                    .run(
                        (pipeline, accounting) ->
                            accounting.keep(pipeline.apply(ReadCsv.from(input)))));
    assertThat(
        failure.getMessage(),
        containsString(
            "The pipeline ended without a summary of its records. Close its Accounting"));
  }

  @Test
  public void booksWithoutAnyStepCannotBeClosed() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> Accounting.to("summary.json").close(DryRun.deadLetters()));
    assertEquals(
        "The books are empty: pass each step's Outcome to keep() before close()",
        failure.getMessage());
  }
}
