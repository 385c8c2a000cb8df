package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** JSON as the REST interface reads and writes it. */
final class Json {
  // Decimals stay exact, and a name that is there twice is an error as it is for the service.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode parse(String text) {
    return object(() -> READER.readTree(text));
  }

  static ObjectNode parse(InputStream in) {
    return object(
        () -> {
          byte[] bytes = in.readAllBytes();
          return bytes.length == 0 ? object() : READER.readTree(bytes);
        });
  }

  /** The object under a name, or an empty one. */
  static ObjectNode child(JsonNode node, String name) {
    return node.get(name) instanceof ObjectNode child ? child : object();
  }

  /** The array under a name, or an empty one. */
  static ArrayNode children(JsonNode node, String name) {
    return node.get(name) instanceof ArrayNode children ? children : array();
  }

  private static ObjectNode object(Source source) {
    try {
      if (source.read() instanceof ObjectNode object) {
        return object;
      }
      throw ApiException.invalid("The request's body is not a JSON object.");
    } catch (JsonProcessingException e) {
      throw ApiException.invalid(
          "Parse error in the request's JSON body: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Source {
    JsonNode read() throws IOException;
  }
}
