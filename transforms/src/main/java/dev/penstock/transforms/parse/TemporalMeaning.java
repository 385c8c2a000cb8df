package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.TemporalEncoding;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What numbers and texts of change events mean for a field with dates or times: by the event's
 * schema, else by the contract, else as Debezium writes them for PostgreSQL by default.
 *
 * @param counts what a number counts; null where it cannot be told
 * @param dropsZone whether the Z at the end of a text says nothing, since the value has no zone
 * @param problem why a number has no meaning; empty when it has one
 */
record TemporalMeaning(@Nullable TemporalEncoding counts, boolean dropsZone, String problem) {
  private static final Map<String, Counted> NAMES =
      Map.ofEntries(
          debezium("Date", LogicalType.DATE, TemporalEncoding.DAYS),
          debezium("Time", LogicalType.TIME, TemporalEncoding.MILLIS),
          debezium("MicroTime", LogicalType.TIME, TemporalEncoding.MICROS),
          debezium("NanoTime", LogicalType.TIME, TemporalEncoding.NANOS),
          debezium("Timestamp", LogicalType.TIMESTAMP, TemporalEncoding.MILLIS),
          debezium("MicroTimestamp", LogicalType.TIMESTAMP, TemporalEncoding.MICROS),
          debezium("NanoTimestamp", LogicalType.TIMESTAMP, TemporalEncoding.NANOS),
          connect("Date", LogicalType.DATE, TemporalEncoding.DAYS),
          connect("Time", LogicalType.TIME, TemporalEncoding.MILLIS),
          connect("Timestamp", LogicalType.TIMESTAMP, TemporalEncoding.MILLIS));

  /** Texts of values without a zone that end in Z all the same. */
  private static final Set<String> LOCAL_TEXTS = Set.of("io.debezium.time.IsoTimestamp");

  private record Counted(LogicalType type, TemporalEncoding unit) {}

  private static Map.Entry<String, Counted> debezium(
      String name, LogicalType type, TemporalEncoding unit) {
    return Map.entry("io.debezium.time." + name, new Counted(type, unit));
  }

  private static Map.Entry<String, Counted> connect(
      String name, LogicalType type, TemporalEncoding unit) {
    return Map.entry("org.apache.kafka.connect.data." + name, new Counted(type, unit));
  }

  /**
   * The meaning.
   *
   * @param type what the event's schema says of the value, or null where it has none
   */
  static TemporalMeaning of(ContractField field, @Nullable ConnectType type) {
    String name = type == null ? "" : type.name();
    boolean dropsZone = field.logicalType() != LogicalType.TIMESTAMP || LOCAL_TEXTS.contains(name);
    Counted counted = NAMES.get(name);
    if (counted != null) {
      return counted.type() == field.logicalType()
          ? new TemporalMeaning(counted.unit(), dropsZone, "")
          : new TemporalMeaning(
              null,
              dropsZone,
              "is a " + name + " where the contract has " + field.logicalType().keyword());
    }
    TemporalEncoding given = field.temporalEncoding().orElse(null);
    if (given == null && type != null) {
      return new TemporalMeaning(
          null,
          dropsZone,
          "is a number of which the event's schema does not tell what it counts; give the field"
              + " the custom property temporalEncoding in the contract");
    }
    return new TemporalMeaning(given == null ? byDefault(field) : given, dropsZone, "");
  }

  private static TemporalEncoding byDefault(ContractField field) {
    return field.logicalType() == LogicalType.DATE
        ? TemporalEncoding.DAYS
        : TemporalEncoding.MICROS;
  }
}
