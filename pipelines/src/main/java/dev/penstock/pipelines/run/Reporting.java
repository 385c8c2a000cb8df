package dev.penstock.pipelines.run;

import dev.penstock.pipelines.report.ReportPage;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import dev.penstock.transforms.ledger.ThroughputSample;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run's report says beside the figures, and where it goes. */
record Reporting(
    String pipeline,
    DataContract contract,
    String runId,
    String runner,
    Map<String, String> flags,
    Instant start,
    List<String> files)
    implements Serializable {

  static Reporting of(
      String pipeline, AccountedOptions options, DataContract contract, Instant start) {
    return new Reporting(
        pipeline,
        contract,
        options.getRunId(),
        options.getRunner().getSimpleName(),
        GivenFlags.of(options),
        start,
        AccountedRun.reportFiles(options));
  }

  /** The report of a run that ends now; one with problems has failed. */
  RunReport report(RunSummary summary, List<String> problems, List<ThroughputSample> throughput) {
    RunReport.Status status =
        problems.isEmpty() ? RunReport.Status.SUCCEEDED : RunReport.Status.FAILED;
    return RunReport.builder(pipeline, status, summary)
        .setContract(contract.id(), contract.version())
        .setRunId(runId)
        .setRunner(runner)
        .setFlags(flags)
        .setStart(start)
        .setDuration(Duration.between(start, Instant.now()))
        .setThroughput(throughput)
        .setProblems(problems)
        .build();
  }

  void write(RunReport report) {
    for (String path : files) {
      try {
        if (isPage(path)) {
          RunReport.write(path, ReportPage.of(report, contract));
        } else {
          report.write(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("--report=" + path + " cannot be written: " + e, e);
      }
    }
  }

  /** A report whose name ends like that of a page is one; any other is JSON. */
  private static boolean isPage(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".html") || name.endsWith(".htm");
  }
}
