package dev.penstock.transforms.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A field as expressions see it.
 *
 * @param path its name, with dots before the names of the parts of objects
 * @param steps the indexes that lead to it
 * @param type its type in expressions; null when its values have none
 * @param what what it is, for messages
 */
record FieldVariable(String path, List<Integer> steps, @Nullable CelType type, String what) {

  /** Every field of a schema, and of the objects in it, by path. */
  static Map<String, FieldVariable> all(Schema schema) {
    Map<String, FieldVariable> variables = new LinkedHashMap<>();
    collect(schema, "", List.of(), variables);
    return variables;
  }

  private static void collect(
      Schema schema, String prefix, List<Integer> parent, Map<String, FieldVariable> variables) {
    for (int i = 0; i < schema.getFieldCount(); i++) {
      Schema.Field field = schema.getField(i);
      String path = prefix + field.getName();
      List<Integer> steps = Stream.concat(parent.stream(), Stream.of(i)).toList();
      Schema.FieldType type = field.getType();
      variables.put(
          path, new FieldVariable(path, steps, typeOf(type).orElse(null), describe(type)));
      Schema parts = type.getRowSchema();
      if (type.getTypeName() == Schema.TypeName.ROW && parts != null) {
        collect(parts, path + ".", steps, variables);
      }
    }
  }

  private static String describe(Schema.FieldType type) {
    return switch (type.getTypeName()) {
      case ROW -> "an object";
      case ARRAY -> "a list of objects or lists";
      default -> "a value";
    };
  }

  private static Optional<CelType> typeOf(Schema.FieldType type) {
    return switch (type.getTypeName()) {
      case STRING -> Optional.of(SimpleType.STRING);
      case INT64 -> Optional.of(SimpleType.INT);
      case DECIMAL -> Optional.of(DecimalFunctions.TYPE);
      case DOUBLE, FLOAT -> Optional.of(SimpleType.DOUBLE);
      case BOOLEAN -> Optional.of(SimpleType.BOOL);
      case LOGICAL_TYPE -> ofLogicalType(type.getLogicalType());
      case ARRAY -> itemsOf(type);
      default -> Optional.empty();
    };
  }

  private static Optional<CelType> itemsOf(Schema.FieldType type) {
    Schema.FieldType items = type.getCollectionElementType();
    return items == null || items.getTypeName() == Schema.TypeName.ARRAY
        ? Optional.empty()
        : typeOf(items).map(ListType::create);
  }

  private static Optional<CelType> ofLogicalType(Schema.@Nullable LogicalType<?, ?> type) {
    String identifier = type == null ? "" : type.getIdentifier();
    if (identifier.equals(SqlTypes.DATE.getIdentifier())) {
      return Optional.of(DateFunctions.DATE);
    }
    if (identifier.equals(SqlTypes.TIME.getIdentifier())) {
      return Optional.of(DateFunctions.TIME);
    }
    return identifier.equals(new MicrosInstant().getIdentifier())
        ? Optional.of(SimpleType.TIMESTAMP)
        : Optional.empty();
  }

  /** Index of the top-level field that the path begins with. */
  int top() {
    return steps.get(0);
  }

  /**
   * The field's value as expressions compute with it, or null: a list with a null item counts as
   * null, since nothing is known of it as a whole.
   *
   * @param top value of the top-level field that the path begins with
   */
  @Nullable Object value(@Nullable Object top) {
    Object value = raw(top);
    return value instanceof List<?> items ? convertAll(items) : convert(value);
  }

  /** The field's value as it stands in the row. */
  @Nullable Object raw(@Nullable Object top) {
    Object value = top;
    for (int i = 1; i < steps.size() && value != null; i++) {
      value = ((Row) value).getValue(steps.get(i));
    }
    return value;
  }

  private static @Nullable Object convert(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return new Decimal(decimal);
    }
    return value instanceof Float number ? (Object) number.doubleValue() : value;
  }

  private static @Nullable List<Object> convertAll(List<?> items) {
    List<Object> converted = new ArrayList<>(items.size());
    for (Object item : items) {
      Object value = convert(item);
      if (value == null) {
        return null;
      }
      converted.add(value);
    }
    return converted;
  }
}
