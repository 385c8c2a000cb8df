package dev.penstock.pipelines.report;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RunReport;
import dev.penstock.transforms.ledger.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The run report as one HTML page, with charts.
 *
 * <pre>{@code
 * RunReport.write("report.html", ReportPage.of(report, contract));
 * }</pre>
 *
 * <p>The page is complete in itself: it loads nothing, runs no script, and its security policy
 * forbids both. Whatever comes from data is escaped. It reads well on a phone, in print, in light
 * and in dark, and each chart has its figures beside it as text. The same report gives the same
 * bytes. A page has some ten kilobytes, and half of one for each unit of input.
 */
public final class ReportPage {
  private final Html html = new Html();
  private final RunReport report;
  private final DataContract contract;

  private ReportPage(RunReport report, DataContract contract) {
    this.report = report;
    this.contract = contract;
  }

  /** The page of a report; field descriptions and thresholds come from the contract. */
  public static String of(RunReport report, DataContract contract) {
    return new ReportPage(report, contract).page();
  }

  private String page() {
    RunSummary summary = report.summary();
    head();
    html.open("body");
    header();
    html.open("main");
    new LedgerSection(html, summary.ledger()).write();
    new RejectionSection(html, summary).write();
    new QualitySection(html, summary.quality(), contract).write();
    new FieldSection(html, summary, contract).write();
    new ThroughputSection(html, report.throughput()).write();
    new RunSection(html, report, contract).write();
    html.end();
    html.leaf("footer", "Penstock run report. Every record is accounted for.").close();
    return "<!DOCTYPE html>\n<html lang=\"en\">\n" + html + "\n</html>\n";
  }

  private void head() {
    String css = css();
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src '" + hash(css) + "'; base-uri 'none'; form-action 'none'");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.empty("meta", "name", "referrer", "content", "no-referrer");
    html.leaf("title", report.pipeline() + " " + report.status().keyword() + " – Penstock");
    html.style(css).end();
  }

  private void header() {
    html.open("header");
    html.open("p", "class", "brand").leaf("b", "Penstock").text(" run report").end();
    html.open("div", "class", "verdict").leaf("h1", report.pipeline());
    switch (report.status()) {
      case SUCCEEDED -> html.leaf("p", "✓ Succeeded", "class", "status good");
      case FAILED -> html.leaf("p", "✗ Failed", "class", "status bad");
      case CANCELLED -> html.leaf("p", "! Cancelled", "class", "status warn");
    }
    html.end();
    html.leaf("p", sentence(), "class", "lead");
    if (!report.problems().isEmpty()) {
      html.open("ul", "class", "problems");
      report.problems().forEach(problem -> html.leaf("li", problem));
      html.end();
    }
    figures();
    navigation();
    html.end();
  }

  private String sentence() {
    LedgerEntry total = report.summary().ledger().total();
    String contractName =
        report.contractId().isEmpty()
            ? ""
            : " Held to the contract " + report.contractId() + " " + report.contractVersion() + ".";
    String written =
        Figures.count(total.written())
            + " of "
            + Figures.count(total.read(), "record")
            + (total.written() == 1 ? " was written" : " were written");
    return written
        + (report.summary().ledger().balanced()
            ? ", and every record is accounted for."
            : "; the ledger does not balance.")
        + contractName;
  }

  private void figures() {
    LedgerEntry total = report.summary().ledger().total();
    html.open("dl", "class", "figures");
    figure("Read", Figures.count(total.read()), "records");
    figure(
        "Written", Figures.count(total.written()), Figures.percent(total.written(), total.read()));
    figure(
        "Dead letters",
        Figures.count(total.deadLettered()),
        Figures.percent(total.deadLettered(), total.read()));
    if (total.duplicate() > 0) {
      figure(
          "Duplicates",
          Figures.count(total.duplicate()),
          Figures.percent(total.duplicate(), total.read()));
    }
    figure("Duration", Figures.duration(report.duration()), "");
    figure("Rate", Figures.rate(report.recordsPerSecond().doubleValue()), "records/s");
    html.end();
  }

  private void figure(String name, String value, String remark) {
    html.open("div").leaf("dt", name).open("dd").text(value);
    if (!remark.isEmpty()) {
      html.text(" ").leaf("small", remark);
    }
    html.close().close();
  }

  private void navigation() {
    html.open("nav", "aria-label", "Sections");
    link("ledger", "Ledger");
    link("rejections", "Dead letters");
    link("quality", "Quality");
    link("fields", "Fields");
    link("throughput", "Throughput");
    link("run", "Run");
    html.end();
  }

  private void link(String id, String name) {
    html.leaf("a", name, "href", "#" + id).text(" ");
  }

  private static String css() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read report.css", e);
    }
  }

  /** The name under which the security policy allows this style sheet and no other. */
  private static String hash(String css) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
