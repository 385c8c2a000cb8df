package dev.penstock.transforms.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the logical type of a property, which the standard lets a contract leave out. */
final class LogicalTypeReader {
  private static final List<String> KEYWORDS =
      Arrays.stream(LogicalType.values()).map(LogicalType::keyword).toList();

  private LogicalTypeReader() {}

  /**
   * The type of a property; a string, and a problem, when there is none.
   *
   * @param dateIsAnyTime whether the type date stands for timestamps and times too, as it does in
   *     v3.0, which has neither of these
   */
  static LogicalType read(Place place, Optional<PhysicalType> physicalType, boolean dateIsAnyTime) {
    LogicalType type = read(place, physicalType);
    return type == LogicalType.DATE && dateIsAnyTime ? precise(place, physicalType) : type;
  }

  private static LogicalType precise(Place place, Optional<PhysicalType> physicalType) {
    boolean hasTime =
        place
            .mappingOrEmpty("logicalTypeOptions")
            .text("format")
            .filter(TemporalText::hasTime)
            .isPresent();
    return physicalType
        .flatMap(PhysicalType::logicalType)
        .filter(type -> type == LogicalType.TIMESTAMP || type == LogicalType.TIME)
        .orElse(hasTime ? LogicalType.TIMESTAMP : LogicalType.DATE);
  }

  private static LogicalType read(Place place, Optional<PhysicalType> physicalType) {
    if (!place.has("logicalType")) {
      return fromRest(place, physicalType);
    }
    Optional<String> keyword = place.text("logicalType");
    for (LogicalType type : LogicalType.values()) {
      if (keyword.filter(type.keyword()::equals).isPresent()) {
        checkParts(place, type);
        return type;
      }
    }
    keyword.ifPresent(
        unknown ->
            place.problem(
                "logicalType",
                Place.quote(unknown) + " is not a logical type",
                Spelling.suggestion(unknown, KEYWORDS)));
    // Options are not judged by a type that nobody asked for.
    return place.has("properties")
        ? LogicalType.OBJECT
        : place.has("items") ? LogicalType.ARRAY : LogicalType.STRING;
  }

  private static void checkParts(Place place, LogicalType type) {
    if (type != LogicalType.OBJECT && place.has("properties")) {
      place.problem(
          "properties",
          "only an object has properties, and this is of the type " + type.keyword(),
          "use 'logicalType: object', or remove them");
    }
    if (type != LogicalType.ARRAY && place.has("items")) {
      place.problem(
          "items",
          "only an array has items, and this is of the type " + type.keyword(),
          "use 'logicalType: array', or remove them");
    }
  }

  private static LogicalType fromRest(Place place, Optional<PhysicalType> physicalType) {
    if (place.has("properties")) {
      return LogicalType.OBJECT;
    }
    if (place.has("items")) {
      return LogicalType.ARRAY;
    }
    Optional<LogicalType> type = physicalType.flatMap(PhysicalType::logicalType);
    if (type.isEmpty()) {
      place.problem("the logicalType is missing", "add one of " + String.join(", ", KEYWORDS));
    }
    return type.orElse(LogicalType.STRING);
  }
}
