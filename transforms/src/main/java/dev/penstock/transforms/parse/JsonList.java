package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.contract.ContractField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists, as JSON arrays. */
final class JsonList extends JsonValue {
  private final JsonValue item;

  JsonList(ContractField field, String path, boolean masked, Reading reading) {
    super(field, CellParser.of(field, path, masked));
    ContractField items =
        field
            .items()
            .orElseThrow(
                () -> new IllegalArgumentException("The array '" + path + "' has no items"));
    item = of(items, path + "[]", masked || items.masked(), reading.item());
  }

  @Override
  @Nullable Object read(JsonToken token, JsonReader json, CellFaults faults)
      throws JsonReader.Unreadable {
    if (token != JsonToken.START_ARRAY) {
      return mistyped(token, json, faults);
    }
    List<@Nullable Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(item.read(json, faults));
    }
    return values;
  }
}
