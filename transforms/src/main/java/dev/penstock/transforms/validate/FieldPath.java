package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * The way from a row to the values that a rule speaks of: field indexes, and {@code []} for each
 * item of an array. A path with {@code []} leads to many values; one of them may break the rule.
 */
final class FieldPath {
  private static final int EACH_ITEM = -1;

  private final String text;
  private final int[] steps;
  private final String[] names;
  private final ContractField field;
  private final boolean masked;

  private FieldPath(String text, Resolver resolver) {
    this.text = text;
    this.steps = resolver.steps.stream().mapToInt(Integer::intValue).toArray();
    this.names = resolver.names.toArray(new String[0]);
    this.field = resolver.fields.get(resolver.fields.size() - 1);
    this.masked = resolver.fields.stream().anyMatch(ContractField::masked) || anyMasked(this.field);
  }

  /** Finds the field, or throws an {@link IllegalArgumentException} that lists those there are. */
  static FieldPath of(DataContract contract, String path) {
    Resolver resolver = new Resolver();
    if (!resolver.resolve(contract.fields(), path)) {
      throw new IllegalArgumentException(
          "The contract '"
              + contract.id()
              + "' has a rule for '"
              + path
              + "', which is none of its fields: "
              + String.join(", ", contract.fields().stream().map(ContractField::name).toList()));
    }
    return new FieldPath(path, resolver);
  }

  private static boolean anyMasked(ContractField field) {
    return field.masked()
        || field.properties().stream().anyMatch(FieldPath::anyMasked)
        || field.items().map(FieldPath::anyMasked).orElse(false);
  }

  /** The contract's field that the path ends at; the items' own for a path that ends in []. */
  ContractField field() {
    return field;
  }

  /** The path as the contract writes it. */
  String text() {
    return text;
  }

  /** Index of the top-level field that the path begins with. */
  int top() {
    return steps[0];
  }

  /** Whether the path leads to the value of a top-level field itself. */
  boolean isTopLevel() {
    return steps.length == 1;
  }

  /** Whether values of this field must not be shown. */
  boolean masked() {
    return masked;
  }

  /**
   * Whether all values satisfy the test. Where an object or array on the way is null, its parts are
   * not asked for: they are absent together with it.
   */
  boolean allSatisfy(Row row, ValueTest test) {
    return allSatisfyFrom(row.<Object>getValue(steps[0]), test);
  }

  /** The same, given the value of the top-level field. */
  boolean allSatisfyFrom(@Nullable Object top, ValueTest test) {
    return satisfies(top, 1, test, true);
  }

  /** As {@link #allSatisfy}, but the parts of what is null are null themselves. */
  boolean allSatisfyOrAbsent(Row row, ValueTest test) {
    return satisfies(row.getValue(steps[0]), 1, test, false);
  }

  /** The one value that a path without [] leads to; null as well where a part of the way is. */
  @Nullable Object value(Row row) {
    return valueFrom(row.<Object>getValue(steps[0]));
  }

  /** The same, given the value of the top-level field. */
  @Nullable Object valueFrom(@Nullable Object top) {
    Object value = top;
    for (int i = 1; i < steps.length && value != null && steps[i] != EACH_ITEM; i++) {
      value = ((Row) value).getValue(steps[i]);
    }
    return value;
  }

  private boolean satisfies(
      @Nullable Object value, int step, ValueTest test, boolean absentSatisfies) {
    if (step == steps.length) {
      return test.test(value);
    }
    if (value == null) {
      return absentSatisfies || test.test(null);
    }
    if (steps[step] != EACH_ITEM) {
      return satisfies(((Row) value).getValue(steps[step]), step + 1, test, absentSatisfies);
    }
    List<?> items = (List<?>) value;
    for (int i = 0; i < items.size(); i++) {
      if (!satisfies(items.get(i), step + 1, test, absentSatisfies)) {
        return false;
      }
    }
    return true;
  }

  /** The first value that fails the test, with its place; only asked for when there is one. */
  Offender firstOffender(@Nullable Object top, ValueTest test) {
    Offender offender = offender(top, 1, test, names[0]);
    if (offender == null) {
      throw new IllegalStateException("Every value of '" + text + "' satisfies the rule");
    }
    return offender;
  }

  private @Nullable Offender offender(
      @Nullable Object value, int step, ValueTest test, String place) {
    if (step == steps.length) {
      return test.test(value) ? null : new Offender(place, value);
    }
    if (value == null) {
      return null;
    }
    if (steps[step] != EACH_ITEM) {
      Object part = ((Row) value).getValue(steps[step]);
      return offender(part, step + 1, test, place + "." + names[step]);
    }
    List<?> items = (List<?>) value;
    for (int i = 0; i < items.size(); i++) {
      Offender offender = offender(items.get(i), step + 1, test, place + "[" + i + "]");
      if (offender != null) {
        return offender;
      }
    }
    return null;
  }

  /** A value that breaks a rule, and its place in the row, such as {@code tags[2]}. */
  record Offender(String place, @Nullable Object value) {}

  /** Takes a path apart. Names may themselves hold dots, so that every way to read it is tried. */
  private static final class Resolver {
    private final java.util.ArrayList<Integer> steps = new java.util.ArrayList<>();
    private final java.util.ArrayList<String> names = new java.util.ArrayList<>();
    private final java.util.ArrayList<ContractField> fields = new java.util.ArrayList<>();

    boolean resolve(List<ContractField> candidates, String rest) {
      for (int i = 0; i < candidates.size(); i++) {
        ContractField candidate = candidates.get(i);
        if (rest.startsWith(candidate.name())) {
          push(i, candidate.name(), candidate);
          if (follow(candidate, rest.substring(candidate.name().length()))) {
            return true;
          }
          pop();
        }
      }
      return false;
    }

    private boolean follow(ContractField field, String rest) {
      if (rest.isEmpty()) {
        return true;
      }
      if (rest.startsWith("[]") && field.items().isPresent()) {
        push(EACH_ITEM, "[]", field.items().get());
        if (follow(field.items().get(), rest.substring(2))) {
          return true;
        }
        pop();
        return false;
      }
      return rest.startsWith(".") && resolve(field.properties(), rest.substring(1));
    }

    private void push(int step, String name, ContractField field) {
      steps.add(step);
      names.add(name);
      fields.add(field);
    }

    private void pop() {
      int last = steps.size() - 1;
      steps.remove(last);
      names.remove(last);
      fields.remove(last);
    }
  }
}
