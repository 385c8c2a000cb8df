package dev.penstock.transforms.enrich;

import dev.penstock.transforms.contract.ContractField;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Where a field of a derived row comes from: a field of the input, or a function. */
final class FieldSource implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Class<?>> LOGICAL_TYPES =
      Map.of(
          SqlTypes.DATE.getIdentifier(),
          LocalDate.class,
          SqlTypes.TIME.getIdentifier(),
          LocalTime.class,
          SqlTypes.DATETIME.getIdentifier(),
          LocalDateTime.class,
          MicrosInstant.IDENTIFIER,
          Instant.class);

  private final ContractField field;
  private final int index;
  private final DeriveFields.@Nullable Derivation derivation;

  private FieldSource(
      ContractField field, int index, DeriveFields.@Nullable Derivation derivation) {
    this.field = field;
    this.index = index;
    this.derivation = derivation;
  }

  static FieldSource copied(ContractField field, int index) {
    return new FieldSource(field, index, null);
  }

  static FieldSource derived(ContractField field, DeriveFields.Derivation derivation) {
    return new FieldSource(field, -1, derivation);
  }

  ContractField field() {
    return field;
  }

  /** The value for one row; throws what the function throws, or says that its type is wrong. */
  @Nullable Object value(Row row) throws Exception {
    if (derivation == null) {
      return row.getValue(index);
    }
    Object value = widened(derivation.derive(row));
    if (value != null && !fits(value, field.fieldType())) {
      throw new IllegalArgumentException(
          "the function gave %s, and the field is %s"
              .formatted(kind(value), describe(field.fieldType())));
    }
    return value;
  }

  /**
   * A whole number of a smaller type, as functions naturally give, in the field's own type; and an
   * instant without what is finer than the microseconds that rows hold.
   */
  private @Nullable Object widened(@Nullable Object value) {
    boolean small = value instanceof Integer || value instanceof Short || value instanceof Byte;
    Schema.TypeName type = field.fieldType().getTypeName();
    if (value instanceof Number number && small && type == Schema.TypeName.INT64) {
      return number.longValue();
    }
    if (type == Schema.TypeName.DECIMAL) {
      if (value instanceof Number number && (small || value instanceof Long)) {
        return BigDecimal.valueOf(number.longValue());
      }
      if (value instanceof BigInteger integer) {
        return new BigDecimal(integer);
      }
    }
    return value instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MICROS) : value;
  }

  private static boolean fits(Object value, Schema.FieldType type) {
    return switch (type.getTypeName()) {
      case ROW -> value instanceof Row row && row.getSchema().equivalent(type.getRowSchema());
      case ARRAY -> value instanceof List<?> items && itemsFit(items, type);
      default -> javaType(type).isInstance(value);
    };
  }

  private static boolean itemsFit(List<?> items, Schema.FieldType type) {
    Schema.FieldType itemType = type.getCollectionElementType();
    for (Object item : items) {
      if (item != null && itemType != null && !fits(item, itemType)) {
        return false;
      }
    }
    return true;
  }

  /** The Java type of a field's values in a row. */
  private static Class<?> javaType(Schema.FieldType type) {
    return switch (type.getTypeName()) {
      case STRING -> String.class;
      case INT64 -> Long.class;
      case DECIMAL -> BigDecimal.class;
      case DOUBLE -> Double.class;
      case FLOAT -> Float.class;
      case BOOLEAN -> Boolean.class;
      case ROW -> Row.class;
      case ARRAY -> List.class;
      case LOGICAL_TYPE -> LOGICAL_TYPES.getOrDefault(identifier(type), Object.class);
      default -> throw new IllegalStateException("No contract has fields of type " + type);
    };
  }

  private static String identifier(Schema.FieldType type) {
    Schema.LogicalType<?, ?> logicalType = type.getLogicalType();
    return logicalType == null ? "" : logicalType.getIdentifier();
  }

  private static String kind(Object value) {
    return value instanceof List<?> ? "List" : value.getClass().getSimpleName();
  }

  /** A field type as messages name it, such as {@code Long} or {@code List of String}. */
  static String describe(Schema.FieldType type) {
    Schema.FieldType itemType = type.getCollectionElementType();
    return itemType == null ? javaType(type).getSimpleName() : "List of " + describe(itemType);
  }
}
