package dev.penstock.pipelines.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that a narrow screen shows as a list: each cell knows the name of its column. The cells
 * of a row are written in the order of the columns.
 */
final class Table {
  private record Column(String name, String kind) {}

  private final Html html;
  private final List<Column> columns = new ArrayList<>();
  private boolean inBody;
  private int next;

  private Table(Html html) {
    this.html = html;
  }

  static Table open(Html html, String caption) {
    html.open("table").leaf("caption", caption);
    html.open("thead").open("tr");
    return new Table(html);
  }

  /** Adds a column; its kind is the class of its cells. */
  @CanIgnoreReturnValue
  Table head(String name, String kind) {
    columns.add(new Column(name, kind));
    html.leaf("th", name, "scope", "col", "class", kind);
    return this;
  }

  /** Adds a column of numbers, unless there is nothing in it. */
  @CanIgnoreReturnValue
  Table headIf(boolean needed, String name) {
    return needed ? head(name, "number") : this;
  }

  /** Begins a row. */
  @CanIgnoreReturnValue
  Table row() {
    html.end();
    if (!inBody) {
      html.close().open("tbody");
      inBody = true;
    }
    html.open("tr");
    next = 0;
    return this;
  }

  private String[] attributes(String kind) {
    Column column = columns.get(next++);
    return new String[] {
      "class", (column.kind() + " " + kind).strip(), "data-label", column.name()
    };
  }

  /** The cell that names the row. */
  @CanIgnoreReturnValue
  Table name(String name) {
    next++;
    html.leaf("th", name, "scope", "row", "class", "name");
    return this;
  }

  /** The cell that names the row, with a remark. */
  @CanIgnoreReturnValue
  Table name(String name, String remark) {
    next++;
    html.open("th", "scope", "row", "class", "name").text(name + " ");
    html.leaf("small", remark).close();
    return this;
  }

  @CanIgnoreReturnValue
  Table chart(Runnable draw) {
    html.open("td", attributes(""));
    draw.run();
    html.close();
    return this;
  }

  @CanIgnoreReturnValue
  Table number(long number) {
    html.leaf("td", Figures.count(number), attributes(number == 0 ? "zero" : ""));
    return this;
  }

  /** The cell of a column that {@link #headIf} may have left out. */
  @CanIgnoreReturnValue
  Table numberIf(boolean needed, long number) {
    return needed ? number(number) : this;
  }

  @CanIgnoreReturnValue
  Table word(String word, String kind) {
    html.leaf("td", word, attributes(kind));
    return this;
  }

  /** Ends row, body and table. */
  void close() {
    html.close().close().end();
  }
}
