package dev.penstock.transforms.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists: a JSON array, or single values between commas, with or without brackets around them. */
final class ArrayCell extends CellParser {
  private final CellParser item;
  private final boolean nested;

  ArrayCell(ContractField field, String path, boolean masked) {
    super(path, "TYPE_ARRAY", masked);
    ContractField items =
        field
            .items()
            .orElseThrow(
                () -> new IllegalArgumentException("The array '" + path + "' has no items"));
    item = of(items, path + "[]", masked || items.masked());
    nested = items.logicalType() == LogicalType.OBJECT || items.logicalType() == LogicalType.ARRAY;
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    boolean bracket = text.startsWith("[");
    JsonNode node = bracket ? Json.read(text) : null;
    if (node != null) {
      return parse(node, faults);
    }
    if (nested) {
      return fault(text, "is not a JSON array", faults);
    }
    if (bracket && !text.endsWith("]")) {
      return fault(text, "begins with [ but does not end with ]", faults);
    }
    return list(bracket ? text.substring(1, text.length() - 1) : text, faults);
  }

  @Override
  @Nullable Object parse(JsonNode node, CellFaults faults) {
    if (node.isNull()) {
      return null;
    }
    if (!node.isArray()) {
      return fault(node.toString(), "is not a JSON array", faults);
    }
    List<@Nullable Object> values = new ArrayList<>(node.size());
    node.forEach(element -> values.add(item.parse(element, faults)));
    return values;
  }

  private List<@Nullable Object> list(String text, CellFaults faults) {
    List<@Nullable Object> values = new ArrayList<>();
    if (text.isBlank()) {
      return values;
    }
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int to = comma < 0 ? text.length() : comma;
      String value = text.substring(from, to).strip();
      values.add(value.isEmpty() ? null : item.parse(value, faults));
      from = to + 1;
    }
    return values;
  }
}
