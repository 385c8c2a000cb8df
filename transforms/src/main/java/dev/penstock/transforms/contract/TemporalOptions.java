package dev.penstock.transforms.contract;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;

/** Reads what a contract says of a date, timestamp or time: format, time zone and bounds. */
final class TemporalOptions {
  private TemporalOptions() {}

  static void read(Property property, LogicalType type, ContractField.Builder field) {
    FieldType fieldType =
        switch (type) {
          case DATE -> FieldType.logicalType(SqlTypes.DATE);
          case TIME -> FieldType.logicalType(SqlTypes.TIME);
          default -> FieldType.logicalType(new MicrosInstant());
        };
    field.setFieldType(fieldType.withNullable(true));
    Optional<Boolean> inText = property.options().flag("timezone");
    Optional<String> named = readZone(property);
    TemporalText text =
        TemporalText.of(
            type,
            property
                .options()
                .at("format")
                .flatMap(place -> TemporalText.readFormat(place, type))
                .orElse(""),
            named.orElse("UTC"));
    field.setFormat(text.format());
    field.setDefaultTimezone(named.orElse("UTC"));
    if (type == LogicalType.TIMESTAMP) {
      field.setZoned(isZoned(property, inText, named, text));
    }
    checkTimezone(property, type, inText.orElse(false), text);
    Bounds.read(property, text::read)
        .addRules(property, (kind, bound) -> Rule.of(kind, property.path(), bound.text()));
  }

  private static Optional<String> readZone(Property property) {
    Optional<String> zone = property.options().text("defaultTimezone");
    try {
      return zone.map(ZoneId::of).map(ZoneId::getId);
    } catch (DateTimeException e) {
      property
          .options()
          .problem(
              "defaultTimezone",
              Place.quote(zone.orElse("")) + " is not a time zone",
              "use an IANA name such as Europe/Berlin, or Etc/UTC");
      return Optional.empty();
    }
  }

  /** A text without a zone is an instant too, once the contract names the zone that it is in. */
  private static boolean isZoned(
      Property property, Optional<Boolean> inText, Optional<String> named, TemporalText text) {
    return named.isPresent()
        || text.hasZone()
        || inText.orElseGet(
            () -> property.physicalType().filter(PhysicalType::isLocalTimestamp).isEmpty());
  }

  private static void checkTimezone(
      Property property, LogicalType type, boolean inText, TemporalText text) {
    if (type == LogicalType.TIME && (inText || text.hasZone())) {
      property
          .options()
          .problem(
              inText ? "timezone" : "format",
              "a time of day with a time zone is not supported",
              "use a timestamp, or a time without a zone");
    } else if (inText && !text.format().isEmpty() && !text.hasZone()) {
      property
          .options()
          .problem(
              "timezone",
              "timezone is true, but the format '" + text.format() + "' has no time zone",
              "add XXX to the format, or remove timezone");
    }
  }
}
