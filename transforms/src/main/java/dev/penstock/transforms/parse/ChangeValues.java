package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The readers of values of change events, made of those of other JSON. */
final class ChangeValues {
  private ChangeValues() {}

  /**
   * The reader of a field.
   *
   * @param plain the field's reader for other JSON
   */
  static JsonValue of(
      ContractField field, String path, boolean masked, JsonValue plain, JsonValue.Reading how) {
    ChangeReading reading = how.changes();
    if (reading == null) {
      return plain;
    }
    if (field.changeMetadata().isPresent()) {
      return new Skipped(field, plain);
    }
    JsonValue value =
        switch (field.logicalType()) {
          case INTEGER, NUMBER -> new JsonDecimal(field, path, (JsonNumber) plain, reading.type());
          case DATE, TIME, TIMESTAMP ->
              JsonEpoch.ofChanges(field, path, masked, plain, reading.type());
          case OBJECT, ARRAY ->
              new JsonInText(field, plain, JsonValue.of(field, path, masked, how.inText()));
          case STRING -> new DecimalText(field, plain, reading.type());
          case BOOLEAN -> plain;
        };
    return new JsonAvailable(field, path, value, reading.unavailable());
  }

  /** What the row says of a field that is filled from its change. */
  private static final class Skipped extends JsonValue {
    Skipped(ContractField field, JsonValue plain) {
      super(field, plain.text());
    }

    @Override
    @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
        throws JsonReader.Unreadable {
      json.skipChildren();
      return null;
    }
  }

  /** Texts; a decimal that is one by its schema is written out in digits. */
  private static final class DecimalText extends JsonValue {
    private final JsonValue plain;
    private final @Nullable Integer scale;

    DecimalText(ContractField field, JsonValue plain, @Nullable ConnectType type) {
      super(field, plain.text());
      this.plain = plain;
      this.scale = type != null && type.isDecimal() ? type.scale() : null;
    }

    @Override
    @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
        throws JsonReader.Unreadable {
      if (scale == null || token != JsonToken.VALUE_STRING) {
        return plain.read(token, json, faults);
      }
      BigDecimal value = DecimalBytes.read(json.getText(), scale);
      return value == null
          ? text().fault(json.getText(), DecimalBytes.NOT_BASE64, faults)
          : value.toPlainString();
    }
  }
}
