package dev.penstock.pipelines.cli;

/** Wraps text to the width of a terminal. */
final class TextLayout {
  private TextLayout() {}

  /** The words of a text on lines no wider than {@code width}, each after {@code indent} spaces. */
  static String wrap(String text, int indent, int width) {
    String margin = " ".repeat(indent);
    StringBuilder wrapped = new StringBuilder();
    for (String paragraph : text.strip().lines().toList()) {
      wrapParagraph(paragraph.strip(), margin, width, wrapped);
    }
    return wrapped.toString();
  }

  private static void wrapParagraph(
      String paragraph, String margin, int width, StringBuilder wrapped) {
    StringBuilder line = new StringBuilder(margin);
    for (String word : paragraph.split("\\s+", -1)) {
      boolean first = line.length() == margin.length();
      if (!first && line.length() + 1 + word.length() > width) {
        wrapped.append(line).append('\n');
        line.setLength(margin.length());
        first = true;
      }
      line.append(first ? "" : " ").append(word);
    }
    wrapped.append(line.toString().stripTrailing()).append('\n');
  }
}
