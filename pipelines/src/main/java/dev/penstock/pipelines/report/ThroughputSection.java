package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.ThroughputSample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How fast the run was, from its beginning to its end. */
final class ThroughputSection {
  private static final double WIDTH = 600;
  private static final double HEIGHT = 160;
  private static final int MOST_LINES = 20;

  private final Html html;
  private final List<ThroughputSample> samples;

  ThroughputSection(Html html, List<ThroughputSample> samples) {
    this.html = html;
    this.samples = samples;
  }

  void write() {
    html.open("section", "id", "throughput").leaf("h2", "Throughput");
    if (samples.size() < 2) {
      html.leaf(
          "p",
          samples.isEmpty()
              ? "Not known: the records were not seen by the process that started the run, as on a"
                  + " cluster."
              : "The run was over too soon for a curve.",
          "class",
          "note");
      html.end();
      return;
    }
    html.leaf(
        "p",
        "Records per second as this process counted them. Work is counted when a batch of it is"
            + " done, and what was tried again is counted again.",
        "class",
        "note");
    Rates read = Rates.of(samples, ThroughputSample::read);
    Rates written = Rates.of(samples, ThroughputSample::written);
    Rates dead = Rates.of(samples, ThroughputSample::deadLettered);
    chart(
        "Records read and written per second",
        Rates.roundUp(Math.max(read.peak(), written.peak())),
        read,
        written);
    Legend.open(html).entry("read", "read").entry("written", "written").close();
    if (dead.peak() > 0) {
      chart("Dead letters stored per second", Rates.roundUp(dead.peak()), dead);
      Legend.open(html).entry("dead", "dead letters").close();
    }
    table();
    html.end();
  }

  private void chart(String name, double top, Rates... curves) {
    html.open("figure").leaf("figcaption", name);
    html.open("div", "class", "plot");
    html.open("div", "class", "scale", "aria-hidden", "true");
    html.leaf("span", Figures.rate(top)).leaf("span", Figures.rate(top / 2)).leaf("span", "0");
    html.close();
    html.open(
        "svg",
        "class",
        "curves",
        "viewBox",
        "0 0 600 160",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        name + ", at most " + Figures.rate(peak(curves)));
    html.leaf("title", name + ", at most " + Figures.rate(peak(curves)));
    for (double height : new double[] {0.5, HEIGHT / 2, HEIGHT - 0.5}) {
      String y = Figures.coordinate(height);
      html.empty("line", "class", "grid", "x1", "0", "x2", "600", "y1", y, "y2", y);
    }
    if (curves.length == 1) {
      html.empty("path", "class", "curve dead", "d", curves[0].line(WIDTH, HEIGHT, top));
    } else {
      html.empty("path", "class", "area read", "d", curves[0].area(WIDTH, HEIGHT, top));
      html.empty("path", "class", "curve written", "d", curves[1].line(WIDTH, HEIGHT, top));
    }
    html.close();
    html.open("p", "class", "axis", "aria-hidden", "true");
    Duration end = samples.get(samples.size() - 1).elapsed();
    html.leaf("span", "0 s").leaf("span", Figures.duration(end.dividedBy(2)));
    html.leaf("span", Figures.duration(end)).close();
    html.close().end();
  }

  private static double peak(Rates... curves) {
    double peak = 0;
    for (Rates rates : curves) {
      peak = Math.max(peak, rates.peak());
    }
    return peak;
  }

  private void table() {
    html.open("details").leaf("summary", "As a table");
    Table table =
        Table.open(html, "Records until then")
            .head("after", "name")
            .head("read", "number")
            .head("written", "number")
            .head("dead letters", "number");
    int step = (samples.size() + MOST_LINES - 1) / MOST_LINES;
    for (int i = (samples.size() - 1) % step; i < samples.size(); i += step) {
      ThroughputSample sample = samples.get(i);
      table
          .row()
          .name(String.format(Locale.ROOT, "%.1f s", sample.elapsed().toMillis() / 1000.0))
          .number(sample.read())
          .number(sample.written())
          .number(sample.deadLettered());
    }
    table.close();
    html.close();
  }
}
