package dev.penstock.io.rowfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.RecordView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects, each with a line end behind it. */
final class JsonRows implements RowEncoder {
  private static final JsonFactory JSON = new JsonFactory();

  private final List<ContractField> fields;

  JsonRows(DataContract contract) {
    this.fields = contract.fields();
  }

  @Override
  public void encode(Row row, String source, RecordView record, ByteArrayOutputStream out)
      throws Unstorable, IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      members(fields, row, json);
      json.writeStringField(SOURCE, source);
      json.writeNumberField(OFFSET, record.offset());
      json.writeNumberField(NUMBER, record.number());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void members(List<ContractField> fields, Row row, JsonGenerator json)
      throws Unstorable, IOException {
    for (int i = 0; i < fields.size(); i++) {
      json.writeFieldName(fields.get(i).columnName());
      value(fields.get(i), row.getValue(i), json);
    }
  }

  /** Writes a value; nulls too, so that each row has all fields. */
  static void value(ContractField field, @Nullable Object value, JsonGenerator json)
      throws Unstorable, IOException {
    if (value == null) {
      if (field.required()) {
        throw Exact.missing(field);
      }
      json.writeNull();
      return;
    }
    switch (field.logicalType()) {
      case STRING -> json.writeString(Exact.text(field, value.toString()));
      case INTEGER, NUMBER -> json.writeNumber(Exact.number(field, value));
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case DATE, TIME, TIMESTAMP -> json.writeString(Exact.time(field, value));
      case OBJECT -> {
        json.writeStartObject();
        members(field.properties(), (Row) value, json);
        json.writeEndObject();
      }
      case ARRAY -> {
        ContractField item = field.items().orElseThrow();
        json.writeStartArray();
        for (Object element : (Collection<?>) value) {
          value(item, element, json);
        }
        json.writeEndArray();
      }
    }
  }
}
