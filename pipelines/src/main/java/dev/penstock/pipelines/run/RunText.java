package dev.penstock.pipelines.run;

import dev.penstock.transforms.ledger.QualityResult;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** The end of a run as people read it on a terminal. */
final class RunText {
  private RunText() {}

  static String of(RunReport report, boolean dryRun) {
    RunSummary summary = report.summary();
    StringBuilder text = new StringBuilder();
    if (dryRun) {
      text.append("Dry run: nothing was stored. \"written\" is what would have been written.\n");
    }
    text.append(summary.ledger().toTable());
    reasons(summary, text);
    quality(summary, text);
    if (!summary.samples().isEmpty()) {
      text.append("\nSamples\n");
      summary.samples().forEach(sample -> text.append("  ").append(sample).append('\n'));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s in %s: %,d records, %s %% of them without fault, %,.0f records/s%n",
            report.status() == RunReport.Status.SUCCEEDED ? "Succeeded" : "Failed",
            seconds(report.duration()),
            summary.ledger().total().read(),
            report.successRate().movePointRight(2).setScale(2, RoundingMode.DOWN),
            report.recordsPerSecond()));
    return text.toString();
  }

  private static void reasons(RunSummary summary, StringBuilder text) {
    if (summary.deadLetterReasons().isEmpty()) {
      return;
    }
    text.append("\nDead letters by reason (a record may have several)\n");
    summary.deadLetterReasons().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            entry ->
                text.append(
                    String.format(Locale.ROOT, "  %,12d  %s%n", entry.getValue(), entry.getKey())));
  }

  private static void quality(RunSummary summary, StringBuilder text) {
    if (summary.quality().isEmpty()) {
      return;
    }
    text.append("\nQuality checks of the contract\n");
    for (QualityResult result : summary.quality()) {
      text.append("  ")
          .append(result.passed() ? "✓ " : result.blocking() ? "✗ " : "! ")
          .append(result.rule())
          .append(": observed ")
          .append(result.observed().toPlainString())
          .append(result.passed() ? "" : result.blocking() ? ", failed" : ", a warning")
          .append('\n');
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
