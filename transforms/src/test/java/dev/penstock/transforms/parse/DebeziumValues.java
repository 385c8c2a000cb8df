package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.insert;
import static dev.penstock.transforms.parse.DebeziumEvents.reasons;
import static dev.penstock.transforms.parse.DebeziumEvents.row;
import static dev.penstock.transforms.parse.DebeziumEvents.withSchema;

import dev.penstock.transforms.deadletter.Reason;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short ways to parse one value of a field f. */
final class DebeziumValues {
  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";

  private DebeziumValues() {}

  static @Nullable Object value(String field, String json) {
    return DebeziumEvents.value(ParseDebezium.to(Contracts.of("name: f, " + field)), "f", json);
  }

  static @Nullable Object typed(String field, String type, String json) {
    String event = withSchema(insert("{\"f\":" + json + "}"), "{\"field\":\"f\"," + type + "}");
    return row(ParseDebezium.to(Contracts.of("name: f, " + field)), event).getValue("f");
  }

  static List<Reason> faults(String field, String json) {
    return reasons(
        ParseDebezium.to(Contracts.of("name: f, " + field)), insert("{\"f\":" + json + "}"));
  }

  static List<Reason> typedFaults(String field, String type, String json) {
    return reasons(
        ParseDebezium.to(Contracts.of("name: f, " + field)),
        withSchema(insert("{\"f\":" + json + "}"), "{\"field\":\"f\"," + type + "}"));
  }

  static String decimal(int scale) {
    return "\"type\":\"bytes\",\"name\":\""
        + DECIMAL
        + "\",\"parameters\":{\"scale\":\""
        + scale
        + "\"}";
  }

  static String named(String type, String name) {
    return "\"type\":\"" + type + "\",\"name\":\"" + name + "\"";
  }

  /** A number without its point as Kafka Connect writes it. */
  static String base64(String unscaled) {
    return "\"" + Base64.getEncoder().encodeToString(new BigInteger(unscaled).toByteArray()) + "\"";
  }

  static String property(String property, String value) {
    return ", customProperties: [{property: " + property + ", value: " + value + "}]";
  }
}
