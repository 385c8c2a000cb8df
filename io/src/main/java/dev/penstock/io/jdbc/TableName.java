package dev.penstock.io.jdbc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Name of a table, with or without its schema, before any quoting. */
record TableName(@Nullable String schema, String table) implements Serializable {

  /** Reads {@code table}, {@code schema.table} or {@code "a.b".table}. */
  static TableName parse(String text) {
    List<String> parts = parts(text);
    for (String part : parts) {
      if (part.isBlank() || part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("The table name '" + text + "' has an empty part");
      }
    }
    return switch (parts.size()) {
      case 1 -> new TableName(null, parts.get(0));
      case 2 -> new TableName(parts.get(0), parts.get(1));
      default ->
          throw new IllegalArgumentException(
              "The table name '"
                  + text
                  + "' has "
                  + parts.size()
                  + " parts; use table or schema.table, and double quotes around a name that has a"
                  + " dot in it");
    };
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = end(text, start);
      String part = text.substring(start, end);
      parts.add(isQuoted(part) ? unquote(part) : part);
      start = end + 1;
    }
    return parts;
  }

  private static int end(String text, int start) {
    if (text.startsWith("\"", start)) {
      int quote = text.indexOf('"', start + 1);
      while (quote >= 0 && text.startsWith("\"", quote + 1)) {
        quote = text.indexOf('"', quote + 2);
      }
      if (quote >= 0 && (quote + 1 == text.length() || text.charAt(quote + 1) == '.')) {
        return quote + 1;
      }
    }
    int dot = text.indexOf('.', start);
    return dot < 0 ? text.length() : dot;
  }

  private static boolean isQuoted(String part) {
    return part.length() > 1 && part.startsWith("\"") && part.endsWith("\"");
  }

  private static String unquote(String part) {
    return part.substring(1, part.length() - 1).replace("\"\"", "\"");
  }

  /** An identifier as SQL text that can only be that identifier. */
  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A string literal; the backslash is safe under either reading of it. */
  static String literal(String text) {
    return "'" + text.replace("\0", "").replace("'", "''") + "'";
  }

  /** A name in the same schema that begins with this one. */
  TableName withSuffix(String suffix) {
    return new TableName(schema, table + suffix);
  }

  /** The quoted name for SQL. */
  String sql() {
    return schema == null ? quote(table) : quote(schema) + "." + quote(table);
  }

  /** The name for people. */
  @Override
  public String toString() {
    return schema == null ? table : schema + "." + table;
  }
}
