package dev.penstock.pipelines.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes HTML in which every text and attribute is escaped; there is no way around it. */
final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are names and values in turn. */
  @CanIgnoreReturnValue
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  @CanIgnoreReturnValue
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes the element that was opened last, and ends the line. */
  @CanIgnoreReturnValue
  Html end() {
    close();
    out.append('\n');
    return this;
  }

  @CanIgnoreReturnValue
  Html text(String text) {
    escape(text);
    return this;
  }

  /** An element that holds nothing but text. */
  @CanIgnoreReturnValue
  Html leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element without content. */
  @CanIgnoreReturnValue
  Html empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** The page's own style sheet, which is no data and must not be escaped. */
  @CanIgnoreReturnValue
  Html style(String css) {
    if (css.contains("<")) {
      throw new IllegalArgumentException("A style sheet has no '<' in it");
    }
    out.append("<style>").append(css).append("</style>\n");
    return this;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int character) {
    switch (character) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n' -> out.append('\n');
      default -> {
        if (isDisguise(character)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
          out.appendCodePoint(character);
        }
      }
    }
  }

  /** Control characters, half characters, and those that turn the direction of what follows. */
  private static boolean isDisguise(int character) {
    return Character.isISOControl(character)
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || Character.getType(character) == Character.SURROGATE;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
