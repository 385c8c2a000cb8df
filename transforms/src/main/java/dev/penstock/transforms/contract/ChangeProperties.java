package dev.penstock.transforms.contract;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the custom properties that say how a field is filled from change events. */
final class ChangeProperties {
  private static final List<LogicalType> TEMPORAL =
      List.of(LogicalType.DATE, LogicalType.TIME, LogicalType.TIMESTAMP);
  private static final List<LogicalType> NUMERIC = List.of(LogicalType.INTEGER, LogicalType.NUMBER);

  private final Place place;
  private final LogicalType type;

  private ChangeProperties(Place place, LogicalType type) {
    this.place = place;
    this.type = type;
  }

  /**
   * Reads them.
   *
   * @param topLevel whether the property is a column of the table
   */
  static void read(Place place, boolean topLevel, LogicalType type, ContractField.Builder field) {
    ChangeProperties properties = new ChangeProperties(place, type);
    properties
        .value("changeMetadata", ChangeMetadata::of, ChangeMetadata.keywords())
        .filter(value -> properties.canTake(value, topLevel))
        .ifPresent(field::setChangeMetadataOrNull);
    properties
        .value("temporalEncoding", TemporalEncoding::of, TemporalEncoding.keywords())
        .filter(properties::canCount)
        .ifPresent(field::setTemporalEncodingOrNull);
    properties
        .value("decimalEncoding", DecimalEncoding::of, DecimalEncoding.keywords())
        .filter(value -> properties.isOneOf("decimalEncoding", NUMERIC))
        .ifPresent(field::setDecimalEncodingOrNull);
  }

  private Optional<Place> custom(String name) {
    return Annotations.sequence(place, "customProperties").stream()
        .filter(custom -> custom.isMapping() && Annotations.scalar(custom, "property"))
        .filter(custom -> custom.text("property").filter(name::equals).isPresent())
        .findFirst();
  }

  private <T> Optional<T> value(
      String name, Function<String, Optional<T>> of, List<String> keywords) {
    Optional<Place> custom = custom(name);
    if (custom.isEmpty()) {
      return Optional.empty();
    }
    if (!custom.get().has("value")) {
      problem(name, "the value of " + name + " is missing", oneOf(keywords));
      return Optional.empty();
    }
    Optional<String> keyword = custom.get().text("value");
    Optional<T> value = keyword.flatMap(of);
    if (keyword.isPresent() && value.isEmpty()) {
      problem(
          name,
          Place.quote(keyword.get()) + " is not a value of " + name,
          Spelling.suggestion(keyword.get(), keywords));
    }
    return value;
  }

  private boolean canTake(ChangeMetadata value, boolean topLevel) {
    if (!topLevel) {
      problem(
          "changeMetadata",
          "only a top-level property can have changeMetadata",
          "move it to such a property");
      return false;
    }
    boolean fits = value.types().contains(type);
    if (!fits) {
      problem(
          "changeMetadata",
          value.keyword() + " does not fit into the type " + type.keyword(),
          "use 'logicalType: " + value.types().get(0).keyword() + "'");
    }
    return fits;
  }

  private boolean canCount(TemporalEncoding value) {
    if (!isOneOf("temporalEncoding", TEMPORAL)) {
      return false;
    }
    boolean fits = value != TemporalEncoding.DAYS || type == LogicalType.DATE;
    if (!fits) {
      problem(
          "temporalEncoding",
          "days do not make a " + type.keyword(),
          "use millis, micros or nanos, or 'logicalType: date'");
    }
    return fits;
  }

  private boolean isOneOf(String name, List<LogicalType> types) {
    boolean fits = types.contains(type);
    if (!fits) {
      problem(
          name,
          name + " has no meaning for the type " + type.keyword(),
          "remove it, or use a logicalType of "
              + String.join(", ", types.stream().map(LogicalType::keyword).toList()));
    }
    return fits;
  }

  private static String oneOf(List<String> keywords) {
    return "give one of " + String.join(", ", keywords);
  }

  private void problem(String name, String what, String fix) {
    custom(name).ifPresent(custom -> custom.problem("value", what, fix));
  }
}
