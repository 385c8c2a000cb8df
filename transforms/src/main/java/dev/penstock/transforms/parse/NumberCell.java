package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import java.math.BigDecimal;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in the notation of every programming language: a sign, digits, a point, an exponent.
 * Grouping characters and decimal commas are not guessed at.
 */
final class NumberCell extends CellParser {
  /** Digits, and size of the exponent, beyond which a text is no sensible number. */
  private static final int MAX_DIGITS = 1000;

  /** Digits that always fit into 64 bits. */
  private static final int LONG_DIGITS = 18;

  private final boolean whole;
  private final TypeName type;

  private NumberCell(String path, String code, boolean masked, boolean whole, TypeName type) {
    super(path, code, masked);
    this.whole = whole;
    this.type = type;
  }

  static NumberCell of(ContractField field, String path, boolean masked) {
    boolean whole = field.logicalType() == LogicalType.INTEGER;
    String code = whole ? "TYPE_INTEGER" : "TYPE_NUMBER";
    return new NumberCell(path, code, masked, whole, field.fieldType().getTypeName());
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    if (!wellFormed(text)) {
      return fault(text, whole ? "is not a whole number" : "is not a number", faults);
    }
    if (text.length() > MAX_DIGITS) {
      return fault(text, "has more than " + MAX_DIGITS + " characters", faults);
    }
    return switch (type) {
      case INT64 -> parseLong(text, faults);
      case DOUBLE -> parseDouble(text, faults);
      case FLOAT -> parseFloat(text, faults);
      default -> parseDecimal(text, faults);
    };
  }

  private boolean wellFormed(String text) {
    int length = text.length();
    int start = isSign(text.charAt(0)) ? 1 : 0;
    int at = digits(text, start);
    int count = at - start;
    if (whole) {
      return count > 0 && at == length;
    }
    if (at < length && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      count += fraction - at - 1;
      at = fraction;
    }
    if (count > 0 && at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = at + 1 < length && isSign(text.charAt(at + 1)) ? at + 2 : at + 1;
      at = digits(text, exponent);
      count = at - exponent;
    }
    return count > 0 && at == length;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private @Nullable Object parseLong(String text, CellFaults faults) {
    if (text.length() <= LONG_DIGITS) {
      return smallLong(text, text.length());
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return fault(
          text, "is beyond 64 bits; give the field a wider format in the contract", faults);
    }
  }

  /** A well-formed integer without its point, of at most 18 digits. */
  private static long smallLong(String text, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0) {
        value = value * 10 + digit;
      }
    }
    return text.charAt(0) == '-' ? -value : value;
  }

  private @Nullable Object parseDecimal(String text, CellFaults faults) {
    int length = text.length();
    if (length <= LONG_DIGITS) {
      int point = text.indexOf('.');
      if (text.indexOf('e') < 0 && text.indexOf('E') < 0) {
        return BigDecimal.valueOf(smallLong(text, length), point < 0 ? 0 : length - point - 1);
      }
    }
    BigDecimal value = exact(text);
    if (value == null || Math.abs((long) value.scale()) > MAX_DIGITS) {
      return fault(text, "has an exponent beyond " + MAX_DIGITS, faults);
    }
    return value;
  }

  private static @Nullable BigDecimal exact(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private @Nullable Object parseDouble(String text, CellFaults faults) {
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? fault(text, "is beyond a DOUBLE", faults) : (Object) value;
  }

  private @Nullable Object parseFloat(String text, CellFaults faults) {
    float value = Float.parseFloat(text);
    return Float.isInfinite(value) ? fault(text, "is beyond a FLOAT", faults) : (Object) value;
  }
}
