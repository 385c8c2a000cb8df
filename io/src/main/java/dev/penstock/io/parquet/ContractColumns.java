package dev.penstock.io.parquet;

import dev.penstock.io.parquet.NestedField.LeafNode;
import dev.penstock.io.parquet.NestedField.ListNode;
import dev.penstock.io.parquet.NestedField.Node;
import dev.penstock.io.parquet.NestedField.ObjectNode;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns that a contract's rows have in Parquet, and what writes them. */
final class ContractColumns {
  static final String SOURCE = "_penstock_source";
  static final String OFFSET = "_penstock_offset";
  static final String NUMBER = "_penstock_number";

  private static final String ITEM = "element";

  private final MessageType schema;
  private final FieldEncoder[] encoders;
  private int leaves;

  private ContractColumns(DataContract contract) {
    List<Type> types = new ArrayList<>();
    contract.fields().forEach(field -> types.add(type(field, field.columnName())));
    types.add(
        Types.required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(SOURCE));
    types.add(Types.required(PrimitiveTypeName.INT64).named(OFFSET));
    types.add(Types.required(PrimitiveTypeName.INT64).named(NUMBER));
    this.schema = new MessageType(contract.tableName(), types);
    this.encoders = contract.fields().stream().map(this::encoder).toArray(FieldEncoder[]::new);
  }

  static ContractColumns of(DataContract contract) {
    return new ContractColumns(contract);
  }

  /** The schema of a file; its last three columns hold the row's position. */
  MessageType schema() {
    return schema;
  }

  /** One for each field of the contract, in its order; for one thread. */
  FieldEncoder[] encoders() {
    return encoders;
  }

  /** Columns of the contract's fields, those of the position not counted. */
  int fieldColumns() {
    return leaves;
  }

  private static Type type(ContractField field, String name) {
    Type.Repetition repetition =
        field.required() ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
    return switch (field.logicalType()) {
      case OBJECT -> {
        List<Type> parts = new ArrayList<>();
        for (ContractField part : field.properties()) {
          parts.add(type(part, part.columnName()));
        }
        yield new GroupType(repetition, name, parts);
      }
      case ARRAY ->
          ConversionPatterns.listOfElements(
              repetition, name, type(field.items().orElseThrow(), ITEM));
      default -> FieldType.of(field, name, repetition);
    };
  }

  private FieldEncoder encoder(ContractField field) {
    return switch (field.logicalType()) {
      case OBJECT, ARRAY -> new NestedField(node(field, 0, 0));
      default -> new FlatField(FieldType.leaf(field), leaves++, field.required());
    };
  }

  private Node node(ContractField field, int parentLevel, int depth) {
    boolean required = field.required();
    int level = required ? parentLevel : parentLevel + 1;
    return switch (field.logicalType()) {
      case OBJECT -> {
        List<Node> parts = new ArrayList<>();
        field.properties().forEach(part -> parts.add(node(part, level, depth)));
        yield new ObjectNode(field.name(), required, parentLevel, parts.toArray(new Node[0]));
      }
      case ARRAY -> {
        Node item = node(field.items().orElseThrow(), level + 1, depth + 1);
        yield new ListNode(field.name(), required, parentLevel, depth + 1, item);
      }
      default -> new LeafNode(FieldType.leaf(field), required, parentLevel, leaves++);
    };
  }
}
