package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.LedgerEntry;
import dev.penstock.transforms.ledger.RejectionCount;
import dev.penstock.transforms.ledger.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why records were rejected: by reason code, and by step and field with examples. */
final class RejectionSection {
  private static final int MOST_SHOWN = 10;

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
    List<Map.Entry<String, Long>> codes =
        summary.deadLetterReasons().entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    html.open("div", "class", "codes");
    table(codes.subList(0, Math.min(MOST_SHOWN, codes.size())), codes.get(0).getValue(), letters);
    html.end();
    if (codes.size() > MOST_SHOWN) {
      html.open("details", "class", "rest");
      html.leaf("summary", Figures.count(codes.size() - MOST_SHOWN, "rarer reason"));
      table(codes.subList(MOST_SHOWN, codes.size()), codes.get(0).getValue(), letters);
      html.end();
    }
  }

  private void table(List<Map.Entry<String, Long>> codes, long most, long letters) {
    Table table =
        Table.open(html, "Dead letters by reason code")
            .head("reason", "name")
            .head("", "chart")
            .head("records", "number")
            .head("share", "number");
    for (Map.Entry<String, Long> code : codes) {
      String label = code.getKey() + ": " + Figures.count(code.getValue());
      table
          .row()
          .name(code.getKey())
          .chart(() -> new Bar(most).part("dead", code.getKey(), code.getValue()).draw(html, label))
          .number(code.getValue())
          .word(Figures.percent(code.getValue(), letters), "");
    }
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
    int shown = Math.min(MOST_SHOWN, rejections.size());
    causes(rejections.subList(0, shown));
    if (rejections.size() > shown) {
      html.open("details", "class", "rest");
      html.leaf("summary", Figures.count(rejections.size() - shown, "rarer cause"));
      causes(rejections.subList(shown, rejections.size()));
      html.end();
    }
  }

  private void causes(List<RejectionCount> rejections) {
    html.open("ul", "class", "causes");
    rejections.forEach(this::cause);
    html.end();
  }

  private void cause(RejectionCount rejection) {
    html.open("li").open("p", "class", "cause");
    html.leaf("b", Figures.count(rejection.records())).text(" × ");
    html.leaf("code", rejection.code());
    if (!rejection.field().isEmpty()) {
      html.text(" in ").leaf("code", rejection.field());
    }
    html.text(" ").leaf("span", rejection.step(), "class", "step").close();
    // Records of one file with the same fault share a line.
    Map<List<String>, List<String>> numbers = new LinkedHashMap<>();
    for (RejectionCount.Example example : rejection.examples()) {
      numbers
          .computeIfAbsent(
              List.of(names.of(example.source()), example.message()), key -> new ArrayList<>())
          .add(Figures.count(example.number()));
    }
    html.open("ul", "class", "examples");
    numbers.forEach((fault, records) -> example(fault.get(0), records, fault.get(1)));
    html.close().end();
  }

  private void example(String source, List<String> records, String message) {
    String place =
        source + (records.size() == 1 ? ", record " : ", records ") + String.join(" · ", records);
    html.open("li").leaf("span", Figures.oneLine(message), "class", "message");
    html.text(" ").leaf("span", place, "class", "place").close();
  }
}
