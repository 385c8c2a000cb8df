package dev.penstock.transforms.parse;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which column of a header belongs to which field of a contract. Names are tried in the order of
 * the field's source names, exactly first, then without regard to case and surrounding spaces; a
 * column that a better name has claimed is not given away again.
 */
final class ColumnMapping {
  private final List<ContractField> fields;
  private final List<String> columns;
  private final int[] columnOf;
  private final Set<Integer> claimed = new HashSet<>();
  private final List<String> ambiguous = new ArrayList<>();

  private ColumnMapping(List<ContractField> fields, List<String> columns) {
    this.fields = fields;
    this.columns = columns;
    this.columnOf = new int[fields.size()];
    Arrays.fill(columnOf, -1);
  }

  /** Maps by name. */
  static ColumnMapping byName(DataContract contract, List<String> columns) {
    ColumnMapping mapping = new ColumnMapping(contract.fields(), columns);
    mapping.claim(false);
    mapping.claim(true);
    return mapping;
  }

  private void claim(boolean loosely) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      places.computeIfAbsent(key(columns.get(i), loosely), k -> new ArrayList<>()).add(i);
    }
    int ranks = fields.stream().mapToInt(field -> field.sourceNames().size()).max().orElse(0);
    for (int rank = 0; rank < ranks; rank++) {
      for (int i = 0; i < columnOf.length; i++) {
        List<String> names = fields.get(i).sourceNames();
        if (columnOf[i] < 0 && rank < names.size()) {
          claim(i, places.getOrDefault(key(names.get(rank), loosely), List.of()));
        }
      }
    }
  }

  private static String key(String name, boolean loosely) {
    return loosely ? name.strip().toLowerCase(Locale.ROOT) : name;
  }

  private void claim(int field, List<Integer> places) {
    List<Integer> free = places.stream().filter(place -> !claimed.contains(place)).toList();
    if (free.isEmpty()) {
      return;
    }
    columnOf[field] = free.get(0);
    claimed.addAll(free);
    if (free.size() > 1) {
      ambiguous.add(
          "has "
              + free.size()
              + " columns for the field '"
              + fields.get(field).name()
              + "' (columns "
              + String.join(", ", free.stream().map(this::describe).toList())
              + "); keep one or rename the others");
    }
  }

  private String describe(int column) {
    return (column + 1) + " '" + columns.get(column) + "'";
  }

  /** Index of the column of each field, or -1. */
  int[] columnOf() {
    return columnOf.clone();
  }

  /** What is wrong, each with the way out; the file's name goes in front. */
  List<String> problems(ExtraColumns extraColumns) {
    List<String> problems = new ArrayList<>(ambiguous);
    List<Integer> extra = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!claimed.contains(i)) {
        extra.add(i);
      }
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < columnOf.length; i++) {
      if (columnOf[i] < 0) {
        missing.addAll(fields.get(i).sourceNames());
        if (fields.get(i).required() || fields.get(i).primaryKeyPosition() > 0) {
          problems.add(missing(fields.get(i), extra.stream().map(columns::get).toList()));
        }
      }
    }
    if (extraColumns == ExtraColumns.FAIL) {
      extra.forEach(column -> problems.add(extra(column, missing)));
    }
    return problems;
  }

  private static String missing(ContractField field, List<String> candidates) {
    String near = NearestName.of(field.name(), candidates);
    for (String name : field.sourceNames()) {
      near = near == null ? NearestName.of(name, candidates) : near;
    }
    String names = String.join("', '", field.sourceNames());
    return "has no column for the required field '"
        + field.name()
        + "' (looked for '"
        + names
        + "')"
        + (near == null ? "" : "; did you mean the column '" + near + "'?")
        + "; rename the column, or add its name to the field's aliases in the contract";
  }

  private String extra(int column, List<String> missing) {
    String near = NearestName.of(columns.get(column), missing);
    return "has a column "
        + describe(column)
        + " that the contract has not"
        + (near == null ? "" : "; did you mean '" + near + "'?")
        + "; add it to the contract, or ignore it with --extraColumns=ignore";
  }
}
