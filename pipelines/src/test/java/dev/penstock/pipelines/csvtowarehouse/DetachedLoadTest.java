package dev.penstock.pipelines.csvtowarehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.transforms.ledger.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A load that its command hands over, as for a template, judged where it runs. */
public class DetachedLoadTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Loans loans;

  @Before
  public void begin() throws Exception {
    loans = Loans.in(folder.getRoot().toPath());
    Files.createDirectories(loans.path("tmp"));
  }

  private CommandCall load(String... more) {
    String[] flags = {
      "--runner=DirectRunner",
      "--detached=true",
      "--runId=8f14e45f-ceea-467f-9dc5-0b5d24a1e9d7",
      "--tempLocation=" + loans.path("tmp"),
      "--report=" + loans.path("report.json")
    };
    String[] all = java.util.Arrays.copyOf(flags, flags.length + more.length);
    System.arraycopy(more, 0, all, flags.length, more.length);
    return loans.load(all);
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper().readTree(Files.readString(loans.path("report.json")));
  }

  @Test
  public void aRunThatNobodyWaitsForLeavesItsFiguresAndItsReport() throws Exception {
    CommandCall call = load();

    assertEquals(call.err(), 0, call.exitCode());
    Path figures =
        loans.path("tmp").resolve("penstock-summary-8f14e45f-ceea-467f-9dc5-0b5d24a1e9d7.json");
    assertEquals(
        "Nobody waits for this run here: it fails by itself when its ledger or a threshold does not"
            + " hold. Its figures will be in "
            + figures
            + "\n",
        call.out());
    assertEquals(7, RunSummary.read(figures.toString()).ledger().total().read());
    assertEquals("succeeded", report().path("status").asText());
    assertEquals(7, report().path("ledger").path("read").asInt());
  }

  @Test
  public void aThresholdThatDoesNotHoldFailsTheRunItself() throws Exception {
    CommandCall call = load("--maxDeadLetters=2");

    assertEquals(1, call.exitCode());
    assertThat(
        call.err(),
        containsString("penstock: 3 dead letters are more than --maxDeadLetters=2 allows"));
    assertEquals("failed", report().path("status").asText());
    assertEquals(
        "[\"3 dead letters are more than --maxDeadLetters=2 allows\"]",
        report().path("problems").toString());
  }
}
