package dev.penstock.transforms.contract;

import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the names of the properties of one list, and sees to it that they can be told apart. */
final class FieldNames {
  private static final String RESERVED_PREFIX = "_penstock";

  private static final Pattern COMMA = Pattern.compile(",");

  private final boolean topLevel;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> columns = new HashMap<>();
  private final List<Alias> aliases = new ArrayList<>();
  private final Set<String> ownNames = new HashSet<>();
  private int unusable;

  FieldNames(boolean topLevel) {
    this.topLevel = topLevel;
  }

  /**
   * Reads the names of one property into its field.
   *
   * @return the field's name; a made-up one, and a problem, when the property has no usable name
   */
  String read(Place place, ContractField.Builder field) {
    String written = place.text("name").orElse("");
    boolean usable = !written.isBlank() && checkUnique(place, written);
    if (written.isBlank()) {
      place.problem("the name is missing", "give the property a name");
    } else {
      checkName(place, written);
    }
    String name = usable ? written : "#" + ++unusable;
    String column = place.text("physicalName").orElse(name);
    if (usable) {
      checkColumn(place, column);
    }
    Set<String> sources = new LinkedHashSet<>(List.of(column, name));
    List<String> others =
        readAliases(place).stream().filter(alias -> !sources.contains(alias)).distinct().toList();
    others.forEach(alias -> aliases.add(new Alias(alias, place)));
    ownNames.addAll(sources);
    sources.addAll(others);
    field.setName(name).setColumnName(column).setSourceNames(List.copyOf(sources));
    return name;
  }

  private boolean checkUnique(Place place, String name) {
    boolean isNew = names.add(name);
    if (!isNew) {
      place.problem(
          "name",
          "another property has the name " + Place.quote(name) + " already",
          "rename one of them");
    }
    return isNew;
  }

  private void checkName(Place place, String name) {
    if (topLevel && isReserved(name)) {
      place.problem(
          "name",
          "the name " + Place.quote(name) + " is reserved",
          "choose another name for the property");
    }
    if (name.contains(".") || name.contains("[") || name.contains("]")) {
      place.problem(
          "name",
          "the name "
              + Place.quote(name)
              + " has a dot or bracket, which separate nested properties",
          "keep it as the physicalName, and choose a plain name");
    }
  }

  private void checkColumn(Place place, String column) {
    String key = place.has("physicalName") ? "physicalName" : "name";
    if (column.isBlank() || column.indexOf('\0') >= 0) {
      place.problem(key, "this cannot name a column", "give a name, or remove it");
    } else if (topLevel && key.equals("physicalName") && isReserved(column)) {
      place.problem(
          key, "the name " + Place.quote(column) + " is reserved", "choose another column name");
    }
    String other = columns.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
    if (other != null) {
      place.problem(
          key,
          "another property has the column "
              + Place.quote(other)
              + " already, and not every database tells upper from lower case",
          "give one of them another physicalName");
    }
  }

  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(SourceRecord.FIELD)
        || lower.equals(Change.FIELD)
        || lower.startsWith(RESERVED_PREFIX);
  }

  private static List<String> readAliases(Place place) {
    List<String> read = new ArrayList<>();
    for (Place custom : place.list("customProperties")) {
      if (!custom.isMapping()) {
        custom.wrongKind("a custom property", "write it with the keys property and value");
      } else if (custom.text("property").filter("aliases"::equals).isPresent()) {
        read.addAll(aliasesOf(custom));
      }
    }
    return read;
  }

  private static List<String> aliasesOf(Place custom) {
    boolean isList = custom.at("value").filter(Place::isSequence).isPresent();
    Stream<String> written =
        isList
            ? custom.texts("value").stream()
            : COMMA.splitAsStream(custom.text("value").orElse(""));
    return written.map(String::strip).filter(alias -> !alias.isEmpty()).toList();
  }

  /** Notes aliases that are a name or an alias of another property too; to be called at the end. */
  void checkAliases() {
    Set<String> taken = new HashSet<>(ownNames);
    for (Alias alias : aliases) {
      if (!taken.add(alias.name())) {
        alias
            .place()
            .problem(
                "customProperties",
                "the alias " + Place.quote(alias.name()) + " names another property too",
                "remove it from one of them");
      }
    }
  }

  private record Alias(String name, Place place) {}
}
