package dev.penstock.transforms.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of a run's JSON that speak of rejections and of fields. */
final class ProfileJson {
  private ProfileJson() {}

  static void write(JsonGenerator json, RunSummary summary) throws IOException {
    json.writeArrayFieldStart("rejections");
    for (RejectionCount rejection : summary.rejections()) {
      json.writeStartObject();
      json.writeStringField("step", rejection.step());
      json.writeStringField("code", rejection.code());
      json.writeStringField("field", rejection.field());
      json.writeNumberField("records", rejection.records());
      json.writeArrayFieldStart("examples");
      for (RejectionCount.Example example : rejection.examples()) {
        json.writeStartObject();
        json.writeStringField("source", example.source());
        json.writeNumberField("number", example.number());
        json.writeStringField("message", example.message());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("rejectedPerField");
    for (Map.Entry<String, Long> field : summary.rejectedPerField().entrySet()) {
      json.writeNumberField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("fields");
    for (FieldProfile field : summary.fields()) {
      writeField(json, field);
    }
    json.writeEndArray();
  }

  private static void writeField(JsonGenerator json, FieldProfile field) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", field.name());
    json.writeStringField("type", field.type());
    json.writeBooleanField("masked", field.masked());
    json.writeNumberField("present", field.present());
    json.writeNumberField("missing", field.missing());
    if (field.distribution().isPresent()) {
      json.writeFieldName("distribution");
      writeDistribution(json, field.distribution().get());
    }
    json.writeEndObject();
  }

  private static void writeDistribution(JsonGenerator json, Distribution distribution)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", distribution.kind().keyword());
    json.writeNumberField("values", distribution.values());
    json.writeBooleanField("complete", distribution.complete());
    json.writeNumberField("distinct", distribution.distinct());
    json.writeStringField("least", distribution.least());
    json.writeStringField("greatest", distribution.greatest());
    json.writeArrayFieldStart("bars");
    for (Distribution.Bar bar : distribution.bars()) {
      json.writeStartObject();
      json.writeStringField("from", bar.from());
      json.writeStringField("to", bar.to());
      json.writeNumberField("count", bar.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("others", distribution.others());
    json.writeEndObject();
  }

  static void writeThroughput(JsonGenerator json, List<ThroughputSample> samples)
      throws IOException {
    json.writeArrayFieldStart("throughput");
    for (ThroughputSample sample : samples) {
      json.writeStartObject();
      json.writeNumberField("millis", sample.elapsed().toMillis());
      json.writeNumberField("read", sample.read());
      json.writeNumberField("written", sample.written());
      json.writeNumberField("deadLettered", sample.deadLettered());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static List<RejectionCount> rejections(String name, JsonNode json) throws IOException {
    List<RejectionCount> rejections = new ArrayList<>();
    for (JsonNode rejection : RunJson.member(name, json, "rejections")) {
      List<RejectionCount.Example> examples = new ArrayList<>();
      for (JsonNode example : RunJson.member(name, rejection, "examples")) {
        examples.add(
            new RejectionCount.Example(
                RunJson.member(name, example, "source").textValue(),
                RunJson.member(name, example, "number").longValue(),
                RunJson.member(name, example, "message").textValue()));
      }
      rejections.add(
          RejectionCount.of(
              RunJson.member(name, rejection, "step").textValue(),
              RunJson.member(name, rejection, "code").textValue(),
              RunJson.member(name, rejection, "field").textValue(),
              RunJson.member(name, rejection, "records").longValue(),
              examples));
    }
    return rejections;
  }

  static List<FieldProfile> fields(String name, JsonNode json) throws IOException {
    List<FieldProfile> fields = new ArrayList<>();
    for (JsonNode field : RunJson.member(name, json, "fields")) {
      JsonNode distribution = field.get("distribution");
      fields.add(
          FieldProfile.of(
              new ProfiledField(
                  RunJson.member(name, field, "name").textValue(),
                  RunJson.member(name, field, "type").textValue(),
                  RunJson.member(name, field, "masked").booleanValue()),
              RunJson.member(name, field, "present").longValue(),
              RunJson.member(name, field, "missing").longValue(),
              distribution == null ? null : distribution(name, distribution)));
    }
    return fields;
  }

  private static Distribution distribution(String name, JsonNode json) throws IOException {
    List<Distribution.Bar> bars = new ArrayList<>();
    for (JsonNode bar : RunJson.member(name, json, "bars")) {
      bars.add(
          new Distribution.Bar(
              RunJson.member(name, bar, "from").textValue(),
              RunJson.member(name, bar, "to").textValue(),
              RunJson.member(name, bar, "count").longValue()));
    }
    return Distribution.of(
        Distribution.Kind.valueOf(
            RunJson.member(name, json, "kind").textValue().toUpperCase(Locale.ROOT)),
        RunJson.member(name, json, "values").longValue(),
        RunJson.member(name, json, "complete").booleanValue(),
        RunJson.member(name, json, "distinct").longValue(),
        RunJson.member(name, json, "least").textValue(),
        RunJson.member(name, json, "greatest").textValue(),
        bars,
        RunJson.member(name, json, "others").longValue());
  }
}
