package dev.penstock.transforms.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.transforms.contract.ContractField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The readers of rows by the schemas that events carry. A schema is larger than its row by far and
 * the same in event after event, so the bytes in front of the payload are compared with those of
 * earlier events, and only read when they differ.
 */
final class ChangeSchemas {
  /** Schemas that are remembered; a topic has one at a time. */
  private static final int MOST_SCHEMAS = 8;

  /** Bytes of a schema that is remembered. */
  private static final int LARGEST = 1 << 20;

  private final List<ContractField> fields;
  private final JsonValue.Reading reading;
  private final Images plain;
  private final List<Known> known = new ArrayList<>();

  ChangeSchemas(List<ContractField> fields, JsonValue.Reading reading) {
    this.fields = fields;
    this.reading = reading;
    this.plain = new Images(members(null), members(null), members(null));
  }

  /**
   * The readers of the rows of an event.
   *
   * @param row of an unwrapped one
   */
  record Images(JsonMembers before, JsonMembers after, JsonMembers row) {}

  /** The bytes that an event begins with, and the readers that its schema asks for. */
  private static final class Known {
    private final byte[] start;
    private final Images images;

    Known(byte[] start, Images images) {
      this.start = start;
      this.images = images;
    }

    boolean begins(byte[] bytes, int from, int to) {
      return to - from > start.length
          && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }
  }

  /** What an event was found to be by its first bytes. */
  record Match(int payload, Images images) {}

  /** Events without schemas. */
  Images plain() {
    return plain;
  }

  /** Where the payload begins, and its readers, if the event begins like an earlier one. */
  @Nullable Match match(byte[] bytes, int from, int to) {
    for (int i = 0; i < known.size(); i++) {
      Known candidate = known.get(i);
      if (candidate.begins(bytes, from, to)) {
        if (i > 0) {
          known.remove(i);
          known.add(0, candidate);
        }
        return new Match(from + candidate.start.length, candidate.images);
      }
    }
    return null;
  }

  /**
   * The readers of an event that has a schema, or null in its place.
   *
   * @return null when the schema cannot be read
   */
  @Nullable Images of(byte[] bytes, int from, EventPart schema, EventPart payload) {
    if (!schema.isObject()) {
      return plain;
    }
    JsonNode document =
        Json.read(
            new String(bytes, schema.from(), schema.to() - schema.from(), StandardCharsets.UTF_8));
    if (document == null) {
      return null;
    }
    ConnectType type = ConnectType.of(document);
    Images images =
        new Images(
            members(type.members().get("before")),
            members(type.members().get("after")),
            members(type));
    int length = payload.from() - from;
    if (payload.isObject() && schema.to() <= payload.from() && length <= LARGEST) {
      known.add(0, new Known(Arrays.copyOfRange(bytes, from, payload.from()), images));
      if (known.size() > MOST_SCHEMAS) {
        known.remove(MOST_SCHEMAS);
      }
    }
    return images;
  }

  private JsonMembers members(@Nullable ConnectType type) {
    return new JsonMembers(fields, "", false, reading.typed(type));
  }
}
