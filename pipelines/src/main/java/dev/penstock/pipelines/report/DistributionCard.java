package dev.penstock.pipelines.report;

import dev.penstock.transforms.ledger.Distribution;
import dev.penstock.transforms.ledger.FieldProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The chart of one field's values, with the same figures as a table. */
final class DistributionCard {
  private static final double HEIGHT = 100;
  private static final double STEP = 20;
  private static final double GAP = 2;
  private static final int MOST_TEXTS = 6;
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d{4,}(?:\\.\\d+)?");

  private final Html html;
  private final FieldProfile field;
  private final Distribution values;
  private final String description;

  DistributionCard(Html html, FieldProfile field, Distribution values, String description) {
    this.html = html;
    this.field = field;
    this.values = values;
    this.description = description;
  }

  void write() {
    html.open("article", "class", "card");
    html.open("h3").text(field.name() + " ").leaf("small", field.type()).close();
    if (!description.isEmpty()) {
      html.leaf("p", description, "class", "description");
    }
    if (values.kind() == Distribution.Kind.TEXTS) {
      texts();
    } else {
      histogram();
    }
    html.end();
  }

  private void texts() {
    long most = values.bars().get(0).count();
    Table table =
        Table.open(html, "Most frequent values of " + field.name())
            .head("value", "name")
            .head("", "chart")
            .head("rows", "number");
    List<Distribution.Bar> shown =
        values.bars().subList(0, Math.min(MOST_TEXTS, values.bars().size()));
    for (Distribution.Bar bar : shown) {
      String name = bar.from().isEmpty() ? "(empty text)" : Figures.oneLine(bar.from());
      table
          .row()
          .name(name)
          .chart(
              () ->
                  new Bar(most)
                      .part("written", name, bar.count())
                      .draw(html, name + ": " + Figures.count(bar.count())))
          .word(Figures.percent(bar.count(), values.values()), "");
    }
    table.close();
    long rarer = values.distinct() - shown.size();
    if (rarer > 0) {
      long others = values.values() - shown.stream().mapToLong(Distribution.Bar::count).sum();
      html.leaf(
          "p",
          Figures.count(rarer, "other value") + " in " + share(others) + " of the rows",
          "class",
          "others");
    }
  }

  private String share(long count) {
    return Figures.percent(count, values.values());
  }

  private void histogram() {
    html.leaf("p", summary(), "class", "range");
    List<Distribution.Bar> bars = values.bars();
    if (bars.size() < 2) {
      return;
    }
    chart();
    html.open("p", "class", "axis", "aria-hidden", "true");
    html.leaf("span", label(bars.get(0), true));
    middle(bars).ifPresent(text -> html.leaf("span", text));
    html.leaf("span", label(bars.get(bars.size() - 1), false)).close();
    html.open("details").leaf("summary", "As a table");
    Table table =
        Table.open(html, "Values of " + field.name()).head(unit(), "name").head("rows", "number");
    for (Distribution.Bar bar : bars) {
      table.row().name(range(bar)).number(bar.count());
    }
    table.close();
    html.close();
  }

  /** What stands exactly in the middle of the axis, if anything does. */
  private Optional<String> middle(List<Distribution.Bar> bars) {
    boolean single = bars.get(0).from().equals(bars.get(0).to());
    boolean hasMiddle = bars.size() > 2 && bars.size() % 2 == (single ? 1 : 0);
    return hasMiddle ? Optional.of(grouped(bars.get(bars.size() / 2).from())) : Optional.empty();
  }

  private void chart() {
    List<Distribution.Bar> bars = values.bars();
    long most = bars.stream().mapToLong(Distribution.Bar::count).max().orElse(1);
    html.open(
        "svg",
        "class",
        "histogram",
        "viewBox",
        "0 0 " + Figures.coordinate(bars.size() * STEP) + " 100",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        unit() + " of " + field.name() + ", " + summary());
    for (int i = 0; i < bars.size(); i++) {
      Distribution.Bar bar = bars.get(i);
      double height = bar.count() == 0 ? 0 : Math.max(1.5, HEIGHT * bar.count() / most);
      html.open(
          "rect",
          "class",
          "written",
          "x",
          Figures.coordinate(i * STEP + GAP / 2),
          "y",
          Figures.coordinate(HEIGHT - height),
          "width",
          Figures.coordinate(STEP - GAP),
          "height",
          Figures.coordinate(height));
      html.leaf("title", range(bar) + ": " + Figures.count(bar.count())).close();
    }
    html.close();
  }

  private String unit() {
    return switch (values.kind()) {
      case LENGTHS -> "characters";
      case SIZES -> "items";
      default -> "values";
    };
  }

  private String summary() {
    String ends =
        values.least().equals(values.greatest())
            ? shown(values.least())
            : shown(values.least()) + " to " + shown(values.greatest());
    return switch (values.kind()) {
      case LENGTHS ->
          ends + " characters; " + share(values.distinct()) + " of the texts are different";
      case SIZES -> ends + " items";
      default -> ends + "; " + Figures.count(values.distinct()) + " different";
    };
  }

  /** An end of the values: of a timestamp date and minute are enough here. */
  private String shown(String end) {
    return field.type().equals("timestamp")
        ? end.replaceFirst("T(\\d\\d:\\d\\d).*", " $1")
        : grouped(end);
  }

  private String grouped(String text) {
    boolean isNumber =
        values.kind() != Distribution.Kind.TIMES && LONG_NUMBER.matcher(text).matches();
    return isNumber ? Figures.grouped(new BigDecimal(text)) : text;
  }

  private String label(Distribution.Bar bar, boolean first) {
    if (bar.from().equals(bar.to())) {
      return grouped(bar.from());
    }
    if (first) {
      return bar.from().isEmpty() ? "< " + grouped(bar.to()) : grouped(bar.from());
    }
    return bar.to().isEmpty() ? grouped(bar.from()) + " …" : grouped(bar.to());
  }

  private String range(Distribution.Bar bar) {
    if (bar.from().equals(bar.to())) {
      return grouped(bar.from());
    }
    if (bar.from().isEmpty()) {
      return "below " + grouped(bar.to());
    }
    return bar.to().isEmpty()
        ? grouped(bar.from()) + " and more"
        : grouped(bar.from()) + " to " + grouped(bar.to());
  }
}
