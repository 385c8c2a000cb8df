package dev.penstock.pipelines.infer;

import java.util.Locale;
import java.util.regex.Pattern;

/** Writes texts so that YAML reads them back as they are. */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern WORDS =
      Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|nan|inf");
  private static final int MOST_CHARACTERS = 30;

  private Yaml() {}

  /** A text as a scalar. */
  static String quote(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    if (c == '"' || c == '\\') {
      quoted.append('\\').append((char) c);
    } else if (isPrintable(c)) {
      quoted.appendCodePoint(c);
    } else if (c > Character.MAX_VALUE) {
      quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
    } else {
      quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** A text inside a comment: on one line, short, and nothing that a terminal would obey. */
  static String comment(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MOST_CHARACTERS)
        .forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : ' '));
    String more = text.codePointCount(0, text.length()) > MOST_CHARACTERS ? "…" : "";
    return "'" + shown + more + "'";
  }
}
