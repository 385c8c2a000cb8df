package dev.penstock.samples.bigquery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words of GoogleSQL: a lexer, so that nothing within a string or a comment is taken for SQL. */
final class SqlTokens {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    return new SqlTokens(sql).read();
  }

  private List<Token> read() {
    while (at < sql.length()) {
      char character = sql.charAt(at);
      if (Character.isWhitespace(character)) {
        at++;
      } else if (character == '#' || sql.startsWith("--", at)) {
        skipTo("\n");
      } else if (sql.startsWith("/*", at)) {
        skipTo("*/");
      } else if (character == '`') {
        tokens.add(new Token(Kind.QUOTED, quoted()));
      } else if (stringPrefix() >= 0) {
        string(stringPrefix());
      } else if (character == '@') {
        at++;
        tokens.add(new Token(Kind.PARAMETER, word()));
      } else if (Character.isLetter(character) || character == '_') {
        tokens.add(new Token(Kind.WORD, word()));
      } else if (startsNumber(character)) {
        tokens.add(new Token(Kind.NUMBER, number()));
      } else {
        symbol();
      }
    }
    return tokens;
  }

  private void skipTo(String end) {
    int found = sql.indexOf(end, at + 1);
    at = found < 0 ? sql.length() : found + end.length();
  }

  private String quoted() {
    int end = sql.indexOf('`', at + 1);
    if (end < 0) {
      throw ApiException.invalidQuery("Syntax error: Unclosed identifier literal");
    }
    String name = sql.substring(at + 1, end);
    at = end + 1;
    return name;
  }

  private String word() {
    int start = at;
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
      at++;
    }
    return sql.substring(start, at);
  }

  private boolean startsNumber(char character) {
    boolean point = character == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1));
    // Behind a name a point is followed by a field, whatever it looks like.
    boolean afterName =
        !tokens.isEmpty() && tokens.get(tokens.size() - 1).kind() != Kind.SYMBOL && point;
    return isDigit(character) || (point && !afterName);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private String number() {
    int start = at;
    while (at < sql.length() && isPartOfNumber(sql.charAt(at), start)) {
      at++;
    }
    return sql.substring(start, at);
  }

  private boolean isPartOfNumber(char character, int start) {
    if (Character.isLetterOrDigit(character) || character == '.') {
      return true;
    }
    boolean sign = character == '+' || character == '-';
    boolean hex = sql.regionMatches(true, start, "0x", 0, 2);
    return sign && !hex && at > start && Character.toLowerCase(sql.charAt(at - 1)) == 'e';
  }

  private void symbol() {
    for (String two : List.of("!=", "<>", "<=", ">=", "||", "<<", ">>", "=>")) {
      if (sql.startsWith(two, at)) {
        tokens.add(new Token(Kind.SYMBOL, two));
        at += two.length();
        return;
      }
    }
    tokens.add(new Token(Kind.SYMBOL, String.valueOf(sql.charAt(at))));
    at++;
  }

  /** The length of r, b, rb or nothing in front of a quote; -1 where there is no string. */
  private int stringPrefix() {
    for (int length = 0; length <= 2 && at + length < sql.length(); length++) {
      char character = sql.charAt(at + length);
      if (character == '\'' || character == '"') {
        return length;
      }
      if ("rRbB".indexOf(character) < 0) {
        return -1;
      }
    }
    return -1;
  }

  private void string(int prefixLength) {
    String prefix = sql.substring(at, at + prefixLength).toLowerCase(Locale.ROOT);
    at += prefixLength;
    String quote = sql.substring(at, at + 1);
    String delimiter = sql.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    at += delimiter.length();
    boolean raw = prefix.indexOf('r') >= 0;
    StringBuilder text = new StringBuilder();
    while (!sql.startsWith(delimiter, at)) {
      if (at >= sql.length()) {
        throw ApiException.invalidQuery("Syntax error: Unclosed string literal");
      }
      if (sql.charAt(at) == '\\' && at + 1 < sql.length()) {
        escape(raw, text);
      } else {
        text.append(sql.charAt(at++));
      }
    }
    at += delimiter.length();
    boolean bytes = prefix.indexOf('b') >= 0;
    tokens.add(new Token(bytes ? Kind.BYTES : Kind.STRING, text.toString()));
  }

  private void escape(boolean raw, StringBuilder text) {
    char next = sql.charAt(at + 1);
    if (raw) {
      text.append('\\').append(next);
      at += 2;
      return;
    }
    int digits = "xX".indexOf(next) >= 0 ? 2 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
    if (digits > 0) {
      text.appendCodePoint(Integer.parseInt(sql.substring(at + 2, at + 2 + digits), 16));
      at += 2 + digits;
      return;
    }
    int known = "abfnrtv".indexOf(next);
    text.append(known < 0 ? next : "\u0007\b\f\n\r\t\u000b".charAt(known));
    at += 2;
  }

  /** What a token is. */
  enum Kind {
    WORD,
    QUOTED,
    STRING,
    BYTES,
    NUMBER,
    PARAMETER,
    SYMBOL
  }

  /** A token; strings and quoted names without their quotes. */
  record Token(Kind kind, String text) {
    boolean is(String word) {
      return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }
  }
}
