package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that come as protocol buffers whose type the writer has described. */
final class ProtoRows {
  static final String CHANGE_TYPE = "_change_type";
  static final String CHANGE_SEQUENCE = "_change_sequence_number";
  private static final ExtensionRegistry EXTENSIONS = ExtensionRegistry.newInstance();

  static {
    AnnotationsProto.registerAllExtensions(EXTENSIONS);
  }

  private final Descriptor descriptor;
  private final List<Column> columns;
  private final String path;
  // For each column the writer's field, or none where the writer knows no such column.
  private final @Nullable FieldDescriptor[] fields;
  private final @Nullable ProtoRows[] records;
  private final Map<String, FieldDescriptor> pseudo = new HashMap<>();

  private ProtoRows(Descriptor descriptor, List<Column> columns, String path)
      throws SchemaMismatch {
    this.descriptor = descriptor;
    this.columns = columns;
    this.path = path;
    this.fields = new @Nullable FieldDescriptor[columns.size()];
    this.records = new @Nullable ProtoRows[columns.size()];
    for (FieldDescriptor field : descriptor.getFields()) {
      place(field);
    }
  }

  /** For a writer's schema; one that does not fit the table is refused. */
  static ProtoRows of(DescriptorProto schema, List<Column> columns) throws SchemaMismatch {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder().setName("writer.proto").addMessageType(schema).build();
    try {
      FileDescriptor built = FileDescriptor.buildFrom(file, new FileDescriptor[0]);
      return new ProtoRows(built.getMessageTypes().get(0), columns, "");
    } catch (DescriptorValidationException e) {
      throw new SchemaMismatch("Invalid proto schema: " + e.getMessage(), false);
    }
  }

  private void place(FieldDescriptor field) throws SchemaMismatch {
    String name = columnName(field);
    String key = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).key().equals(key)) {
        check(field, columns.get(i));
        fields[i] = field;
        if (columns.get(i).type() == ColumnType.RECORD) {
          records[i] =
              new ProtoRows(
                  field.getMessageType(),
                  columns.get(i).fields(),
                  path + columns.get(i).name() + ".");
        }
        return;
      }
    }
    if (path.isEmpty() && (key.equals(CHANGE_TYPE) || key.equals(CHANGE_SEQUENCE))) {
      pseudo.put(key, field);
      return;
    }
    throw new SchemaMismatch(
        "The source object has fields unknown to BigQuery: " + path + name + ".", true);
  }

  // Names that are no names of a protocol buffer come as an option, which is unknown as it arrives.
  private static String columnName(FieldDescriptor field) {
    try {
      FieldOptions options = FieldOptions.parseFrom(field.getOptions().toByteString(), EXTENSIONS);
      return options.hasExtension(AnnotationsProto.columnName)
          ? options.getExtension(AnnotationsProto.columnName)
          : field.getName();
    } catch (InvalidProtocolBufferException e) {
      return field.getName();
    }
  }

  private void check(FieldDescriptor field, Column column) throws SchemaMismatch {
    if (!ProtoValues.fits(field, column.type())) {
      throw new SchemaMismatch(
          String.format(
              Locale.ROOT,
              "The proto field mismatched with BigQuery field at %s, the proto field type %s,"
                  + " BigQuery field type %s",
              path + column.name(),
              field.getType().name().toLowerCase(Locale.ROOT),
              column.type().legacyName()),
          false);
    }
    if (field.isRepeated() != column.isRepeated()) {
      throw new SchemaMismatch(
          "The proto field mismatched with BigQuery field at "
              + path
              + column.name()
              + ", the proto field is "
              + (field.isRepeated() ? "" : "not ")
              + "repeated.",
          false);
    }
  }

  /** True when the writer sends what kind of change each row is. */
  boolean hasChanges() {
    return pseudo.containsKey(CHANGE_TYPE);
  }

  DynamicMessage message(ByteString bytes) throws InvalidValue {
    try {
      return DynamicMessage.parseFrom(descriptor, bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidValue("", "Cannot parse the row's protocol buffer: " + e.getMessage(), null);
    }
  }

  /** The text of a pseudo column; empty where it is not set. */
  String pseudo(DynamicMessage message, String name) {
    FieldDescriptor field = pseudo.get(name);
    return field == null || !isSet(message, field) ? "" : message.getField(field).toString();
  }

  /** The values in the columns' order; where all are needed, what is required must be there. */
  @Nullable Object[] row(DynamicMessage message, boolean all) throws InvalidValue {
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      FieldDescriptor field = fields[i];
      if (field != null) {
        row[i] = column.isRepeated() ? elements(message, i, field) : single(message, i, field);
      }
      if (row[i] == null && column.isRepeated()) {
        row[i] = List.of();
      } else if (row[i] == null && all && column.mode() == Column.Mode.REQUIRED) {
        throw InvalidValue.missing(path + column.name());
      }
    }
    return row;
  }

  private static boolean isSet(DynamicMessage message, FieldDescriptor field) {
    return !field.hasPresence() || message.hasField(field);
  }

  private @Nullable Object single(DynamicMessage message, int i, FieldDescriptor field)
      throws InvalidValue {
    return isSet(message, field) ? value(i, message.getField(field)) : null;
  }

  private List<Object> elements(DynamicMessage message, int i, FieldDescriptor field)
      throws InvalidValue {
    int count = message.getRepeatedFieldCount(field);
    List<Object> values = new ArrayList<>(count);
    for (int at = 0; at < count; at++) {
      values.add(value(i, message.getRepeatedField(field, at)));
    }
    return values;
  }

  private Object value(int i, Object value) throws InvalidValue {
    Column column = columns.get(i);
    ProtoRows record = records[i];
    if (record == null) {
      return ProtoValues.of(column, path + column.name(), value);
    }
    @Nullable Object[] values = record.row((DynamicMessage) value, true);
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    for (int at = 0; at < values.length; at++) {
      struct.put(column.fields().get(at).name(), values[at]);
    }
    return struct;
  }

  /** A writer's schema that the table's does not take. */
  static final class SchemaMismatch extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean extraFields;

    SchemaMismatch(String message, boolean extraFields) {
      super(message);
      this.extraFields = extraFields;
    }

    boolean hasExtraFields() {
      return extraFields;
    }

    String message() {
      String message = getMessage();
      return message == null ? "" : message;
    }
  }
}
