package dev.penstock.transforms.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** Reads the properties of one schema object: fields, and the rules that their values obey. */
final class PropertyReader {
  private final boolean version30;
  private final Set<Rule> rules = new LinkedHashSet<>();
  private final List<RowRule> rowRules = new ArrayList<>();
  private final List<QualityCheck> checks = new ArrayList<>();
  private final QualityReader quality = new QualityReader(rules::add, rowRules::add, checks::add);

  /**
   * A reader for one table.
   *
   * @param version30 whether the document follows v3.0 of the standard
   */
  PropertyReader(boolean version30) {
    this.version30 = version30;
  }

  /** Rules of everything read so far. */
  List<Rule> rules() {
    return List.copyOf(rules);
  }

  /** Rules over several fields. */
  List<RowRule> rowRules() {
    return List.copyOf(rowRules);
  }

  /** Quality checks of everything read so far. */
  List<QualityCheck> checks() {
    return List.copyOf(checks);
  }

  /** Reads the properties of a table, and the quality rules on the table as a whole. */
  List<ContractField> readTable(Place object) {
    List<ContractField> fields = readProperties(object, "");
    quality.readTable(object, fields);
    return fields;
  }

  private List<ContractField> readProperties(Place parent, String prefix) {
    if (!parent.has("properties")) {
      parent.problem(
          "there are no properties", "list them under 'properties:', each with its name");
    }
    List<ContractField> fields = new ArrayList<>();
    FieldNames names = new FieldNames(prefix.isEmpty());
    KeyPositions keys = new KeyPositions(prefix.isEmpty());
    for (Place place : parent.list("properties")) {
      if (place.isMapping()) {
        ContractField.Builder field = ContractField.builder();
        String name = names.read(place, field);
        fields.add(readProperty(place, prefix + name, field, keys));
      } else {
        place.wrongKind("a property", "write it as '- name: …' with its keys below");
      }
    }
    names.checkAliases();
    return keys.applyTo(fields);
  }

  private ContractField readProperty(
      Place place, String path, ContractField.Builder field, KeyPositions keys) {
    place.allowKeys("a property", Keys.PROPERTY);
    Optional<String> written = place.text("physicalType");
    Optional<PhysicalType> physicalType = written.map(PhysicalType::of);
    LogicalType type = LogicalTypeReader.read(place, physicalType, version30);
    boolean inKey = keys.read(place, type);
    boolean required = place.flag("required").orElse(false) || inKey;
    field
        .setLogicalType(type)
        .setPhysicalTypeOrNull(written.orElse(null))
        .setClassification(place.text("classification").orElse(""))
        .setDescription(place.text("description").map(String::strip).orElse(""))
        .setCustomProperties(Annotations.customProperties(place))
        .setRequired(required)
        .setUnique(place.flag("unique").orElse(false));
    ChangeProperties.read(place, isTopLevel(path), type, field);
    if (required) {
      rules.add(Rule.of(Rule.Kind.REQUIRED, path));
    }
    Property property =
        new Property(
            place,
            place.mappingOrEmpty("logicalTypeOptions"),
            path,
            physicalType,
            version30,
            rules::add);
    readType(property, type, field);
    ContractField read = field.build();
    quality.readProperty(place, path, read);
    return read;
  }

  /** Names themselves have neither dots nor brackets. */
  private static boolean isTopLevel(String path) {
    return path.indexOf('.') < 0 && path.indexOf('[') < 0;
  }

  private void readType(Property property, LogicalType type, ContractField.Builder field) {
    property
        .options()
        .allowKeys(
            "the options of " + type.keyword(), Objects.requireNonNull(Keys.OPTIONS.get(type)));
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

  private void readObject(Property property, ContractField.Builder field) {
    count(property, "minProperties", Rule.Kind.MIN_PROPERTIES);
    count(property, "maxProperties", Rule.Kind.MAX_PROPERTIES);
    checkOrder(property, "minProperties", "maxProperties");
    Set<String> needed = new LinkedHashSet<>(property.options().texts("required"));
    if (!needed.isEmpty()) {
      property.rule(Rule.of(Rule.Kind.REQUIRED_PROPERTIES, property.path(), List.copyOf(needed)));
    }
    List<ContractField> nested = readProperties(property.place(), property.path() + ".");
    List<String> names = nested.stream().map(ContractField::name).toList();
    for (String name : needed) {
      if (!names.contains(name)) {
        property
            .options()
            .problem(
                "required",
                "there is no property " + Place.quote(name) + " in the object",
                Spelling.suggestion(name, names));
      }
    }
    if (property.options().count("minProperties", 0).orElse(0) > nested.size()) {
      property
          .options()
          .problem(
              "minProperties",
              "the object has " + nested.size() + " properties only",
              "lower minProperties");
    }
    Schema.Builder schema = Schema.builder();
    nested.forEach(part -> schema.addField(part.name(), part.fieldType()));
    field.setProperties(nested).setFieldType(FieldType.row(schema.build()).withNullable(true));
  }

  private void readArray(Property property, ContractField.Builder field) {
    count(property, "minItems", Rule.Kind.MIN_ITEMS);
    count(property, "maxItems", Rule.Kind.MAX_ITEMS);
    checkOrder(property, "minItems", "maxItems");
    if (property.options().flag("uniqueItems").orElse(false)) {
      property.rule(Rule.of(Rule.Kind.UNIQUE_ITEMS, property.path()));
    }
    Optional<Place> place = property.place().mapping("items");
    if (!property.place().has("items")) {
      property.place().problem("an array needs items", "add 'items:' with their logicalType");
    }
    if (place.isEmpty()) {
      field.setFieldType(FieldType.array(FieldType.STRING.withNullable(true)).withNullable(true));
      return;
    }
    String name = place.get().text("name").orElse("item");
    ContractField.Builder item =
        ContractField.builder().setName(name).setColumnName(name).setSourceNames(List.of(name));
    ContractField items =
        readProperty(place.get(), property.path() + "[]", item, new KeyPositions(false));
    field.setItemsOrNull(items).setFieldType(FieldType.array(items.fieldType()).withNullable(true));
  }

  private static void count(Property property, String key, Rule.Kind kind) {
    Optional<Integer> count = property.options().count(key, 0);
    // Everything has at least nothing.
    if (count.isPresent() && !(count.get() == 0 && key.startsWith("min"))) {
      property.rule(Rule.of(kind, property.path(), BigDecimal.valueOf(count.get())));
    }
  }

  private static void checkOrder(Property property, String least, String most) {
    Optional<Integer> low = property.options().count(least, 0);
    Optional<Integer> high = property.options().count(most, 0);
    if (low.isPresent() && high.isPresent() && low.get() > high.get()) {
      property
          .options()
          .problem(least, least + " is above " + most, "lower the one or raise the other");
    }
  }
}
