package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Nested rows, as JSON objects. */
final class JsonRow extends JsonValue {
  private final Schema schema;
  private final JsonMembers members;
  private final int size;

  JsonRow(ContractField field, String path, boolean masked, Reading reading) {
    super(field, CellParser.of(field, path, masked));
    schema = Objects.requireNonNull(field.fieldType().getRowSchema(), path);
    members = new JsonMembers(field.properties(), path + ".", masked, reading);
    size = field.properties().size();
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    if (token != JsonToken.START_OBJECT) {
      return mistyped(token, json, faults);
    }
    @Nullable Object[] values = new Object[size];
    members.read(json, values, faults);
    return Row.withSchema(schema).attachValues(values);
  }
}
