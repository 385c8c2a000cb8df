package dev.penstock.transforms.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** Reads the properties of one schema object: fields, and the rules that their values obey. */
final class PropertyReader {
  private final boolean booleanExclusive;
  private final Set<Rule> rules = new LinkedHashSet<>();
  private final List<QualityCheck> checks = new ArrayList<>();

  PropertyReader(boolean booleanExclusive) {
    this.booleanExclusive = booleanExclusive;
  }

  /** Rules of everything read so far. */
  List<Rule> rules() {
    return List.copyOf(rules);
  }

  /** Quality checks of everything read so far. */
  List<QualityCheck> checks() {
    return checks;
  }

  /** Reads the properties of a table. */
  List<ContractField> readTable(Place object) {
    return readProperties(object, "");
  }

  private List<ContractField> readProperties(Place parent, String prefix) {
    List<ContractField> fields = new ArrayList<>();
    List<Place> places = parent.list("properties");
    if (places.isEmpty()) {
      parent.problem(
          "there are no properties", "list the properties, each with name and logicalType");
    }
    FieldNames names = new FieldNames(prefix.isEmpty());
    KeyPositions keys = new KeyPositions(prefix.isEmpty());
    for (Place place : places) {
      ContractField.Builder field = ContractField.builder();
      if (!place.isMapping()) {
        place.wrongKind("a property", "write it as '- name: …' with its keys below");
      } else if (names.read(place, field)) {
        readProperty(place, prefix + place.text("name").orElse(""), field, keys);
        fields.add(field.build());
      }
    }
    names.checkAliases();
    return keys.applyTo(fields);
  }

  private void readProperty(
      Place place, String path, ContractField.Builder field, KeyPositions keys) {
    place.allowKeys("a property", Keys.PROPERTY);
    Optional<PhysicalType> physicalType = place.text("physicalType").map(PhysicalType::of);
    LogicalType type = logicalType(place, physicalType);
    Property property =
        new Property(
            place,
            place.mappingOrEmpty("logicalTypeOptions"),
            path,
            physicalType,
            booleanExclusive,
            rules::add);
    field
        .setLogicalType(type)
        .setPhysicalTypeOrNull(place.text("physicalType").orElse(null))
        .setClassification(place.text("classification").orElse(""))
        .setDescription(place.text("description").map(String::strip).orElse(""));
    boolean inKey = keys.read(place, type);
    boolean required = place.flag("required").orElse(false) || inKey;
    field.setRequired(required);
    if (required) {
      rules.add(Rule.of(Rule.Kind.REQUIRED, path));
    }
    property.options().allowKeys("the options of a " + type.keyword(), optionKeys(type));
    readType(property, type, field);
  }

  private static List<String> optionKeys(LogicalType type) {
    return java.util.Objects.requireNonNull(Keys.OPTIONS.get(type));
  }

  private void readType(Property property, LogicalType type, ContractField.Builder field) {
    switch (type) {
      case STRING -> TextOptions.read(property, field);
      case INTEGER -> NumberOptions.readInteger(property, field);
      case NUMBER -> NumberOptions.readNumber(property, field);
      case DATE, TIME, TIMESTAMP -> TemporalOptions.read(property, type, field);
      case BOOLEAN -> field.setFieldType(FieldType.BOOLEAN.withNullable(true));
      case OBJECT -> readObject(property, field);
      case ARRAY -> readArray(property, field);
    }
  }

  private static LogicalType logicalType(Place place, Optional<PhysicalType> physicalType) {
    Optional<String> text = place.text("logicalType");
    if (text.isEmpty()) {
      return logicalTypeFromRest(place, physicalType);
    }
    for (LogicalType type : LogicalType.values()) {
      if (type.keyword().equals(text.get())) {
        return type;
      }
    }
    List<String> known =
        java.util.Arrays.stream(LogicalType.values()).map(LogicalType::keyword).toList();
    place.problem(
        "logicalType",
        "'" + text.get() + "' is not a logical type",
        Spelling.closest(text.get(), known)
            .map(guess -> "did you mean '" + guess + "'?")
            .orElse("use one of " + String.join(", ", known)));
    return LogicalType.STRING;
  }

  private static LogicalType logicalTypeFromRest(Place place, Optional<PhysicalType> physicalType) {
    if (place.has("properties")) {
      return LogicalType.OBJECT;
    }
    if (place.has("items")) {
      return LogicalType.ARRAY;
    }
    Optional<LogicalType> type = physicalType.flatMap(PhysicalType::logicalType);
    if (type.isEmpty()) {
      place.problem("the logicalType is missing", "add one, such as 'logicalType: string'");
    }
    return type.orElse(LogicalType.STRING);
  }

  private void readObject(Property property, ContractField.Builder field) {
    List<ContractField> nested = readProperties(property.place(), property.path() + ".");
    Schema.Builder schema = Schema.builder();
    nested.forEach(part -> schema.addField(part.name(), part.fieldType()));
    field.setProperties(nested).setFieldType(FieldType.row(schema.build()).withNullable(true));
    count(property, "minProperties", Rule.Kind.MIN_PROPERTIES);
    count(property, "maxProperties", Rule.Kind.MAX_PROPERTIES);
    List<String> needed = property.options().texts("required");
    if (!needed.isEmpty()) {
      property.rule(Rule.of(Rule.Kind.REQUIRED_PROPERTIES, property.path(), needed));
    }
  }

  private void readArray(Property property, ContractField.Builder field) {
    Optional<Place> items = property.place().mapping("items");
    if (items.isEmpty()) {
      property.place().problem("an array needs items", "add 'items:' with a logicalType");
      field.setFieldType(FieldType.array(FieldType.STRING.withNullable(true)).withNullable(true));
      return;
    }
    ContractField.Builder item = ContractField.builder();
    String name = items.get().text("name").orElse("item");
    item.setName(name).setColumnName(name).setSourceNames(List.of(name));
    readProperty(items.get(), property.path() + "[]", item, new KeyPositions(false));
    ContractField read = item.build();
    field.setItemsOrNull(read).setFieldType(FieldType.array(read.fieldType()).withNullable(true));
    count(property, "minItems", Rule.Kind.MIN_ITEMS);
    count(property, "maxItems", Rule.Kind.MAX_ITEMS);
    if (property.options().flag("uniqueItems").orElse(false)) {
      property.rule(Rule.of(Rule.Kind.UNIQUE_ITEMS, property.path()));
    }
  }

  private static void count(Property property, String key, Rule.Kind kind) {
    property
        .options()
        .count(key, 0)
        .ifPresent(
            count -> property.rule(Rule.of(kind, property.path(), BigDecimal.valueOf(count))));
  }
}
