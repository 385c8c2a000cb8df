package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.Ledger;
import dev.penstock.transforms.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What became of every record: in total, and for each unit of input. */
final class LedgerSection {
  private static final int MOST_SHOWN = 25;
  private static final Comparator<LedgerEntry> TELLING_FIRST =
      Comparator.comparing(LedgerEntry::balanced)
          .thenComparingLong(unit -> -unit.deadLettered())
          .thenComparing(LedgerEntry::source);

  private final Html html;
  private final Ledger ledger;
  private final SourceNames names;

  LedgerSection(Html html, Ledger ledger) {
    this.html = html;
    this.ledger = ledger;
    this.names = SourceNames.of(ledger);
  }

  void write() {
    LedgerEntry total = ledger.total();
    html.open("section", "id", "ledger").leaf("h2", "Ledger");
    equation(total);
    if (total.read() > 0) {
      bar(total, "All records");
    }
    legend(total);
    units();
    html.end();
  }

  private void equation(LedgerEntry total) {
    html.open("p", "class", "equation");
    html.leaf("b", Figures.count(total.read())).text(" read = ");
    html.leaf("b", Figures.count(total.written())).text(" written + ");
    html.leaf("b", Figures.count(total.deadLettered())).text(" dead-lettered + ");
    html.leaf("b", Figures.count(total.filtered())).text(" filtered + ");
    html.leaf("b", Figures.count(total.duplicate())).text(" duplicate + ");
    html.leaf("b", Figures.count(total.late())).text(" late ");
    html.leaf(
        "span",
        ledger.balanced() ? "✓ balanced" : "✗ not balanced",
        "class",
        ledger.balanced() ? "good" : "bad");
    html.end();
  }

  private void bar(LedgerEntry entry, String name) {
    long missing = Math.max(0, entry.unaccounted());
    new Bar(Math.max(entry.read(), entry.read() - entry.unaccounted()))
        .part("written", "written", entry.written())
        .part("dead", "dead letters", entry.deadLettered())
        .part("filtered", "filtered", entry.filtered())
        .part("duplicate", "duplicate", entry.duplicate())
        .part("late", "late", entry.late())
        .part("lost", "unaccounted for", missing)
        .draw(
            html,
            name
                + ": "
                + Figures.percent(entry.written(), entry.read())
                + " written, "
                + Figures.percent(entry.deadLettered(), entry.read())
                + " dead letters");
  }

  private void legend(LedgerEntry total) {
    Legend legend = Legend.open(html).entry("written", "written").entry("dead", "dead letters");
    if (total.filtered() > 0) {
      legend.entry("filtered", "filtered");
    }
    if (total.duplicate() > 0) {
      legend.entry("duplicate", "duplicate: were there before, or repeat another record");
    }
    if (total.late() > 0) {
      legend.entry("late", "late");
    }
    if (!ledger.balanced()) {
      legend.entry("lost", "unaccounted for");
    }
    legend.close();
  }

  private void units() {
    List<LedgerEntry> units = new ArrayList<>(ledger.units());
    if (units.isEmpty()) {
      html.leaf("p", "No input was read.", "class", "note");
      return;
    }
    if (!names.folder().isEmpty()) {
      html.open("p", "class", "note").text(Figures.count(units.size(), "unit") + " of input in ");
      html.leaf("code", names.folder()).end();
    }
    if (units.size() <= MOST_SHOWN) {
      table(units);
      return;
    }
    units.sort(TELLING_FIRST);
    html.leaf(
        "p",
        "First the units that do not balance, then those with the most dead letters.",
        "class",
        "note");
    table(units.subList(0, MOST_SHOWN));
    html.open("details", "class", "rest");
    html.leaf("summary", "The other " + Figures.count(units.size() - MOST_SHOWN, "unit"));
    table(units.subList(MOST_SHOWN, units.size()));
    html.end();
  }

  /** Columns of nothing but zeros are left out: the equation above has said so. */
  private void table(List<LedgerEntry> units) {
    LedgerEntry total = ledger.total();
    Table table =
        Table.open(html, "Records of each unit of input")
            .head("unit", "name")
            .head("", "chart")
            .head("read", "number")
            .head("written", "number")
            .head("dead letters", "number")
            .headIf(total.filtered() > 0, "filtered")
            .headIf(total.duplicate() > 0, "duplicate")
            .headIf(total.late() > 0, "late")
            .head("balanced", "word");
    for (LedgerEntry unit : units) {
      String name = names.of(unit.source());
      table.row().name(name).chart(() -> bar(unit, name));
      table.number(unit.read()).number(unit.written()).number(unit.deadLettered());
      table.numberIf(total.filtered() > 0, unit.filtered());
      table.numberIf(total.duplicate() > 0, unit.duplicate());
      table.numberIf(total.late() > 0, unit.late());
      table.word(balance(unit), unit.balanced() ? "good" : "bad");
    }
    table.close();
  }

  private static String balance(LedgerEntry unit) {
    long missing = unit.unaccounted();
    if (missing == 0) {
      return "✓";
    }
    return missing > 0
        ? "✗ " + Figures.count(missing) + " missing"
        : "✗ " + Figures.count(-missing) + " too many";
  }
}
