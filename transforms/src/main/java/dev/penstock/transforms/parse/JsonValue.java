package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import org.jspecify.annotations.Nullable;

/** Reads the JSON value of one field, in a stream of tokens. One instance serves one thread. */
abstract class JsonValue {
  private final CellParser text;
  private final String expected;

  /**
   * A reader of values.
   *
   * @param text converts texts to the field's type
   */
  JsonValue(ContractField field, CellParser text) {
    this.text = text;
    this.expected = field.logicalType().keyword();
  }

  /**
   * How the values of a run are read: settings of {@link ParseJson} and {@link ParseDebezium}.
   *
   * @param changes what holds for the values of change events; null for other JSON
   */
  record Reading(ExtraColumns extraColumns, boolean isoFirst, @Nullable ChangeReading changes) {

    /** How rows of change events without a schema are read. */
    static Reading ofChanges(ExtraColumns extraColumns, String unavailable) {
      return new Reading(extraColumns, true, new ChangeReading(unavailable, null));
    }

    /** The same values, as a schema describes them. */
    Reading typed(@Nullable ConnectType type) {
      return changes == null
          ? this
          : new Reading(extraColumns, isoFirst, new ChangeReading(changes.unavailable(), type));
    }

    /** How a member of the value is read. */
    Reading member(String name) {
      ConnectType type = type();
      return typed(type == null ? null : type.members().get(name));
    }

    /** How the items of the value are read. */
    Reading item() {
      ConnectType type = type();
      return typed(type == null ? null : type.items());
    }

    /** How JSON within a text is read. */
    Reading inText() {
      return new Reading(extraColumns, isoFirst, null);
    }

    /** Whether how a member is read depends on its name. */
    boolean isTyped() {
      return type() != null;
    }

    private @Nullable ConnectType type() {
      return changes == null ? null : changes.type();
    }
  }

  static JsonValue of(ContractField field, String path, boolean masked, Reading reading) {
    JsonValue plain = plain(field, path, masked, reading);
    if (reading.changes() != null) {
      return ChangeValues.of(field, path, masked, plain, reading);
    }
    return field
        .temporalEncoding()
        .map(counts -> (JsonValue) JsonEpoch.of(field, plain, counts))
        .orElse(plain);
  }

  private static JsonValue plain(
      ContractField field, String path, boolean masked, Reading reading) {
    return switch (field.logicalType()) {
      case STRING, BOOLEAN -> new JsonScalar(field, CellParser.of(field, path, masked));
      case INTEGER, NUMBER -> new JsonNumber(field, CellParser.of(field, path, masked));
      case DATE, TIME, TIMESTAMP -> JsonTime.of(field, path, masked, reading.isoFirst());
      case OBJECT -> new JsonRow(field, path, masked, reading);
      case ARRAY -> new JsonList(field, path, masked, reading);
    };
  }

  /**
   * Reads the value that begins with the current token, and leaves the parser at its last one.
   *
   * @return null for JSON's null, and after a fault was added
   */
  final @Nullable Object read(JsonReader json, CellFaults faults) throws JsonReader.Unreadable {
    return take(json.currentToken(), json, faults);
  }

  /** The same, of the value that begins with this token, the current one. */
  final @Nullable Object take(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    return token == JsonToken.VALUE_NULL ? null : read(token, json, faults);
  }

  /** Reads a value that is not null. */
  abstract @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable;

  final CellParser text() {
    return text;
  }

  /** Rejects a value of another JSON type, and goes to its end. */
  final @Nullable Object mistyped(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    String shown =
        switch (token) {
          case START_OBJECT -> "{…}";
          case START_ARRAY -> "[…]";
          default -> json.getText();
        };
    json.skipChildren();
    return text.fault(
        shown, "is a JSON " + kind(token) + " where the contract has " + expected, faults);
  }

  /** What JSON calls a value that begins like this. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "boolean";
      default -> "null";
    };
  }
}
