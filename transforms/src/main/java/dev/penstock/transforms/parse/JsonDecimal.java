package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DecimalEncoding;
import dev.penstock.transforms.contract.LogicalType;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of change events: as in other JSON, as Base64 of their bytes, and as an object of scale
 * and such bytes. Which of the first two a text is, the event's schema or the contract may tell;
 * else its form does, and a text that could be both is rejected.
 */
final class JsonDecimal extends JsonValue {
  /** Digits after the point, beyond which there is no sensible number. */
  private static final int MAX_SCALE = 1000;

  /** A number that is made of characters of Base64. */
  private static final Pattern NUMBER = Pattern.compile("[+]?[0-9]+([eE][+]?[0-9]+)?");

  private final String path;
  private final JsonNumber plain;
  private final @Nullable DecimalEncoding encoding;
  private final @Nullable Integer scale;

  JsonDecimal(ContractField field, String path, JsonNumber plain, @Nullable ConnectType type) {
    super(field, plain.text());
    this.path = path;
    this.plain = plain;
    if (type != null && type.isDecimal()) {
      encoding = DecimalEncoding.BASE64;
    } else if (type != null && type.isPlainText()) {
      encoding = DecimalEncoding.TEXT;
    } else {
      encoding = field.decimalEncoding().orElse(null);
    }
    scale = type != null && type.scale() != null ? type.scale() : scaleOf(field);
  }

  private static @Nullable Integer scaleOf(ContractField field) {
    boolean known = field.precision() > 0 || field.logicalType() == LogicalType.INTEGER;
    return known ? Integer.valueOf(field.scale()) : null;
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    return switch (token) {
      case VALUE_STRING -> text(token, json, faults);
      case START_OBJECT -> struct(json, faults);
      default -> plain.read(token, json, faults);
    };
  }

  private @Nullable Object text(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    // With a point in it, it is not Base64.
    BigDecimal pointed =
        plain.isDecimal() && encoding != DecimalEncoding.BASE64 ? json.pointedDecimal() : null;
    if (pointed != null) {
      return pointed;
    }
    String value = json.getText();
    if (encoding == DecimalEncoding.BASE64) {
      return decoded(value, scale, faults);
    }
    if (encoding == DecimalEncoding.TEXT || !DecimalBytes.isBase64(value)) {
      return plain.read(token, json, faults);
    }
    if (NUMBER.matcher(value).matches()) {
      faults.add(ChangeFaults.eitherDecimal(path));
      return null;
    }
    return decoded(value, scale, faults);
  }

  private @Nullable Object decoded(String value, @Nullable Integer digits, CellFaults faults) {
    if (digits == null) {
      faults.add(ChangeFaults.noScale(path));
      return null;
    }
    BigDecimal number = Math.abs(digits) > MAX_SCALE ? null : DecimalBytes.read(value, digits);
    return number == null
        ? text().fault(value, DecimalBytes.NOT_BASE64, faults)
        : plain.exact(number, faults);
  }

  /** A decimal that has its scale with it, since its column has none. */
  private @Nullable Object struct(JsonReader json, CellFaults faults) throws JsonReader.Unreadable {
    Integer digits = null;
    String value = null;
    while (json.nextMember()) {
      String name = json.currentName().text();
      JsonToken token = json.nextValue();
      if (name.equals("scale") && token == JsonToken.VALUE_NUMBER_INT) {
        Long number = JsonNumber.whole(json);
        digits = number == null || Math.abs(number) > MAX_SCALE ? null : number.intValue();
      } else if (name.equals("value") && token == JsonToken.VALUE_STRING) {
        value = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return digits == null || value == null
        ? text().fault("{…}", "is not an object of scale and value in Base64", faults)
        : decoded(value, digits, faults);
  }
}
