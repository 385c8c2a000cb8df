package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import org.jspecify.annotations.Nullable;

/** Texts and truth values. A truth value may also stand in a string, spelled as in CSV. */
final class JsonScalar extends JsonValue {
  JsonScalar(ContractField field, CellParser text) {
    super(field, text);
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    if (token == JsonToken.VALUE_STRING) {
      return text().parse(json.getText(), faults);
    }
    boolean truth = token == JsonToken.VALUE_TRUE;
    return !text().keepsSpace() && (truth || token == JsonToken.VALUE_FALSE)
        ? (Object) truth
        : mistyped(token, json, faults);
  }
}
