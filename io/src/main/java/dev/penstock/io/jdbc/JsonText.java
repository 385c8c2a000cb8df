package dev.penstock.io.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Nested values as JSON, laid out the way PostgreSQL prints {@code jsonb} (keys by length, then
 * bytes; a blank after colon and comma), so that both databases show the same text.
 */
final class JsonText {
  private static final Comparator<String> KEY_ORDER =
      Comparator.comparing(
          key -> key.getBytes(StandardCharsets.UTF_8),
          Comparator.<byte[]>comparingInt(key -> key.length)
              .thenComparing(Arrays::compareUnsigned));

  private final StringBuilder out = new StringBuilder();

  static String of(Object value) {
    JsonText json = new JsonText();
    json.value(value);
    return json.out.toString();
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof Row row) {
      object(row);
    } else if (value instanceof Collection<?> items) {
      array(items);
    } else if (value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Double || value instanceof Float) {
      floating((Number) value);
    } else if (value instanceof BigDecimal number) {
      out.append(number.toPlainString());
    } else if (value instanceof Number) {
      out.append(value);
    } else {
      text(value.toString());
    }
  }

  private void floating(Number number) {
    // JSON has no NaN and no infinity: these become text.
    if (Double.isFinite(number.doubleValue())) {
      out.append(new BigDecimal(number.toString()).toPlainString());
    } else {
      text(number.toString());
    }
  }

  private void object(Row row) {
    List<String> names = row.getSchema().getFieldNames();
    int[] order =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparing(names::get, KEY_ORDER))
            .mapToInt(Integer::intValue)
            .toArray();
    String separator = "";
    out.append('{');
    for (int index : order) {
      out.append(separator);
      text(names.get(index));
      out.append(": ");
      value(row.getValue(index));
      separator = ", ";
    }
    out.append('}');
  }

  private void array(Collection<?> items) {
    String separator = "";
    out.append('[');
    for (Object item : items) {
      out.append(separator);
      value(item);
      separator = ", ";
    }
    out.append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ') {
          out.append("\\u00").append(c < 16 ? "0" : "1");
          out.append(Character.forDigit(c & 0xF, 16));
        } else {
          out.append(c);
        }
      }
    }
  }
}
