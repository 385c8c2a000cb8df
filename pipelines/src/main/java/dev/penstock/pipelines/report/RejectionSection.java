package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RejectionCount;
import dev.penstock.transforms.ledger.RunSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Why records were rejected: by reason code, and by step and field with examples. */
final class RejectionSection {
  private static final int MOST_SHOWN = 30;

  private final Html html;
  private final RunSummary summary;
  private final SourceNames names;

  RejectionSection(Html html, RunSummary summary) {
    this.html = html;
    this.summary = summary;
    this.names = SourceNames.of(summary.ledger());
  }

  void write() {
    LedgerEntry total = summary.ledger().total();
    html.open("section", "id", "rejections").leaf("h2", "Dead letters");
    if (summary.deadLetterReasons().isEmpty()) {
      String none =
          total.deadLettered() == 0
              ? "No record was rejected."
              : "The run ended before their reasons were counted.";
      html.leaf("p", none, "class", "note").end();
      return;
    }
    html.leaf(
        "p",
        Figures.count(total.deadLettered(), "record")
            + " of "
            + Figures.count(total.read())
            + " ("
            + Figures.percent(total.deadLettered(), total.read())
            + ") were rejected. A record may have several reasons.",
        "class",
        "note");
    codes(total.deadLettered());
    details();
    html.end();
  }

  private void codes(long letters) {
    long most = summary.deadLetterReasons().values().stream().max(Long::compare).orElse(1L);
    Table table =
        Table.open(html, "Dead letters by reason code")
            .head("reason", "name")
            .head("", "chart")
            .head("records", "number")
            .head("share", "number");
    summary.deadLetterReasons().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            reason ->
                table
                    .row()
                    .name(reason.getKey())
                    .chart(
                        () ->
                            new Bar(most)
                                .part("dead", reason.getKey(), reason.getValue())
                                .draw(
                                    html,
                                    reason.getKey() + ": " + Figures.count(reason.getValue())))
                    .number(reason.getValue())
                    .word(Figures.percent(reason.getValue(), letters), ""));
    table.close();
  }

  private void details() {
    List<RejectionCount> rejections =
        summary.rejections().stream()
            .sorted(Comparator.comparingLong(RejectionCount::records).reversed())
            .toList();
    if (rejections.isEmpty()) {
      return;
    }
    html.leaf("h3", "Where they come from");
    html.open("ul", "class", "causes");
    rejections.stream().limit(MOST_SHOWN).forEach(this::cause);
    html.end();
    if (rejections.size() > MOST_SHOWN) {
      html.leaf(
          "p",
          "And "
              + Figures.count(rejections.size() - MOST_SHOWN, "rarer cause")
              + "; the JSON report has all of them.",
          "class",
          "note");
    }
  }

  private void cause(RejectionCount rejection) {
    html.open("li").open("p", "class", "cause");
    html.leaf("b", Figures.count(rejection.records())).text(" × ");
    html.leaf("code", rejection.code());
    if (!rejection.field().isEmpty()) {
      html.text(" in ").leaf("code", rejection.field());
    }
    html.leaf("span", rejection.step(), "class", "step").close();
    html.open("ul", "class", "examples");
    for (RejectionCount.Example example : rejection.examples()) {
      html.open("li");
      html.leaf(
          "span",
          names.of(example.source()) + ", record " + Figures.count(example.number()),
          "class",
          "place");
      html.text(" ").leaf("span", Figures.oneLine(example.message()), "class", "message").close();
    }
    html.close().end();
  }
}
