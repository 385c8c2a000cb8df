package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import org.jspecify.annotations.Nullable;

/** Objects and lists, also as a text that is JSON itself, as columns of type JSON arrive. */
final class JsonInText extends JsonValue {
  private final JsonValue direct;
  private final JsonValue inText;
  private final JsonText texts = new JsonText();
  private final CellFaults found = new CellFaults();

  /**
   * A reader.
   *
   * @param direct reads a value that is no text
   * @param inText reads the JSON in a text, where dates and numbers have no encodings
   */
  JsonInText(ContractField field, JsonValue direct, JsonValue inText) {
    super(field, direct.text());
    this.direct = direct;
    this.inText = inText;
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    if (token != JsonToken.VALUE_STRING) {
      return direct.read(token, json, faults);
    }
    String document = json.getText();
    @Nullable Object[] value = new Object[1];
    found.clear();
    texts.read(document, found, (first, text) -> value[0] = inText.read(text, found));
    if (found.isEmpty()) {
      return value[0];
    }
    if (found.reasons().get(0).field().isEmpty()) {
      return text().fault(document, "is a text that is not JSON", faults);
    }
    found.reasons().forEach(faults::add);
    return null;
  }
}
