package dev.penstock.io.jdbc;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values an existing column can take, judged by the name of its type. */
final class TypeFamily {
  private static final Pattern DECIMAL =
      Pattern.compile("(?:numeric|decimal)\\((\\d+),\\s*(-?\\d+)\\)");

  private TypeFamily() {}

  /** Whether values of the column can be stored under the existing type without loss. */
  static boolean fits(Column column, String existing) {
    String type = existing.toLowerCase(Locale.ROOT);
    return switch (column.kind()) {
      case TEXT, JSON -> text(type);
      case INTEGER -> integer(type) || type.startsWith("numeric") || type.startsWith("decimal");
      case DECIMAL -> decimal(column, type);
      case DOUBLE -> type.equals("double precision") || type.equals("double");
      case FLOAT -> type.equals("real") || type.equals("float") || type.startsWith("double");
      case BOOLEAN -> type.equals("boolean");
      case DATE -> type.equals("date");
      case TIME -> type.equals("time") || type.startsWith("time without");
      case LOCAL_TIMESTAMP -> type.equals("timestamp") || type.startsWith("timestamp without");
      case INSTANT -> type.equals("timestamptz") || type.startsWith("timestamp with time");
      case UUID -> type.equals("uuid");
      case BYTES -> type.equals("bytea") || type.equals("blob");
    };
  }

  /** Precision and scale of an existing decimal type, or null where it has no limit. */
  static int @org.jspecify.annotations.Nullable [] decimalLimits(String existing) {
    Matcher limits = DECIMAL.matcher(existing.toLowerCase(Locale.ROOT));
    return limits.matches()
        ? new int[] {Integer.parseInt(limits.group(1)), Integer.parseInt(limits.group(2))}
        : null;
  }

  private static boolean decimal(Column column, String type) {
    if (column.scale() == 0 && column.precision() > 0 && integer(type)) {
      return true;
    }
    if (!type.startsWith("numeric") && !type.startsWith("decimal")) {
      return false;
    }
    int[] limits = decimalLimits(type);
    return limits == null || !column.declared() || limits[1] >= column.scale();
  }

  private static boolean integer(String type) {
    return switch (type) {
      case "smallint", "integer", "bigint", "hugeint", "tinyint" -> true;
      default -> false;
    };
  }

  /** Text goes into text and into whatever is written as text and has rules of its own. */
  private static boolean text(String type) {
    return !integer(type)
        && !type.startsWith("numeric")
        && !type.startsWith("decimal")
        && !type.startsWith("double")
        && !type.startsWith("time")
        && !type.equals("real")
        && !type.equals("float")
        && !type.equals("boolean")
        && !type.equals("date")
        && !type.equals("bytea")
        && !type.equals("blob");
  }
}
