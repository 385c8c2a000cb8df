package dev.penstock.transforms.contract;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;

/** Reads what a contract says of a string: lengths, pattern and format. */
final class TextOptions {
  /** Formats that rows are held to. */
  private static final Set<String> CHECKED =
      Set.of("email", "uuid", "uri", "hostname", "ipv4", "ipv6", "byte");

  /** Formats that say how people should handle a text, and not what it looks like. */
  private static final Set<String> DESCRIPTIVE = Set.of("password", "binary");

  private TextOptions() {}

  static void read(Property property, ContractField.Builder field) {
    field.setFieldType(Schema.FieldType.STRING.withNullable(true));
    Optional<Integer> least = property.options().count("minLength", 0);
    Optional<Integer> most = property.options().count("maxLength", 0);
    Optional<Integer> column = columnLength(property);
    int limit = Math.min(most.orElse(Integer.MAX_VALUE), column.orElse(Integer.MAX_VALUE));
    if (least.isPresent() && least.get() > limit) {
      property
          .options()
          .problem(
              "minLength",
              "no text has at least " + least.get() + " and at most " + limit + " characters",
              "lower minLength or raise the maximum");
    }
    least
        .filter(count -> count > 0)
        .ifPresent(count -> length(property, Rule.Kind.MIN_LENGTH, count));
    if (most.isPresent() || column.isPresent()) {
      length(property, Rule.Kind.MAX_LENGTH, limit);
      field.setMaxLength(column.orElse(limit));
    }
    readPattern(property);
    readFormat(property);
  }

  private static void length(Property property, Rule.Kind kind, int count) {
    property.rule(Rule.of(kind, property.path(), BigDecimal.valueOf(count)));
  }

  private static Optional<Integer> columnLength(Property property) {
    Optional<Integer> length =
        property.physicalType().filter(PhysicalType::isText).flatMap(type -> type.argument(0));
    if (length.isPresent() && length.get() < 1) {
      property
          .place()
          .problem(
              "physicalType",
              "a length of " + length.get() + " holds no text",
              "give a length from 1 up, as in VARCHAR(20)");
      return Optional.empty();
    }
    return length;
  }

  private static void readPattern(Property property) {
    property
        .options()
        .at("pattern")
        .flatMap(EcmaPattern::read)
        .ifPresent(pattern -> property.rule(Rule.of(Rule.Kind.PATTERN, property.path(), pattern)));
  }

  private static void readFormat(Property property) {
    Optional<String> format = property.options().text("format");
    if (format.isEmpty()) {
      return;
    }
    if (CHECKED.contains(format.get())) {
      property.rule(Rule.of(Rule.Kind.FORMAT, property.path(), format.get()));
    } else if (!DESCRIPTIVE.contains(format.get())) {
      property
          .options()
          .problem(
              "format",
              "the string format " + Place.quote(format.get()) + " cannot be checked",
              "use email, uuid, uri, hostname, ipv4, ipv6 or byte, or describe the text by a pattern");
    }
  }
}
