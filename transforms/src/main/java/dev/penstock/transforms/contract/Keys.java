package dev.penstock.transforms.contract;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys of the standard. Each is known, so that a misspelt one is an error; what a key does, if
 * anything, is up to the reader that asks for it.
 */
final class Keys {
  static final List<String> DOCUMENT =
      List.of(
          "apiVersion",
          "kind",
          "id",
          "name",
          "version",
          "status",
          "tenant",
          "domain",
          "dataProduct",
          "description",
          "schema",
          "servers",
          "support",
          "price",
          "team",
          "roles",
          "slaDefaultElement",
          "slaProperties",
          "tags",
          "authoritativeDefinitions",
          "customProperties",
          "contractCreatedTs");

  private static final List<String> ELEMENT =
      List.of(
          "id",
          "name",
          "physicalName",
          "physicalType",
          "description",
          "businessName",
          "authoritativeDefinitions",
          "tags",
          "customProperties",
          "logicalType",
          "properties",
          "relationships",
          "quality");

  static final List<String> OBJECT = and(ELEMENT, "dataGranularityDescription");

  static final List<String> PROPERTY =
      and(
          ELEMENT,
          "logicalTypeOptions",
          "required",
          "unique",
          "primaryKey",
          "primaryKeyPosition",
          "partitioned",
          "partitionKeyPosition",
          "classification",
          "items",
          "encryptedName",
          "transformSourceObjects",
          "transformLogic",
          "transformDescription",
          "examples",
          "criticalDataElement");

  static final List<String> OPERATORS =
      List.of(
          "mustBe",
          "mustNotBe",
          "mustBeGreaterThan",
          "mustBeGreaterOrEqualTo",
          "mustBeLessThan",
          "mustBeLessOrEqualTo",
          "mustBeBetween",
          "mustNotBeBetween");

  /** Arguments of the metrics of the library. */
  static final List<String> ARGUMENTS =
      List.of("missingValues", "validValues", "pattern", "properties");

  static final List<String> QUALITY =
      and(
          OPERATORS,
          "type",
          "metric",
          "rule",
          "arguments",
          "unit",
          "severity",
          "id",
          "name",
          "description",
          "dimension",
          "method",
          "schedule",
          "scheduler",
          "businessImpact",
          "tags",
          "authoritativeDefinitions",
          "customProperties",
          "query",
          "engine",
          "implementation");

  private static final List<String> BOUNDS =
      List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  /** The keys of {@code logicalTypeOptions} that each logical type has. */
  static final Map<LogicalType, List<String>> OPTIONS =
      Map.of(
          LogicalType.STRING, List.of("minLength", "maxLength", "pattern", "format"),
          LogicalType.DATE, and(BOUNDS, "format"),
          LogicalType.TIMESTAMP, and(BOUNDS, "format", "timezone", "defaultTimezone"),
          LogicalType.TIME, and(BOUNDS, "format", "timezone", "defaultTimezone"),
          LogicalType.INTEGER, and(BOUNDS, "multipleOf", "format"),
          LogicalType.NUMBER, and(BOUNDS, "multipleOf", "format"),
          LogicalType.BOOLEAN, List.of(),
          LogicalType.OBJECT, List.of("minProperties", "maxProperties", "required"),
          LogicalType.ARRAY, List.of("minItems", "maxItems", "uniqueItems"));

  private Keys() {}

  private static List<String> and(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }
}
