package dev.penstock.io.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.transforms.deadletter.DeadLetter;
import dev.penstock.transforms.deadletter.Reason;
import dev.penstock.transforms.ledger.Position;
import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter as one line of JSON, and back, byte for byte. The payload is text where it is
 * valid UTF-8, so that people can read it, and Base64 where it is not.
 *
 * <pre>{@code
 * DeadLetterJson.write(letter, out);
 * DeadLetter same = DeadLetterJson.read(line);
 * }</pre>
 */
public final class DeadLetterJson {
  private static final String UTF_8 = "utf-8";
  private static final String BASE_64 = "base64";

  /** Payloads are as long as the largest record, which is a setting of the reader. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private static final ObjectMapper READER = new ObjectMapper(JSON);

  private DeadLetterJson() {}

  /** Writes the letter and a line feed. */
  public static void write(DeadLetter letter, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("id", letter.id().toString());
      writeRecord(letter.record(), json);
      json.writeStringField("step", wellFormed(letter.step()));
      json.writeArrayFieldStart("reasons");
      for (Reason reason : letter.reasons()) {
        json.writeStartObject();
        json.writeStringField("code", wellFormed(reason.code()));
        json.writeStringField("field", wellFormed(reason.field()));
        json.writeStringField("message", wellFormed(reason.message()));
        json.writeEndObject();
      }
      json.writeEndArray();
      Instant time = letter.eventTime();
      json.writeStringField("eventTime", time == null ? null : time.toString());
      json.writeNumberField("attempt", letter.attempt());
      json.writeStringField("contractId", wellFormed(letter.contractId()));
      json.writeStringField("contractVersion", wellFormed(letter.contractVersion()));
      writePayload(letter.record().payload(), json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Writes that a run has repaired the letter, and a line feed. */
  static void writeMark(DeadLetter letter, String runId, java.time.Instant at, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      Position position = letter.record().position();
      json.writeStartObject();
      json.writeStringField("id", letter.id().toString());
      json.writeStringField("repairedAt", at.toString());
      json.writeStringField("repairedBy", runId);
      json.writeStringField("source", wellFormed(position.source()));
      json.writeNumberField("offset", position.offset());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** The id of the letter that a mark is of. */
  static String idOfMark(String line) throws IOException {
    try {
      return text(READER.readTree(line), "id");
    } catch (JsonProcessingException e) {
      throw new IOException("A mark of a repaired dead letter is not JSON: " + line, e);
    }
  }

  private static void writeRecord(SourceRecord record, JsonGenerator json) throws IOException {
    Position position = record.position();
    json.writeStringField("source", wellFormed(position.source()));
    json.writeNumberField("offset", position.offset());
    json.writeNumberField("number", position.number());
    json.writeNumberField("modified", position.modified());
    json.writeArrayFieldStart("columns");
    for (String column : record.columns()) {
      json.writeString(wellFormed(column));
    }
    json.writeEndArray();
    if (!record.charset().isEmpty()) {
      json.writeStringField("charset", record.charset());
    }
  }

  private static void writePayload(byte[] payload, JsonGenerator json) throws IOException {
    CharBuffer text = decoded(payload);
    json.writeStringField("payloadEncoding", text == null ? BASE_64 : UTF_8);
    json.writeStringField(
        "payload", text == null ? Base64.getEncoder().encodeToString(payload) : text.toString());
  }

  private static @Nullable CharBuffer decoded(byte[] payload) {
    try {
      // A new decoder reports malformed input, unlike the String constructor, which replaces it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Half of a surrogate pair has no UTF-8; a message that quotes one must not stop the run. */
  private static String wellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /**
   * Reads one line.
   *
   * @throws IOException when it is not a dead letter; the message says what is wrong with it
   */
  public static DeadLetter read(String line) throws IOException {
    JsonNode json;
    try {
      json = READER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException("It is not JSON: " + e.getOriginalMessage(), e);
    }
    Position position =
        Position.of(
            text(json, "source"),
            number(json, "modified"),
            number(json, "offset"),
            number(json, "number"));
    List<String> columns = new ArrayList<>();
    json.path("columns").forEach(column -> columns.add(column.asText()));
    SourceRecord record =
        SourceRecord.of(position, payload(json), List.copyOf(columns))
            .withCharset(json.path("charset").asText(""));
    List<Reason> reasons = new ArrayList<>();
    for (JsonNode reason : member(json, "reasons")) {
      reasons.add(Reason.of(text(reason, "code"), text(reason, "field"), text(reason, "message")));
    }
    if (reasons.isEmpty()) {
      throw new IOException("Its 'reasons' are empty");
    }
    DeadLetter letter =
        DeadLetter.of(record, text(json, "step"), reasons)
            .withAttempt(Math.toIntExact(Math.max(1, number(json, "attempt"))))
            .withContract(text(json, "contractId"), text(json, "contractVersion"));
    JsonNode time = json.path("eventTime");
    return time.isTextual() ? letter.withEventTime(time(time.textValue())) : letter;
  }

  private static Instant time(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("Its 'eventTime' is not an ISO 8601 time: " + text, e);
    }
  }

  private static byte[] payload(JsonNode json) throws IOException {
    String payload = text(json, "payload");
    String encoding = text(json, "payloadEncoding");
    try {
      return switch (encoding) {
        case UTF_8 -> payload.getBytes(StandardCharsets.UTF_8);
        case BASE_64 -> Base64.getDecoder().decode(payload);
        default ->
            throw new IOException(
                "Its 'payloadEncoding' is '" + encoding + "', neither utf-8 nor base64");
      };
    } catch (IllegalArgumentException e) {
      throw new IOException("Its 'payload' is not Base64: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode json, String key) throws IOException {
    JsonNode value = member(json, key);
    if (!value.isTextual()) {
      throw new IOException("Its '" + key + "' is not a string");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String key) throws IOException {
    JsonNode value = member(json, key);
    if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
      throw new IOException("Its '" + key + "' is not a whole number");
    }
    return value.longValue();
  }

  private static JsonNode member(JsonNode json, String key) throws IOException {
    JsonNode value = json.get(key);
    if (value == null) {
      throw new IOException("It has no '" + key + "'");
    }
    return value;
  }
}
