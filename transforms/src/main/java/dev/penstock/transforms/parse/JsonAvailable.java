package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values, and none where the event says that the source did not tell it: by a word in place of a
 * text, by the word's bytes in place of binary data or a list of numbers, by the word as key and
 * value of an object.
 */
final class JsonAvailable extends JsonValue {
  private final String path;
  private final JsonValue value;
  private final String word;
  private final String binary;
  private final String hex;
  private final String object;
  private final byte[] bytes;

  JsonAvailable(ContractField field, String path, JsonValue value, String word) {
    super(field, value.text());
    this.path = path;
    this.value = value;
    this.word = word;
    this.bytes = word.getBytes(StandardCharsets.UTF_8);
    this.binary = Base64.getEncoder().encodeToString(bytes);
    this.hex = HexFormat.of().formatHex(bytes);
    this.object = "{\"" + word + "\":\"" + word + "\"}";
  }

  @Override
  @Nullable Object read(JsonToken token, JsonParser json, CellFaults faults) throws IOException {
    boolean missing = token == JsonToken.VALUE_STRING && isMissing(json);
    Object read = missing ? null : value.read(token, json, faults);
    if (missing || (read instanceof List<?> list && isMissing(list))) {
      faults.add(ChangeFaults.unavailable(path));
      return null;
    }
    return read;
  }

  private boolean isMissing(JsonParser json) throws IOException {
    int length = json.getTextLength();
    return (length == word.length() && json.getText().equals(word))
        || (length == binary.length() && json.getText().equals(binary))
        || (length == hex.length() && json.getText().equals(hex))
        || (length == object.length() && json.getText().equals(object));
  }

  private boolean isMissing(List<?> list) {
    if (list.size() != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (!(list.get(i) instanceof Number number) || number.doubleValue() != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
