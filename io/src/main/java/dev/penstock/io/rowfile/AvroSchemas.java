package dev.penstock.io.rowfile;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.LogicalType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.beam.sdk.schemas.Schema.TypeName;

/** The Avro schema of a contract's rows. */
final class AvroSchemas {
  /** What other destinations give a number without digits in the contract, too. */
  private static final int LOOSE_PRECISION = 38;

  private static final int LOOSE_SCALE = 9;

  private AvroSchemas() {}

  /**
   * The schema of a file; its last three fields hold the row's position.
   *
   * @throws IllegalArgumentException if a column has a name that Avro has not
   */
  static Schema of(DataContract contract) {
    String name = contract.tableName().replaceAll("[^A-Za-z0-9_]", "_");
    String root = name.matches("[0-9].*") ? "_" + name : name;
    List<Schema.Field> fields = fields(contract.fields(), root);
    fields.add(new Schema.Field(RowEncoder.SOURCE, Schema.create(Schema.Type.STRING)));
    fields.add(new Schema.Field(RowEncoder.OFFSET, Schema.create(Schema.Type.LONG)));
    fields.add(new Schema.Field(RowEncoder.NUMBER, Schema.create(Schema.Type.LONG)));
    return Schema.createRecord(root, null, null, false, fields);
  }

  private static List<Schema.Field> fields(List<ContractField> properties, String path) {
    List<Schema.Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ContractField property : properties) {
      String name = property.columnName();
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || !names.add(name)) {
        throw new IllegalArgumentException(
            "Avro cannot name a field '"
                + name
                + "', only ASCII letters, digits and _, no digit first. Give the field '"
                + property.name()
                + "' another physicalName");
      }
      fields.add(new Schema.Field(name, nullable(property, path + "_" + name)));
    }
    return fields;
  }

  private static Schema nullable(ContractField field, String path) {
    Schema type = type(field, path);
    return field.required() ? type : Schema.createUnion(Schema.create(Schema.Type.NULL), type);
  }

  private static Schema type(ContractField field, String path) {
    return switch (field.logicalType()) {
      case STRING -> Schema.create(Schema.Type.STRING);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case TIMESTAMP ->
          (field.zoned() ? LogicalTypes.timestampMicros() : LogicalTypes.localTimestampMicros())
              .addToSchema(Schema.create(Schema.Type.LONG));
      case INTEGER, NUMBER -> number(field);
      case OBJECT -> Schema.createRecord(path, null, null, false, fields(field.properties(), path));
      case ARRAY -> Schema.createArray(nullable(field.items().orElseThrow(), path + "_item"));
    };
  }

  private static Schema number(ContractField field) {
    return switch (field.fieldType().getTypeName()) {
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DECIMAL ->
          LogicalTypes.decimal(precision(field), scale(field))
              .addToSchema(Schema.create(Schema.Type.BYTES));
      default -> Schema.create(Schema.Type.LONG);
    };
  }

  static boolean isDecimal(ContractField field) {
    return field.fieldType().getTypeName() == TypeName.DECIMAL;
  }

  static int precision(ContractField field) {
    return field.precision() > 0 ? field.precision() : LOOSE_PRECISION;
  }

  static int scale(ContractField field) {
    return field.precision() > 0
        ? field.scale()
        : field.logicalType() == LogicalType.INTEGER ? 0 : LOOSE_SCALE;
  }

  /** The name of a decimal type in messages. */
  static String decimal(ContractField field) {
    return String.format(Locale.ROOT, "DECIMAL(%d,%d)", precision(field), scale(field));
  }
}
