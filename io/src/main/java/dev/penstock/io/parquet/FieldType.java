package dev.penstock.io.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;

import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The Parquet type of a contract's field that is no object and no array. */
final class FieldType {
  /** What DuckDB gets for a number without digits in the contract, too. */
  private static final int LOOSE_PRECISION = 38;

  private static final int LOOSE_SCALE = 9;

  private FieldType() {}

  static Type of(ContractField field, String name, Type.Repetition repetition) {
    return switch (field.logicalType()) {
      case STRING ->
          primitive(PrimitiveTypeName.BINARY, repetition, LogicalTypeAnnotation.stringType(), name);
      case DATE ->
          primitive(PrimitiveTypeName.INT32, repetition, LogicalTypeAnnotation.dateType(), name);
      case TIME ->
          primitive(
              PrimitiveTypeName.INT64,
              repetition,
              LogicalTypeAnnotation.timeType(false, MICROS),
              name);
      case TIMESTAMP ->
          primitive(
              PrimitiveTypeName.INT64,
              repetition,
              LogicalTypeAnnotation.timestampType(field.zoned(), MICROS),
              name);
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case INTEGER, NUMBER -> number(field, name, repetition);
      case OBJECT, ARRAY -> throw new IllegalArgumentException(field.name() + " is nested");
    };
  }

  private static Type primitive(
      PrimitiveTypeName primitive,
      Type.Repetition repetition,
      LogicalTypeAnnotation annotation,
      String name) {
    return Types.primitive(primitive, repetition).as(annotation).named(name);
  }

  private static Type number(ContractField field, String name, Type.Repetition repetition) {
    return switch (field.fieldType().getTypeName()) {
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
      case DECIMAL -> decimal(precision(field), scale(field), name, repetition);
      default -> integer(bits(field), name, repetition);
    };
  }

  private static Type integer(int bits, String name, Type.Repetition repetition) {
    return bits == 64
        ? Types.primitive(PrimitiveTypeName.INT64, repetition).named(name)
        : primitive(
            PrimitiveTypeName.INT32, repetition, LogicalTypeAnnotation.intType(bits, true), name);
  }

  private static Type decimal(int precision, int scale, String name, Type.Repetition repetition) {
    LogicalTypeAnnotation annotation = LogicalTypeAnnotation.decimalType(scale, precision);
    if (DecimalDigits.fitLong(precision)) {
      PrimitiveTypeName primitive =
          DecimalDigits.fitInt(precision) ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64;
      return primitive(primitive, repetition, annotation, name);
    }
    return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
        .length(DecimalDigits.bytes(precision))
        .as(annotation)
        .named(name);
  }

  /** What turns the field's values into those of its column. */
  static Leaf leaf(ContractField field) {
    String name = field.name();
    return switch (field.logicalType()) {
      case STRING -> new TextLeaf(name);
      case DATE -> TimeLeaves.date(name);
      case TIME -> TimeLeaves.time(name);
      case TIMESTAMP -> TimeLeaves.timestamp(name);
      case BOOLEAN -> new Leaf.Booleans(name);
      case INTEGER, NUMBER -> numberLeaf(field);
      case OBJECT, ARRAY -> throw new IllegalArgumentException(name + " is nested");
    };
  }

  private static Leaf numberLeaf(ContractField field) {
    return switch (field.fieldType().getTypeName()) {
      case DOUBLE -> new Leaf.Doubles(field.name());
      case FLOAT -> new Leaf.Floats(field.name());
      case DECIMAL ->
          DecimalDigits.leaf(field.name(), precision(field), scale(field), field.precision() > 0);
      default -> integerLeaf(field.name(), bits(field));
    };
  }

  private static Leaf integerLeaf(String field, int bits) {
    if (bits == 64) {
      return new Leaf.Longs(field) {
        @Override
        long convert(Object value) {
          return ((Number) value).longValue();
        }
      };
    }
    long most = (1L << (bits - 1)) - 1;
    return new Leaf.Ints(field) {
      @Override
      int convert(Object value) throws Unstorable {
        long number = ((Number) value).longValue();
        if (number > most || number < -most - 1) {
          throw unstorable(Unstorable.NUMBER, "is out of range for " + bits + " bits");
        }
        return (int) number;
      }
    };
  }

  static int precision(ContractField field) {
    return field.precision() > 0 ? field.precision() : LOOSE_PRECISION;
  }

  static int scale(ContractField field) {
    return field.precision() > 0
        ? field.scale()
        : field.logicalType() == LogicalType.INTEGER ? 0 : LOOSE_SCALE;
  }

  private static int bits(ContractField field) {
    return switch (field.physicalType().orElse("").strip().toUpperCase(Locale.ROOT)) {
      case "SMALLINT", "INT2" -> 16;
      case "INT", "INTEGER", "INT4" -> 32;
      default -> 64;
    };
  }
}
