package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import java.util.List;

/** A table's schema as the Storage Write API tells it. */
final class StorageSchema {
  private StorageSchema() {}

  static TableSchema of(List<Column> columns) {
    TableSchema.Builder schema = TableSchema.newBuilder();
    columns.forEach(column -> schema.addFields(field(column)));
    return schema.build();
  }

  private static TableFieldSchema field(Column column) {
    TableFieldSchema.Builder field =
        TableFieldSchema.newBuilder()
            .setName(column.name())
            .setType(type(column.type()))
            .setMode(TableFieldSchema.Mode.valueOf(column.mode().name()));
    if (column.maxLength() != null) {
      field.setMaxLength(column.maxLength());
    }
    if (column.precision() != null) {
      field.setPrecision(column.precision());
    }
    if (column.scale() != null) {
      field.setScale(column.scale());
    }
    column.fields().forEach(child -> field.addFields(field(child)));
    return field.build();
  }

  private static TableFieldSchema.Type type(ColumnType type) {
    return switch (type) {
      case INTEGER -> TableFieldSchema.Type.INT64;
      case FLOAT -> TableFieldSchema.Type.DOUBLE;
      case BOOLEAN -> TableFieldSchema.Type.BOOL;
      case RECORD -> TableFieldSchema.Type.STRUCT;
      default -> TableFieldSchema.Type.valueOf(type.name());
    };
  }
}
