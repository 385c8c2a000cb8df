package dev.penstock.pipelines.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The key to the colours of bars and curves. */
final class Legend {
  private final Html html;

  private Legend(Html html) {
    this.html = html;
  }

  static Legend open(Html html) {
    html.open("ul", "class", "legend");
    return new Legend(html);
  }

  @CanIgnoreReturnValue
  Legend entry(String kind, String text) {
    html.open("li")
        .open("svg", "class", "key", "viewBox", "0 0 10 10", "aria-hidden", "true")
        .empty("rect", "class", kind, "width", "10", "height", "10")
        .close()
        .text(text)
        .close();
    return this;
  }

  void close() {
    html.end();
  }
}
