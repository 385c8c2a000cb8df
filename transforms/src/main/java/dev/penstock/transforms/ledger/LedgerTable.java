package dev.penstock.transforms.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays a ledger out as text for a terminal. */
final class LedgerTable {
  /** More units than these are summed up in one line. */
  static final int MOST_UNITS = 20;

  private static final int LONGEST_NAME = 60;
  private static final List<String> HEADINGS =
      List.of(
          "unit", "read", "written", "dead letters", "filtered", "duplicate", "late", "balanced");

  private LedgerTable() {}

  static String of(Ledger ledger, List<LedgerEntry> shown) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    shown.forEach(unit -> lines.add(cells(unit, unit.balanced())));
    LedgerEntry total = ledger.total();
    lines.add(cells(total, ledger.balanced()));
    int[] widths = widths(lines);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      if (i == lines.size() - 1) {
        hidden(ledger, shown, text);
        line(text, widths);
      }
      append(text, lines.get(i), widths);
      if (i == 0) {
        line(text, widths);
      }
    }
    return text.toString();
  }

  private static List<String> cells(LedgerEntry entry, boolean balanced) {
    return List.of(
        shortened(entry.source()),
        count(entry.read()),
        count(entry.written()),
        count(entry.deadLettered()),
        count(entry.filtered()),
        count(entry.duplicate()),
        count(entry.late()),
        balanced ? "✓" : missing(entry));
  }

  /** Tells on which side records are lacking, since that is the first question to be asked. */
  private static String missing(LedgerEntry entry) {
    long lost = entry.unaccounted();
    if (lost == 0) {
      return "✗";
    }
    return "✗ " + count(Math.abs(lost)) + (lost > 0 ? " missing" : " too many");
  }

  private static void hidden(Ledger ledger, List<LedgerEntry> shown, StringBuilder text) {
    int hidden = ledger.units().size() - shown.size();
    if (hidden > 0) {
      long unbalanced =
          ledger.unbalanced().size() - shown.stream().filter(unit -> !unit.balanced()).count();
      text.append("… and ")
          .append(count(hidden))
          .append(" more ")
          .append(unbalanced == 0 ? "(all balanced)" : "(" + count(unbalanced) + " not balanced)")
          .append('\n');
    }
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> cells : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(cells.get(i)));
      }
    }
    return widths;
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    int last = widths.length - 1;
    text.append(cells.get(0)).append(" ".repeat(widths[0] - length(cells.get(0))));
    for (int i = 1; i < last; i++) {
      text.append("  ").append(" ".repeat(widths[i] - length(cells.get(i)))).append(cells.get(i));
    }
    text.append("  ").append(cells.get(last)).append('\n');
  }

  private static void line(StringBuilder text, int[] widths) {
    int width = -2;
    for (int column : widths) {
      width += column + 2;
    }
    text.append("─".repeat(width)).append('\n');
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** The end of a long name tells more than its beginning, which is often the same for all. */
  private static String shortened(String source) {
    String name = source.replaceAll("\\p{Cntrl}", "?");
    int length = length(name);
    return length <= LONGEST_NAME
        ? name
        : "…" + name.substring(name.offsetByCodePoints(0, length - LONGEST_NAME + 1));
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
