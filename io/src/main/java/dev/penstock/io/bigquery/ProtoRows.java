package dev.penstock.io.bigquery;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.Unstorable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows as messages of protocol buffers, in the form that the Storage Write API reads
 * (https://cloud.google.com/bigquery/docs/supported-data-types#supported-protocol-buffer-data-types).
 * A column without a value is left out.
 */
final class ProtoRows {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private final Column[] columns;

  ProtoRows(List<Column> columns) {
    this.columns = columns.toArray(new Column[0]);
  }

  /** What the messages look like: the columns are numbered from 1. */
  static DescriptorProto descriptor(List<Column> columns) {
    return message("Row", columns);
  }

  private static DescriptorProto message(String name, List<Column> columns) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      FieldDescriptorProto.Builder field =
          FieldDescriptorProto.newBuilder()
              .setName(column.name())
              .setNumber(i + 1)
              .setType(type(column.type()))
              .setLabel(
                  column.mode() == Mode.REPEATED ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
      if (column.type() == ColumnType.RECORD) {
        String nested = "Record" + (i + 1);
        message.addNestedType(message(nested, column.parts()));
        field.setTypeName(nested);
      }
      message.addField(field);
    }
    return message.build();
  }

  private static FieldDescriptorProto.Type type(ColumnType type) {
    return switch (type) {
      case INTEGER, TIMESTAMP -> FieldDescriptorProto.Type.TYPE_INT64;
      case FLOAT -> FieldDescriptorProto.Type.TYPE_DOUBLE;
      case BOOLEAN -> FieldDescriptorProto.Type.TYPE_BOOL;
      case DATE -> FieldDescriptorProto.Type.TYPE_INT32;
      case BYTES -> FieldDescriptorProto.Type.TYPE_BYTES;
      case RECORD -> FieldDescriptorProto.Type.TYPE_MESSAGE;
      case STRING, NUMERIC, BIGNUMERIC, TIME, DATETIME, JSON ->
          FieldDescriptorProto.Type.TYPE_STRING;
    };
  }

  /** Appends the values of the columns, in their order, as one message. */
  void write(@Nullable Object[] values, GrowingBytes out) throws Unstorable {
    for (int i = 0; i < columns.length; i++) {
      Object value = values[i];
      if (value != null) {
        field(columns[i], i + 1, value, out);
      }
    }
  }

  private static void field(Column column, int number, Object value, GrowingBytes out)
      throws Unstorable {
    if (column.mode() != Mode.REPEATED) {
      single(column, number, value, out);
      return;
    }
    for (Object item : (Collection<?>) value) {
      if (item == null) {
        throw new Unstorable(
            Unstorable.MISSING,
            column.field(),
            "is a list with an empty item, which BigQuery has not");
      }
      single(column, number, item, out);
    }
  }

  private static void single(Column column, int number, Object value, GrowingBytes out)
      throws Unstorable {
    switch (column.type()) {
      case INTEGER -> varint(number, ((Number) value).longValue(), out);
      case TIMESTAMP -> varint(number, TextValues.epochMicros(column, (Instant) value), out);
      case DATE -> varint(number, TextValues.epochDay(column, (LocalDate) value), out);
      case BOOLEAN -> varint(number, (Boolean) value ? 1 : 0, out);
      case FLOAT -> {
        out.varint(((long) number << 3) | FIXED64);
        out.fixed64(Double.doubleToRawLongBits(((Number) value).doubleValue()));
      }
      case BYTES -> {
        byte[] bytes = (byte[]) value;
        out.varint(((long) number << 3) | LENGTH);
        out.varint(bytes.length);
        out.put(bytes);
      }
      default -> measured(column, number, value, out);
    }
  }

  private static void varint(int number, long value, GrowingBytes out) {
    out.varint(((long) number << 3) | VARINT);
    out.varint(value);
  }

  /** What is written before its length is known. */
  private static void measured(Column column, int number, Object value, GrowingBytes out)
      throws Unstorable {
    out.varint(((long) number << 3) | LENGTH);
    int start = out.size();
    switch (column.type()) {
      case STRING -> text(column, value.toString(), out);
      case NUMERIC, BIGNUMERIC -> out.ascii(TextValues.decimal(column, value));
      case TIME -> TextValues.time((LocalTime) value, out);
      case DATETIME -> TextValues.dateTime(column, (Instant) value, out);
      case JSON -> {
        if (value instanceof String text) {
          JsonRows.checkJson(column, text);
          text(column, text, out);
        } else {
          out.put(NestedJson.of(value).getBytes(StandardCharsets.UTF_8));
        }
      }
      default -> {
        Row row = (Row) value;
        List<Column> parts = column.parts();
        for (int i = 0; i < parts.size(); i++) {
          Object part = row.getValue(parts.get(i).field());
          if (part != null) {
            field(parts.get(i), i + 1, part, out);
          }
        }
      }
    }
    out.prefixLength(start);
  }

  private static void text(Column column, String text, GrowingBytes out) throws Unstorable {
    int length = text.length();
    out.reserve(length);
    for (int i = 0; i < length; i++) {
      i = out.utf8(text, i, column.field());
    }
  }
}
