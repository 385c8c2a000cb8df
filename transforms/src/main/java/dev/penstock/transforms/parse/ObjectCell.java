package dev.penstock.transforms.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.transforms.contract.ContractField;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Nested rows, as JSON objects. Members map to properties like columns do: by their exact name,
 * else without regard to case; members that the contract has not are left out.
 */
final class ObjectCell extends CellParser {
  private final Schema schema;
  private final List<ContractField> properties;
  private final CellParser[] parsers;

  ObjectCell(ContractField field, String path, boolean masked) {
    super(path, "TYPE_OBJECT", masked);
    schema = Objects.requireNonNull(field.fieldType().getRowSchema(), path);
    properties = field.properties();
    parsers =
        properties.stream()
            .map(part -> of(part, path + "." + part.name(), masked || part.masked()))
            .toArray(CellParser[]::new);
  }

  @Override
  @Nullable Object parse(String text, CellFaults faults) {
    JsonNode node = Json.read(text);
    return node == null ? fault(text, "is not a JSON object", faults) : parse(node, faults);
  }

  @Override
  @Nullable Object parse(JsonNode node, CellFaults faults) {
    if (node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      return fault(node.toString(), "is not a JSON object", faults);
    }
    Object[] values = new Object[parsers.length];
    for (int i = 0; i < parsers.length; i++) {
      JsonNode member = member(node, properties.get(i).sourceNames());
      values[i] = member == null ? null : parsers[i].parse(member, faults);
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private static @Nullable JsonNode member(JsonNode node, List<String> names) {
    for (String name : names) {
      if (node.has(name)) {
        return node.get(name);
      }
    }
    for (Iterator<String> members = node.fieldNames(); members.hasNext(); ) {
      String member = members.next();
      if (names.stream().anyMatch(member::equalsIgnoreCase)) {
        return node.get(member);
      }
    }
    return null;
  }
}
