package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private final byte[] bytes;
  private final byte[][] forms;
  private final int shortest;

  JsonAvailable(ContractField field, String path, JsonValue value, String word) {
    super(field, value.text());
    this.path = path;
    this.value = value;
    this.bytes = word.getBytes(StandardCharsets.UTF_8);
    this.forms =
        new byte[][] {
          bytes,
          Base64.getEncoder().encode(bytes),
          HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.UTF_8),
          ("{\"" + word + "\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8)
        };
    this.shortest = Arrays.stream(forms).mapToInt(form -> form.length).min().orElse(0);
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    boolean missing = token == JsonToken.VALUE_STRING && isMissing(json);
    Object read = missing ? null : value.read(token, json, faults);
    if (missing || (read instanceof List<?> list && isMissing(list))) {
      faults.add(ChangeFaults.unavailable(path));
      return null;
    }
    return read;
  }

  private boolean isMissing(JsonReader json) {
    if (json.textBytes() < shortest) {
      return false;
    }
    for (byte[] form : forms) {
      if (json.textIs(form)) {
        return true;
      }
    }
    return false;
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
