package dev.penstock.transforms.parse;

import org.jspecify.annotations.Nullable;

/** Truth values: true, t, yes, y, 1 and false, f, no, n, 0, in upper or lower case. */
final class BooleanCell extends CellParser {
  private static final String[] TRUE = {"true", "t", "1", "yes", "y"};
  private static final String[] FALSE = {"false", "f", "0", "no", "n"};

  BooleanCell(String path, boolean masked) {
    super(path, "TYPE_BOOLEAN", masked);
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    if (isOneOf(text, TRUE)) {
      return true;
    }
    if (isOneOf(text, FALSE)) {
      return false;
    }
    return fault(text, "is not a boolean (true, t, yes, y, 1, false, f, no, n, 0)", faults);
  }

  private static boolean isOneOf(String text, String[] spellings) {
    for (String spelling : spellings) {
      if (spelling.equalsIgnoreCase(text)) {
        return true;
      }
    }
    return false;
  }
}
