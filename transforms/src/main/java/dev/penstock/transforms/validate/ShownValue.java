package dev.penstock.transforms.validate;

import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** How messages show a value: on one line, not too long, and not at all when it is masked. */
final class ShownValue {
  private static final String MASK = "***";
  private static final int MOST_CHARACTERS = 80;

  private ShownValue() {}

  static String of(@Nullable Object value, boolean masked) {
    if (masked && value != null) {
      return MASK;
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Row row) {
      return "object with the properties " + String.join(", ", row.getSchema().getFieldNames());
    }
    if (value instanceof BigDecimal number && Math.abs((long) number.scale()) < MOST_CHARACTERS) {
      return shortened(number.toPlainString());
    }
    if (value instanceof List<?> items) {
      return "list of " + items.size() + (items.size() == 1 ? " item" : " items");
    }
    return shortened(String.valueOf(value));
  }

  static String quoted(String text) {
    return "'" + shortened(text) + "'";
  }

  private static String shortened(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS) + 2);
    int end = 0;
    for (int count = 0; end < text.length() && count < MOST_CHARACTERS; count++) {
      int character = text.codePointAt(end);
      append(shown, character);
      end += Character.charCount(character);
    }
    return end < text.length() ? shown.append('…').toString() : shown.toString();
  }

  private static void append(StringBuilder shown, int character) {
    switch (character) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
          shown.append(String.format(java.util.Locale.ROOT, "\\u%04x", character));
        } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
          shown.append('\uFFFD');
        } else {
          shown.appendCodePoint(character);
        }
      }
    }
  }
}
