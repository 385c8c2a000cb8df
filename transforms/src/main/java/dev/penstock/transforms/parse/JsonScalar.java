package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts and truth values. A truth value may also stand in a string, spelled as in CSV. */
final class JsonScalar extends JsonValue {
  JsonScalar(ContractField field, CellParser text) {
    super(field, text);
  }

  @Override
  @Nullable Object read(JsonToken token, JsonParser json, CellFaults faults) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return text().parse(json.getText(), faults);
    }
    boolean truth = token == JsonToken.VALUE_TRUE;
    return !text().keepsSpace() && (truth || token == JsonToken.VALUE_FALSE)
        ? (Object) truth
        : mistyped(token, json, faults);
  }
}
