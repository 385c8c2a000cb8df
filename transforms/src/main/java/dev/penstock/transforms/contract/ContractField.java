package dev.penstock.transforms.contract;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema;
import org.jspecify.annotations.Nullable;

/** One property of a contract: a column of the table, or a part of a nested one. */
@AutoValue
public abstract class ContractField implements Serializable {

  /** Name of the row field, the contract's {@code name}. */
  public abstract String name();

  /** Column name in the destination: {@code physicalName}, else {@code name}. */
  public abstract String columnName();

  /** Names under which a source may carry the field, best first: physicalName, name, aliases. */
  public abstract List<String> sourceNames();

  /** Logical type. */
  public abstract LogicalType logicalType();

  /** Physical type as the contract writes it, such as {@code DECIMAL(12,2)}; null when absent. */
  abstract @Nullable String physicalTypeOrNull();

  /** Physical type as the contract writes it, such as {@code DECIMAL(12,2)}. */
  public Optional<String> physicalType() {
    return Optional.ofNullable(physicalTypeOrNull());
  }

  /** Digits of a DECIMAL, or 0 when the contract gives none. */
  public abstract int precision();

  /** Digits of a DECIMAL after the point. */
  public abstract int scale();

  /** Characters that the column holds, from VARCHAR(n) or maxLength, or 0 for no limit. */
  public abstract int maxLength();

  /** Pattern that a date, timestamp or time has in text, or empty for ISO 8601. */
  public abstract String format();

  /** Time zone of a timestamp that names none in its text; an IANA id, by default UTC. */
  public abstract String defaultTimezone();

  /** Whether a timestamp is an instant; false for a local date and time without a zone. */
  public abstract boolean zoned();

  /** Whether every row needs a value. */
  public abstract boolean required();

  /** Whether no value may occur twice in a run. */
  public abstract boolean unique();

  /** Place in the primary key, counted from 1, or 0. */
  public abstract int primaryKeyPosition();

  /** Place among the partition fields, counted from 1, or 0. */
  public abstract int partitionPosition();

  /** The contract's classification, such as {@code restricted}; empty when there is none. */
  public abstract String classification();

  /** What the contract says of the field, for people; empty when there is nothing. */
  public abstract String description();

  /** Custom properties that have a single value, by name; destinations may know some of them. */
  public abstract Map<String, String> customProperties();

  abstract @Nullable ChangeMetadata changeMetadataOrNull();

  /** What the field takes from a change event; empty where it is a column of the row. */
  public Optional<ChangeMetadata> changeMetadata() {
    return Optional.ofNullable(changeMetadataOrNull());
  }

  abstract @Nullable TemporalEncoding temporalEncodingOrNull();

  /** What numbers count that stand for the field's date or time, where the contract tells. */
  public Optional<TemporalEncoding> temporalEncoding() {
    return Optional.ofNullable(temporalEncodingOrNull());
  }

  abstract @Nullable DecimalEncoding decimalEncodingOrNull();

  /** What texts are that stand for the field's number, where the contract tells. */
  public Optional<DecimalEncoding> decimalEncoding() {
    return Optional.ofNullable(decimalEncodingOrNull());
  }

  /** Type in the Beam row; always nullable, since {@code required} is a rule and not a type. */
  public abstract Schema.FieldType fieldType();

  /** Nested properties of an object, in order. */
  public abstract List<ContractField> properties();

  /** What an array repeats. */
  abstract @Nullable ContractField itemsOrNull();

  /** What an array repeats. */
  public Optional<ContractField> items() {
    return Optional.ofNullable(itemsOrNull());
  }

  /** Whether values are kept out of messages: restricted or confidential data. */
  public boolean masked() {
    return classification().equalsIgnoreCase("restricted")
        || classification().equalsIgnoreCase("confidential");
  }

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_ContractField.Builder()
        .setPrecision(0)
        .setScale(0)
        .setMaxLength(0)
        .setFormat("")
        .setDefaultTimezone("UTC")
        .setZoned(true)
        .setRequired(false)
        .setUnique(false)
        .setPrimaryKeyPosition(0)
        .setPartitionPosition(0)
        .setClassification("")
        .setDescription("")
        .setCustomProperties(Map.of())
        .setProperties(List.of());
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setName(String value);

    abstract Builder setColumnName(String value);

    abstract Builder setSourceNames(List<String> value);

    abstract Builder setLogicalType(LogicalType value);

    abstract Builder setPhysicalTypeOrNull(@Nullable String value);

    abstract Builder setPrecision(int value);

    abstract Builder setScale(int value);

    abstract Builder setMaxLength(int value);

    abstract Builder setFormat(String value);

    abstract Builder setDefaultTimezone(String value);

    abstract Builder setZoned(boolean value);

    abstract Builder setRequired(boolean value);

    abstract Builder setUnique(boolean value);

    abstract Builder setPrimaryKeyPosition(int value);

    abstract Builder setPartitionPosition(int value);

    abstract Builder setClassification(String value);

    abstract Builder setDescription(String value);

    abstract Builder setCustomProperties(Map<String, String> value);

    abstract Builder setChangeMetadataOrNull(@Nullable ChangeMetadata value);

    abstract Builder setTemporalEncodingOrNull(@Nullable TemporalEncoding value);

    abstract Builder setDecimalEncodingOrNull(@Nullable DecimalEncoding value);

    abstract Builder setFieldType(Schema.FieldType value);

    abstract Builder setProperties(List<ContractField> value);

    abstract Builder setItemsOrNull(@Nullable ContractField value);

    abstract ContractField build();
  }
}
