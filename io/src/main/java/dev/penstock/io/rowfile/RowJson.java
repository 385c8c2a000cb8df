package dev.penstock.io.rowfile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects that say them exactly, by the names of their columns: numbers with their
 * digits, dates and times in ISO 8601, instants in UTC, null for a missing value.
 *
 * <pre>{@code
 * RowJson.write(contract, row, json);
 * }</pre>
 *
 * <p>{@code ParseJson} makes the same row of it under the same contract.
 */
public final class RowJson {
  private RowJson() {}

  /**
   * Writes a row of a contract as an object.
   *
   * @throws Unstorable when a value has no exact text
   */
  public static void write(DataContract contract, Row row, JsonGenerator json)
      throws Unstorable, IOException {
    json.writeStartObject();
    members(contract.fields(), row, json);
    json.writeEndObject();
  }

  /**
   * A value as text, as it would stand in JSON but without quotes.
   *
   * @throws Unstorable when it has no exact text
   */
  public static String text(ContractField field, Object value) throws Unstorable {
    return switch (field.logicalType()) {
      case STRING -> Exact.text(field, value.toString());
      case INTEGER, NUMBER -> Exact.number(field, value);
      case BOOLEAN -> value.toString();
      case DATE, TIME, TIMESTAMP -> Exact.time(field, value);
      case OBJECT, ARRAY ->
          throw new IllegalArgumentException("Field '" + field.name() + "' is nested");
    };
  }

  static void members(List<ContractField> fields, Row row, JsonGenerator json)
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
