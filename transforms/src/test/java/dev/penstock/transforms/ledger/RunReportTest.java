package dev.penstock.transforms.ledger;

import static org.junit.Assert.assertEquals;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static RunSummary closeLook() {
    DeadLetterProfile rejected = new DeadLetterProfile();
    rejected.add(
        Set.of(
            RejectionCount.of(
                "ParseCsv",
                "TYPE_DATE",
                "born",
                10,
                List.of(new RejectionCount.Example("/in/a.csv", 7, "born: 'x' is not a date")))));
    rejected.addField("born", 9);
    RowProfile rows =
        RowProfile.of(
            List.of(
                new ProfiledField("born", "date", false),
                new ProfiledField("mail", "string", true)));
    rows.add("/in/a.csv", 0, new Object[] {LocalDate.of(2026, 1, 2), "a@b.c"});
    rows.add("/in/a.csv", 9, new Object[] {LocalDate.of(2026, 1, 3), "d@e.f"});
    rows.add("/in/a.csv", 18, new Object[] {null, "g@h.i"});
    return summary().withProfiles(rejected, rows.fieldProfiles());
  }

  @Test
  public void theReportHasTheDocumentedShapeInAFixedOrder() {
    RunReport report =
        RunReport.builder("csv-to-warehouse", RunReport.Status.SUCCEEDED, closeLook())
            .setContract("kiva-loans", "1.0.0")
            .setStart(Instant.parse("2026-01-02T03:04:05Z"))
            .setDuration(Duration.ofMillis(1500))
            .setRunId("run-1")
            .setRunner("FlinkRunner")
            .setFlags(Map.of("report", "report.json", "input", "a.csv"))
            .setThroughput(List.of(new ThroughputSample(Duration.ofSeconds(1), 700, 690, 7)))
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
          "runId" : "run-1",
          "runner" : "FlinkRunner",
          "flags" : {
            "input" : "a.csv",
            "report" : "report.json"
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
          "rejections" : [ {
            "step" : "ParseCsv",
            "code" : "TYPE_DATE",
            "field" : "born",
            "records" : 10,
            "examples" : [ {
              "source" : "/in/a.csv",
              "number" : 7,
              "message" : "born: 'x' is not a date"
            } ]
          } ],
          "rejectedPerField" : {
            "born" : 10
          },
          "fields" : [ {
            "name" : "born",
            "type" : "date",
            "masked" : false,
            "present" : 2,
            "missing" : 1,
            "distribution" : {
              "kind" : "times",
              "values" : 2,
              "complete" : true,
              "distinct" : 2,
              "least" : "2026-01-02",
              "greatest" : "2026-01-03",
              "bars" : [ {
                "from" : "2026-01-02",
                "to" : "2026-01-03",
                "count" : 1
              }, {
                "from" : "2026-01-03",
                "to" : "2026-01-04",
                "count" : 1
              } ],
              "others" : 0
            }
          }, {
            "name" : "mail",
            "type" : "string",
            "masked" : true,
            "present" : 3,
            "missing" : 0
          } ],
          "quality" : [ {
            "rule" : "rowCount",
            "observed" : 990,
            "passed" : true,
            "blocking" : true
          } ],
          "samples" : [ ],
          "throughput" : [ {
            "millis" : 1000,
            "read" : 700,
            "written" : 690,
            "deadLettered" : 7
          } ],
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
