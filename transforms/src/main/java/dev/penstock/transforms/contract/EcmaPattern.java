package dev.penstock.transforms.contract;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of a contract, which are written as ECMA-262 has them.
 *
 * <p>Java reads most of them alike. What it reads differently is rewritten: {@code $} (the very
 * end, not also the place before a last line end), {@code \s} (all Unicode spaces), the empty
 * classes {@code []} and {@code [^]}, brackets and {@code &&} in a class, {@code \v}, {@code \0},
 * {@code \}{@code u{…}}. Escapes that mean something in Java only are refused.
 */
final class EcmaPattern {
  private static final String SPACES =
      "\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
  private static final String JAVA_ONLY = "AaeGhHQERVXzZ";

  private final String text;
  private final StringBuilder java = new StringBuilder();
  private int at;
  private boolean inClass;

  private EcmaPattern(String text) {
    this.text = text;
  }

  /** The pattern at a place, unless it is not a regular expression. */
  static Optional<String> read(Place place) {
    Optional<String> text = place.text();
    if (text.isEmpty()) {
      return text;
    }
    try {
      Pattern unused = compile(text.get());
      return text;
    } catch (PatternSyntaxException e) {
      String where = e.getIndex() < 0 ? "" : " near character " + (e.getIndex() + 1);
      place.problem(
          place.describe()
              + " is not a regular expression of ECMA-262 ("
              + e.getDescription()
              + where
              + ")",
          "correct it; characters such as ( and [ are made literal by a backslash");
    }
    return Optional.empty();
  }

  /** The Java form of a regular expression. */
  static Pattern compile(String pattern) {
    return Pattern.compile(new EcmaPattern(pattern).toJava());
  }

  private String toJava() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        escape(text.charAt(at++));
      } else if (inClass) {
        inClass = c != ']';
        // Java has nested classes and intersections; ECMA-262 has neither.
        java.append(c == '[' || c == '&' ? "\\" : "").append(c);
      } else if (c == '[') {
        openClass();
      } else {
        java.append(c == '$' ? "\\z" : String.valueOf(c));
      }
    }
    return java.toString();
  }

  private void openClass() {
    if (text.startsWith("]", at)) {
      at += 1;
      java.append("(?!)");
    } else if (text.startsWith("^]", at)) {
      at += 2;
      java.append("(?s:.)");
    } else {
      java.append('[');
      inClass = true;
      if (text.startsWith("^", at)) {
        at++;
        java.append('^');
      }
    }
  }

  private void escape(char c) {
    if (JAVA_ONLY.indexOf(c) >= 0) {
      throw new PatternSyntaxException("\\" + c + " is Java's own", text, at - 2);
    }
    switch (c) {
      case 's' -> java.append(inClass ? SPACES : "[" + SPACES + "]");
      case 'S' -> java.append("[^").append(SPACES).append(']');
      case 'v' -> java.append("\\x0b");
      case '0' -> java.append("\\x00");
      case 'u' -> java.append(text.startsWith("{", at) ? "\\x" : "\\u");
      default -> java.append('\\').append(c);
    }
  }
}
