package dev.penstock.pipelines.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;

/** A horizontal bar of parts, drawn as wide as its place. Parts of nothing are left out. */
final class Bar {
  private static final double WIDTH = 1000;

  /** The least that is drawn of a part that is not nothing, so that it can be seen. */
  private static final double LEAST = 4;

  private record Part(String kind, String name, long count) {}

  private final long whole;
  private final List<Part> parts = new ArrayList<>();

  /** A bar whose full width stands for this count. */
  Bar(long whole) {
    this.whole = whole;
  }

  /** Adds a part; its kind is the class that gives it its colour. */
  @CanIgnoreReturnValue
  Bar part(String kind, String name, long count) {
    if (count > 0) {
      parts.add(new Part(kind, name, count));
    }
    return this;
  }

  void draw(Html html, String label) {
    html.open(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 1000 10",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        label);
    double left = 0;
    double scale = scale();
    for (Part part : parts) {
      double width = Math.max(LEAST, WIDTH * part.count() / Math.max(whole, 1)) * scale;
      html.open(
          "rect",
          "class",
          part.kind(),
          "x",
          Figures.coordinate(left),
          "width",
          Figures.coordinate(width),
          "height",
          "10");
      html.leaf("title", part.name() + ": " + Figures.count(part.count())).close();
      left += width;
    }
    html.close();
  }

  /** What small parts take more than their share, all give up together. */
  private double scale() {
    double exact = 0;
    double drawn = 0;
    for (Part part : parts) {
      double width = WIDTH * part.count() / Math.max(whole, 1);
      exact += width;
      drawn += Math.max(LEAST, width);
    }
    return drawn > WIDTH ? Math.min(1, Math.max(exact, WIDTH) / drawn) : 1;
  }
}
