package dev.penstock.pipelines.report;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RunReport;
import java.time.temporal.ChronoUnit;

/** What was run: command, contract, runner, time; and sample rows where there are any. */
final class RunSection {
  private final Html html;
  private final RunReport report;
  private final DataContract contract;

  RunSection(Html html, RunReport report, DataContract contract) {
    this.html = html;
    this.report = report;
    this.contract = contract;
  }

  void write() {
    samples();
    html.open("section", "id", "run").leaf("h2", "Run");
    html.open("dl", "class", "facts");
    fact("Started", report.start().truncatedTo(ChronoUnit.SECONDS).toString());
    fact("Duration", Figures.duration(report.duration()));
    fact("Runner", report.runner());
    fact("Run id", report.runId());
    fact("Contract", (report.contractId() + " " + report.contractVersion()).strip());
    fact("Table", contract.tableName());
    fact("Description", contract.description());
    html.end();
    if (!report.flags().isEmpty()) {
      html.leaf("h3", "Command");
      StringBuilder command = new StringBuilder("penstock ").append(report.pipeline());
      report
          .flags()
          .forEach(
              (flag, value) -> command.append(" \\\n  --").append(flag).append('=').append(value));
      html.open("pre").leaf("code", command.toString()).end();
    }
    html.end();
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      html.open("div").leaf("dt", name).leaf("dd", value).close();
    }
  }

  private void samples() {
    if (report.summary().samples().isEmpty()) {
      return;
    }
    html.open("section", "id", "samples").leaf("h2", "Samples").open("ul", "class", "samples");
    report.summary().samples().forEach(sample -> html.leaf("li", Figures.oneLine(sample)));
    html.close().end();
  }
}
