package dev.penstock.transforms.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a schema of Kafka Connect says of a value, as far as it matters for reading it.
 *
 * @param type the type in JSON terms, such as {@code struct} or {@code int64}
 * @param name what the value means, such as {@code io.debezium.time.Date}; may be empty
 * @param scale digits after the point of a decimal; null where the schema does not tell
 * @param members types of a struct's members
 * @param items type of an array's items
 */
record ConnectType(
    String type,
    String name,
    @Nullable Integer scale,
    Map<String, ConnectType> members,
    @Nullable ConnectType items) {
  static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final int MAX_SCALE_DIGITS = 4;

  /** The type that a schema in JSON describes; what it does not say is empty. */
  static ConnectType of(JsonNode schema) {
    Map<String, ConnectType> members = new HashMap<>();
    for (JsonNode member : schema.path("fields")) {
      members.put(member.path("field").asText(), of(member));
    }
    return new ConnectType(
        schema.path("type").asText(),
        schema.path("name").asText(),
        scale(schema.path("parameters").path("scale").asText()),
        Map.copyOf(members),
        schema.path("items").isObject() ? of(schema.path("items")) : null);
  }

  private static @Nullable Integer scale(String text) {
    boolean number = text.matches("-?\\d{1," + MAX_SCALE_DIGITS + "}");
    return number ? Integer.valueOf(text) : null;
  }

  /** Whether the value is a decimal in bytes. */
  boolean isDecimal() {
    return name.equals(DECIMAL);
  }

  /** Whether the value means what its JSON says and nothing else. */
  boolean isPlainText() {
    return type.equals("string");
  }
}
