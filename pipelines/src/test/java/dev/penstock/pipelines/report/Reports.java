package dev.penstock.pipelines.report;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.DeadLetterProfile;
import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.RejectionCount;
import dev.penstock.transforms.ledger.RowProfile;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import dev.penstock.transforms.ledger.ThroughputSample;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports to make pages of, one of them with data that means no good. */
final class Reports {
  static final String SCRIPT = "<script>window.hacked = true</script>";

  static final DataContract CONTRACT =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: loans
          version: 2.1.0
          status: active
          schema:
            - name: loans
              description: Loans & what became of <them>.
              quality:
                - {name: enough rows, metric: rowCount, mustBeGreaterThan: 1000}
              properties:
                - {name: loan_id, logicalType: integer, required: true}
                - {name: status, logicalType: string, description: Where the loan stands.}
                - name: due
                  logicalType: date
                  quality:
                    - {name: few gaps, metric: nullValues, unit: percent, severity: warning,
                       mustBeLessOrEqualTo: 7.5}
                - {name: email, logicalType: string, classification: confidential}
          """,
          "loans.yaml");

  private Reports() {}

  static RunReport hostile() {
    return report(RunReport.Status.SUCCEEDED, summary()).build();
  }

  static RunReport.Builder report(RunReport.Status status, RunSummary summary) {
    return RunReport.builder("csv-to-warehouse", status, summary)
        .setContract(CONTRACT.id(), CONTRACT.version())
        .setRunId("0d9c4a5e-run")
        .setRunner("FlinkRunner")
        .setFlags(Map.of("input", "in/*.csv", "passwordFile", "***", "to", SCRIPT))
        .setStart(Instant.parse("2026-01-02T03:04:05.678Z"))
        .setDuration(Duration.ofMillis(12_345))
        .setThroughput(throughput());
  }

  static RunSummary summary() {
    LedgerEntry good = LedgerEntry.of("/in/a \"quoted\" & <b>.csv", 3000, 2700, 300, 0, 0, 0);
    LedgerEntry other = LedgerEntry.of("/in/b.csv", 1000, 900, 0, 0, 100, 0);
    return RunSummary.of(
            Ledger.of(List.of(good, other)),
            Map.of("TYPE_DATE", 250L, "REQUIRED", 60L),
            List.of(
                QualityResult.of("enough rows", BigDecimal.valueOf(3700), true, true),
                QualityResult.of("few gaps", new BigDecimal("10"), false, false)),
            List.of())
        .withProfiles(rejected(), rows().fieldProfiles());
  }

  private static DeadLetterProfile rejected() {
    DeadLetterProfile profile = new DeadLetterProfile();
    for (int i = 0; i < 250; i++) {
      profile.add(Set.of(rejection("ParseCsv", "TYPE_DATE", "due", i, "due: '" + SCRIPT + "'")));
    }
    for (int i = 0; i < 60; i++) {
      profile.add(
          Set.of(rejection("ValidateRows", "REQUIRED", "loan_id", i, "loan_id: \u202Edesrever")));
    }
    return profile;
  }

  private static RejectionCount rejection(
      String step, String code, String field, int number, String message) {
    return RejectionCount.of(
        step, code, field, 1, List.of(new RejectionCount.Example("/in/b.csv", number, message)));
  }

  private static RowProfile rows() {
    RowProfile profile = RowProfile.of(CONTRACT.profiledFields());
    String[] statuses = {"open", "open", "paid", SCRIPT, "", "two\nlines"};
    for (int i = 0; i < 3700; i++) {
      Object due = i % 10 == 0 ? null : LocalDate.of(2026, 1, 1).plusDays(i % 90);
      profile.add(
          "/in/b.csv",
          i,
          new Object[] {(long) i * 1000, statuses[i % statuses.length], due, "rosa@example.com"});
    }
    return profile;
  }

  private static List<ThroughputSample> throughput() {
    List<ThroughputSample> samples = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      samples.add(
          new ThroughputSample(
              Duration.ofSeconds(i), Math.min(4000, i * 500L), i * 300L, i > 6 ? i * 25L : 0));
    }
    return samples;
  }
}
