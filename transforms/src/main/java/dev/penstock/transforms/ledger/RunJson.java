package dev.penstock.transforms.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON of run summaries and run reports. Keys come in a fixed order. */
final class RunJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper READER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Writes the members of one object. */
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private RunJson() {}

  static byte[] object(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      DefaultIndenter indent = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indent));
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new IllegalStateException("Writing into memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  static byte[] summary(RunSummary summary) {
    return object(json -> writeFigures(json, summary));
  }

  /** The members that summary and report have in common. */
  static void writeFigures(JsonGenerator json, RunSummary summary) throws IOException {
    writeLedger(json, summary.ledger());
    json.writeObjectFieldStart("deadLetterReasons");
    for (Map.Entry<String, Long> reason : summary.deadLetterReasons().entrySet()) {
      json.writeNumberField(reason.getKey(), reason.getValue());
    }
    json.writeEndObject();
    ProfileJson.write(json, summary);
    json.writeArrayFieldStart("quality");
    for (QualityResult result : summary.quality()) {
      json.writeStartObject();
      json.writeStringField("rule", result.rule());
      json.writeNumberField("observed", result.observed());
      json.writeBooleanField("passed", result.passed());
      json.writeBooleanField("blocking", result.blocking());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeTexts(json, "samples", summary.samples());
  }

  static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void writeLedger(JsonGenerator json, Ledger ledger) throws IOException {
    json.writeObjectFieldStart("ledger");
    writeCounts(json, ledger.total());
    json.writeBooleanField("balanced", ledger.balanced());
    json.writeArrayFieldStart("units");
    for (LedgerEntry unit : ledger.units()) {
      json.writeStartObject();
      json.writeStringField("source", unit.source());
      writeCounts(json, unit);
      json.writeBooleanField("balanced", unit.balanced());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeCounts(JsonGenerator json, LedgerEntry entry) throws IOException {
    json.writeNumberField("read", entry.read());
    json.writeNumberField("written", entry.written());
    json.writeNumberField("deadLettered", entry.deadLettered());
    json.writeNumberField("filtered", entry.filtered());
    json.writeNumberField("duplicate", entry.duplicate());
    json.writeNumberField("late", entry.late());
  }

  static RunSummary readSummary(String name, byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = READER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new IOException(name + " is not a run summary: " + e.getOriginalMessage(), e);
    }
    List<LedgerEntry> units = new ArrayList<>();
    for (JsonNode unit : member(name, member(name, json, "ledger"), "units")) {
      units.add(entry(name, unit));
    }
    Map<String, Long> reasons = counts(member(name, json, "deadLetterReasons"));
    List<QualityResult> quality = new ArrayList<>();
    for (JsonNode result : member(name, json, "quality")) {
      quality.add(
          QualityResult.of(
              member(name, result, "rule").textValue(),
              member(name, result, "observed").decimalValue(),
              member(name, result, "passed").booleanValue(),
              member(name, result, "blocking").booleanValue()));
    }
    List<String> samples = new ArrayList<>();
    member(name, json, "samples").forEach(sample -> samples.add(sample.textValue()));
    return RunSummary.of(Ledger.of(units), reasons, quality, samples)
        .withProfiles(
            ProfileJson.rejections(name, json),
            counts(member(name, json, "rejectedPerField")),
            ProfileJson.fields(name, json));
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object
        .fields()
        .forEachRemaining(count -> counts.put(count.getKey(), count.getValue().longValue()));
    return counts;
  }

  private static LedgerEntry entry(String name, JsonNode unit) throws IOException {
    return LedgerEntry.of(
        member(name, unit, "source").textValue(),
        member(name, unit, "read").longValue(),
        member(name, unit, "written").longValue(),
        member(name, unit, "deadLettered").longValue(),
        member(name, unit, "filtered").longValue(),
        member(name, unit, "duplicate").longValue(),
        member(name, unit, "late").longValue());
  }

  static JsonNode member(String name, JsonNode object, String key) throws IOException {
    JsonNode value = object.get(key);
    if (value == null) {
      throw new IOException(name + " is not a run summary: it has no '" + key + "'");
    }
    return value;
  }
}
