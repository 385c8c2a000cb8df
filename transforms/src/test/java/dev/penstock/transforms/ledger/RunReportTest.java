package dev.penstock.transforms.ledger;

import static org.junit.Assert.assertEquals;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RunReportTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static RunSummary summary() {
    return RunSummary.of(
        Ledger.of(List.of(LedgerEntry.of("/in/a.csv", 1000, 990, 10, 0, 0, 0))),
        Map.of("REQUIRED", 7L, "ENUM", 4L),
        List.of(QualityResult.of("rowCount", BigDecimal.valueOf(990), true, true)),
        List.of());
  }

  @Test
  public void theReportHasTheDocumentedShapeInAFixedOrder() {
    RunReport report =
        RunReport.builder("csv-to-warehouse", RunReport.Status.SUCCEEDED, summary())
            .setContract("kiva-loans", "1.0.0")
            .setStart(Instant.parse("2026-01-02T03:04:05Z"))
            .setDuration(Duration.ofMillis(1500))
            .build();

    assertEquals(
        """
        {
          "pipeline" : "csv-to-warehouse",
          "status" : "succeeded",
          "contract" : {
            "id" : "kiva-loans",
            "version" : "1.0.0"
          },
          "start" : "2026-01-02T03:04:05Z",
          "durationMillis" : 1500,
          "recordsPerSecond" : 666.7,
          "successRate" : 0.990000,
          "ledger" : {
            "read" : 1000,
            "written" : 990,
            "deadLettered" : 10,
            "filtered" : 0,
            "duplicate" : 0,
            "late" : 0,
            "balanced" : true,
            "units" : [ {
              "source" : "/in/a.csv",
              "read" : 1000,
              "written" : 990,
              "deadLettered" : 10,
              "filtered" : 0,
              "duplicate" : 0,
              "late" : 0,
              "balanced" : true
            } ]
          },
          "deadLetterReasons" : {
            "ENUM" : 4,
            "REQUIRED" : 7
          },
          "quality" : [ {
            "rule" : "rowCount",
            "observed" : 990,
            "passed" : true,
            "blocking" : true
          } ],
          "samples" : [ ],
          "problems" : [ ]
        }
        """,
        report.toJson());
  }

  @Test
  public void aRunThatTookNoTimeHasNoRate() {
    RunReport report = RunReport.builder("p", RunReport.Status.CANCELLED, summary()).build();

    assertEquals(new BigDecimal("0.0"), report.recordsPerSecond());
  }

  @Test
  public void theSuccessRateIsNeverRoundedUpToOne() {
    assertEquals(new BigDecimal("0.999999"), successRate(10_000_000, 1));
    assertEquals(new BigDecimal("1.000000"), successRate(10_000_000, 0));
    assertEquals(new BigDecimal("0.000000"), successRate(3, 3));
    assertEquals(new BigDecimal("1.000000"), successRate(0, 0));
  }

  private static BigDecimal successRate(long read, long deadLettered) {
    LedgerEntry entry = LedgerEntry.of("a.csv", read, read - deadLettered, deadLettered, 0, 0, 0);
    RunSummary summary = RunSummary.of(Ledger.of(List.of(entry)));
    return RunReport.builder("p", RunReport.Status.SUCCEEDED, summary).build().successRate();
  }

  @Test
  public void theReportIsWrittenAsAFile() throws IOException {
    String path = new File(folder.getRoot(), "out/report.json").getPath();
    RunReport report =
        RunReport.builder("p", RunReport.Status.FAILED, summary())
            .setProblems(List.of("too many dead letters"))
            .build();

    report.write(path);
    report.write(path);

    assertEquals(report.toJson(), Files.readString(new File(path).toPath()));
  }
}
