package dev.penstock.transforms.contract;

import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the names of the properties of one list, and sees to it that they can be told apart. */
final class FieldNames {
  private static final String RESERVED_PREFIX = "_penstock";

  private final boolean topLevel;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> columns = new HashMap<>();
  private final List<Alias> aliases = new ArrayList<>();
  private final Set<String> ownNames = new LinkedHashSet<>();

  FieldNames(boolean topLevel) {
    this.topLevel = topLevel;
  }

  /** Reads the names of one property into its field; false when it has no usable name. */
  boolean read(Place place, ContractField.Builder field) {
    String name = place.text("name").orElse("");
    if (name.isBlank()) {
      place.problem("the name is missing", "give the property a name");
      return false;
    }
    String column = place.text("physicalName").orElse(name);
    checkName(place, name);
    checkColumn(place, column);
    boolean isNew = names.putIfAbsent(name, name) == null;
    if (!isNew) {
      place.problem("name", "another property has this name already", "rename one of them");
    } else if (columns.putIfAbsent(column.toLowerCase(Locale.ROOT), column) != null) {
      place.problem(
          place.has("physicalName") ? "physicalName" : "name",
          "another property has the column name '"
              + columns.get(column.toLowerCase(Locale.ROOT))
              + "' already, and databases do not all tell upper from lower case",
          "give one of them another physicalName");
    }
    Set<String> sources = new LinkedHashSet<>(List.of(column, name));
    ownNames.addAll(sources);
    sources.addAll(readAliases(place, name));
    field.setName(name).setColumnName(column).setSourceNames(List.copyOf(sources));
    return isNew;
  }

  private void checkName(Place place, String name) {
    if (topLevel && isReserved(name)) {
      place.problem(
          "name", "the name '" + name + "' is reserved", "choose another name for the property");
    }
    if (name.contains(".") || name.contains("[") || name.contains("]")) {
      place.problem(
          "name",
          "the name '" + name + "' has a dot or bracket, which separate nested properties",
          "keep it as the physicalName, and choose a plain name");
    }
  }

  private void checkColumn(Place place, String column) {
    if (column.isBlank() || column.indexOf('\0') >= 0) {
      place.problem("physicalName", "this cannot name a column", "give a name, or remove it");
    } else if (topLevel && place.has("physicalName") && isReserved(column)) {
      place.problem(
          "physicalName", "the name '" + column + "' is reserved", "choose another column name");
    }
  }

  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(SourceRecord.FIELD) || lower.startsWith(RESERVED_PREFIX);
  }

  private List<String> readAliases(Place place, String owner) {
    List<String> read = new ArrayList<>();
    for (Place custom : place.list("customProperties")) {
      if (!custom.isMapping()) {
        custom.wrongKind("a custom property", "write it with the keys property and value");
      } else if (custom.text("property").filter("aliases"::equals).isPresent()) {
        read.addAll(aliasesOf(custom));
        read.forEach(alias -> aliases.add(new Alias(alias, owner, custom)));
      }
    }
    return read;
  }

  private static List<String> aliasesOf(Place custom) {
    boolean isList = custom.at("value").filter(Place::isSequence).isPresent();
    List<String> written =
        isList
            ? custom.texts("value")
            : Pattern.compile(",").splitAsStream(custom.text("value").orElse("")).toList();
    return written.stream().map(String::strip).filter(alias -> !alias.isEmpty()).toList();
  }

  /** Notes aliases that are a name or an alias of another property too. */
  void checkAliases() {
    Map<String, String> owners = new HashMap<>();
    for (Alias alias : aliases) {
      String owner = owners.putIfAbsent(alias.name(), alias.owner());
      if ((owner != null && !owner.equals(alias.owner())) || isNameOfAnother(alias)) {
        alias
            .place()
            .problem(
                "value",
                "the alias '" + alias.name() + "' names another property too",
                "remove it from one of them");
      }
    }
  }

  private boolean isNameOfAnother(Alias alias) {
    return ownNames.contains(alias.name()) && !alias.name().equals(alias.owner());
  }

  private record Alias(String name, String owner, Place place) {}
}
