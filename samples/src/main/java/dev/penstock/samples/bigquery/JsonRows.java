package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that come as JSON objects: lines of a load job's file, rows of a streaming insert. */
final class JsonRows {
  private final List<Column> columns;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, JsonRows> records = new HashMap<>();
  private final boolean ignoreUnknown;
  private final String path;

  JsonRows(List<Column> columns, boolean ignoreUnknown) {
    this(columns, ignoreUnknown, "");
  }

  private JsonRows(List<Column> columns, boolean ignoreUnknown, String path) {
    this.columns = columns;
    this.ignoreUnknown = ignoreUnknown;
    this.path = path;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      byName.put(column.key(), i);
      if (column.type() == ColumnType.RECORD) {
        records.put(
            column.key(), new JsonRows(column.fields(), ignoreUnknown, path + column.name() + "."));
      }
    }
  }

  /** The values in the columns' order. */
  @Nullable Object[] row(ObjectNode object) throws InvalidValue {
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      Integer index = byName.get(field.getKey());
      if (index == null) {
        index = byName.get(field.getKey().toLowerCase(Locale.ROOT));
      }
      if (index != null) {
        row[index] = value(columns.get(index), field.getValue());
      } else if (!ignoreUnknown) {
        throw InvalidValue.noSuchField(path + field.getKey());
      }
    }
    for (int i = 0; i < row.length; i++) {
      if (row[i] == null) {
        row[i] = absent(columns.get(i));
      }
    }
    return row;
  }

  private @Nullable Object absent(Column column) throws InvalidValue {
    return switch (column.mode()) {
      case REQUIRED -> throw InvalidValue.missing(path + column.name());
      case REPEATED -> List.of();
      case NULLABLE -> null;
    };
  }

  private @Nullable Object value(Column column, JsonNode node) throws InvalidValue {
    if (node.isNull()) {
      return null;
    }
    String field = path + column.name();
    if (!column.isRepeated()) {
      return single(column, field, node);
    }
    if (!node.isArray()) {
      throw new InvalidValue(
          field, "Repeated field must be imported as a JSON array.", node.toString());
    }
    List<Object> values = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      if (element.isNull()) {
        throw new InvalidValue(
            field, "Only optional fields can be set to NULL.", element.toString());
      }
      values.add(single(column, field, element));
    }
    return values;
  }

  private Object single(Column column, String field, JsonNode node) throws InvalidValue {
    if (column.type() == ColumnType.JSON) {
      return node.isTextual()
          ? JsonText.checked(field, node.textValue())
          : JsonText.checked(field, node.toString());
    }
    if (column.type() == ColumnType.RECORD) {
      JsonRows record = records.get(column.key());
      if (record == null || !(node instanceof ObjectNode object)) {
        throw new InvalidValue(
            field, "This field: " + field + " is not a record.", node.toString());
      }
      return record.struct(object);
    }
    if (node.isContainerNode()) {
      throw node.isArray()
          ? new InvalidValue(field, "Array specified for non-repeated field: " + field + ".", null)
          : new InvalidValue(field, "This field: " + field + " is not a record.", node.toString());
    }
    return TypedValues.ofText(column, field, scalar(column, field, node));
  }

  private static String scalar(Column column, String field, JsonNode node) throws InvalidValue {
    if (node.isBoolean()
        && column.type() != ColumnType.BOOLEAN
        && column.type() != ColumnType.STRING) {
      throw TypedValues.notA(
          field, column.type().legacyName().toLowerCase(Locale.ROOT), node.asText());
    }
    return node.asText();
  }

  private Map<String, @Nullable Object> struct(ObjectNode object) throws InvalidValue {
    @Nullable Object[] row = row(object);
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    for (int i = 0; i < row.length; i++) {
      struct.put(columns.get(i).name(), row[i]);
    }
    return struct;
  }

  /** One line of a file as an object. */
  static ObjectNode parsed(byte[] bytes, int offset, int length) throws InvalidValue {
    try {
      if (Json.READER.readTree(bytes, offset, length) instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidValue("", "Value encountered without start of object.", null);
    } catch (JsonProcessingException e) {
      throw new InvalidValue("", "Parser terminated: " + e.getOriginalMessage(), null);
    } catch (IOException e) {
      throw new InvalidValue("", "Parser terminated: " + e.getMessage(), null);
    }
  }
}
