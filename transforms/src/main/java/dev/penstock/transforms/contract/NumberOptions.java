package dev.penstock.transforms.contract;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** Reads what a contract says of a number or integer: digits, bits, bounds and multiples. */
final class NumberOptions {
  /** A long holds every number of so many digits. */
  private static final int LONG_DIGITS = 18;

  private static final int MAX_PRECISION = 38;
  private static final IntegerRange LONG = IntegerRange.ofFormat("i64").orElseThrow();

  private NumberOptions() {}

  static void readNumber(Property property, ContractField.Builder field) {
    Optional<String> format = property.options().text("format");
    if (format.isPresent() && !format.get().equals("f32") && !format.get().equals("f64")) {
      property
          .options()
          .problem(
              "format",
              Place.quote(format.get()) + " is not a format of a number",
              "use f32 or f64, or leave it out for exact decimal numbers");
    }
    FieldType type = numberType(property.physicalType(), format.orElse(""));
    field.setFieldType(type.withNullable(true));
    if (type.equals(FieldType.DECIMAL)) {
      readDigits(property, field);
    }
    readBounds(property, Optional.empty());
    readMultiple(property);
  }

  private static FieldType numberType(Optional<PhysicalType> physical, String format) {
    if (physical.filter(PhysicalType::isDecimal).isPresent()) {
      return FieldType.DECIMAL;
    }
    if (physical.filter(PhysicalType::isDouble).isPresent()) {
      return FieldType.DOUBLE;
    }
    if (physical.filter(PhysicalType::isFloat).isPresent()) {
      return FieldType.FLOAT;
    }
    return switch (format) {
      case "f64" -> FieldType.DOUBLE;
      case "f32" -> FieldType.FLOAT;
      default -> FieldType.DECIMAL;
    };
  }

  static void readInteger(Property property, ContractField.Builder field) {
    Optional<IntegerRange> range = integerRange(property);
    boolean wide =
        range.isPresent()
            ? !range.get().fitsLong()
            : property.physicalType().filter(NumberOptions::isWideDecimal).isPresent();
    field.setFieldType((wide ? FieldType.DECIMAL : FieldType.INT64).withNullable(true));
    if (wide && range.isPresent() && range.get().most().precision() <= MAX_PRECISION) {
      field.setPrecision(range.get().most().precision());
    }
    if (property.physicalType().filter(PhysicalType::isDecimal).isPresent()) {
      readDigits(property, field);
    }
    // A long cannot leave the range of 64 bits, so that range needs no rule.
    readBounds(property, range.filter(bits -> !bits.equals(LONG)));
    readMultiple(property);
  }

  private static boolean isWideDecimal(PhysicalType type) {
    return type.isDecimal()
        && type.argument(0).map(p -> p - type.argument(1).orElse(0) > LONG_DIGITS).orElse(true);
  }

  private static Optional<IntegerRange> integerRange(Property property) {
    Optional<IntegerRange> column =
        property.physicalType().flatMap(type -> IntegerRange.ofPhysicalType(type.name()));
    Optional<String> format = property.options().text("format");
    if (format.isEmpty()) {
      return column;
    }
    Optional<IntegerRange> bits = IntegerRange.ofFormat(format.get());
    if (bits.isEmpty()) {
      property
          .options()
          .problem(
              "format",
              Place.quote(format.get()) + " is not a format of an integer",
              "use i8, i16, i32, i64, i128, u8, u16, u32, u64 or u128");
    }
    return bits.isPresent() && column.isPresent()
        ? Optional.of(bits.get().and(column.get()))
        : bits.or(() -> column);
  }

  private static void readDigits(Property property, ContractField.Builder field) {
    Optional<PhysicalType> type =
        property
            .physicalType()
            .filter(PhysicalType::isDecimal)
            .filter(t -> !t.arguments().isEmpty());
    if (type.isEmpty()) {
      return;
    }
    int precision = type.get().argument(0).orElse(0);
    int scale = type.get().arguments().size() == 1 ? 0 : type.get().argument(1).orElse(-1);
    if (precision < 1
        || precision > MAX_PRECISION
        || scale < 0
        || scale > precision
        || type.get().arguments().size() > 2) {
      property
          .place()
          .problem(
              "physicalType",
              type.get().name()
                  + "("
                  + String.join(",", type.get().arguments())
                  + ") is not a decimal type",
              "give the digits, 1 to 38, and how many of them follow the point, as in"
                  + " DECIMAL(12,2)");
      return;
    }
    field.setPrecision(precision).setScale(scale);
    property.rule(Rule.precision(property.path(), precision, scale));
  }

  private static void readBounds(Property property, Optional<IntegerRange> range) {
    Bounds<BigDecimal> bounds = Bounds.read(property, Place::number);
    if (range.isPresent()) {
      bounds = bounds.within(range.get().least(), range.get().most());
      bounds.check(property);
    }
    bounds.addRules(property, (kind, bound) -> Rule.of(kind, property.path(), bound));
  }

  private static void readMultiple(Property property) {
    Optional<BigDecimal> multiple = property.options().number("multipleOf");
    if (multiple.filter(number -> number.signum() <= 0).isPresent()) {
      property.options().problem("multipleOf", "this must be above 0", "give a positive number");
      return;
    }
    multiple.ifPresent(
        number -> property.rule(Rule.of(Rule.Kind.MULTIPLE_OF, property.path(), number)));
  }
}
