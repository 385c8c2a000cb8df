package dev.penstock.io.bigquery;

/** Quoting for GoogleSQL. */
final class Sql {
  private Sql() {}

  static String literal(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
    return out.append('\'').toString();
  }

  static String quoted(String column) {
    return "`" + column + "`";
  }
}
