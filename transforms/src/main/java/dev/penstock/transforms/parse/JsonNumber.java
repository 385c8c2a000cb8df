package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import java.math.BigDecimal;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, taken digit by digit from the text of the record, and numbers in strings. A whole number
 * may be written as {@code 1.0} or {@code 1e3}.
 */
final class JsonNumber extends JsonValue {
  /** Size of a number, in digits, beyond which it is not written out. */
  private static final int MAX_DIGITS = 1000;

  private final boolean whole;
  private final boolean small;
  private final boolean decimal;

  JsonNumber(ContractField field, CellParser text) {
    super(field, text);
    whole = field.logicalType() == LogicalType.INTEGER;
    small = field.fieldType().getTypeName() == TypeName.INT64;
    decimal = field.fieldType().getTypeName() == TypeName.DECIMAL;
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    return switch (token) {
      case VALUE_NUMBER_INT ->
          small && json.isShort()
              ? (Object) json.getLongValue()
              : text().parse(json.getText(), faults);
      case VALUE_NUMBER_FLOAT ->
          text().parse(whole ? wholeText(json.getText()) : json.getText(), faults);
      case VALUE_STRING -> string(json.getText(), faults);
      default -> mistyped(token, json, faults);
    };
  }

  /** Whether its values are decimals, with or without digits after the point. */
  boolean isDecimal() {
    return !whole && decimal;
  }

  /** A number that came in another way than in digits, in the field's type. */
  @Nullable Object exact(BigDecimal value, CellFaults faults) {
    if (isDecimal()) {
      return value;
    }
    String digits = value.toPlainString();
    return text().parse(whole ? wholeText(digits) : digits, faults);
  }

  /** The whole number that the parser stands at, or null when it is beyond 64 bits. */
  static @Nullable Long whole(JsonReader json) throws JsonReader.Unreadable {
    return json.isShort() ? (Long) json.getLongValue() : whole(json.getText());
  }

  /** The whole number that a text is, or null when it is none within 64 bits. */
  static @Nullable Long whole(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private @Nullable Object string(String value, CellFaults faults) {
    String stripped = value.strip();
    return stripped.isEmpty()
        ? text().fault(value, "is not a number", faults)
        : text().parse(stripped, faults);
  }

  /** A number without point and exponent where it is a whole one, else as it is. */
  private static String wholeText(String number) {
    if (number.length() > MAX_DIGITS) {
      return number;
    }
    try {
      BigDecimal value = new BigDecimal(number).stripTrailingZeros();
      boolean writable = value.scale() <= 0 && -(long) value.scale() <= MAX_DIGITS;
      return writable ? value.toPlainString() : number;
    } catch (ArithmeticException | NumberFormatException e) {
      // An exponent beyond 32 bits.
      return number;
    }
  }
}
