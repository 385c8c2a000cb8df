package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tests for values being in a set, which is held in the type of the field. */
final class ValueSets {
  private static final int MOST_SHOWN = 10;

  private ValueSets() {}

  /**
   * The values of the set that the field can have at all. Sorted sets find decimals by value
   * ({@code 1.0} is {@code 1.00}) and allocate nothing; hashing is faster for strings.
   */
  private static Set<Object> typed(ContractField field, List<String> values) {
    boolean nested =
        field.logicalType() == LogicalType.OBJECT || field.logicalType() == LogicalType.ARRAY;
    if (nested && !values.isEmpty()) {
      throw new IllegalArgumentException(
          "a field of the type " + field.logicalType().keyword() + " has no single values");
    }
    Set<Object> set = field.logicalType() == LogicalType.STRING ? new HashSet<>() : new TreeSet<>();
    values.forEach(value -> TypedValues.parse(field, value).ifPresent(set::add));
    return set;
  }

  private static String shown(List<String> values) {
    String shown =
        values.stream().limit(MOST_SHOWN).map(ShownValue::quoted).collect(Collectors.joining(", "));
    int more = values.size() - MOST_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** One of the values, or null. */
  static final class OneOf implements ValueTest {
    private final Set<Object> values;
    private final String problem;

    OneOf(ContractField field, List<String> values) {
      this.values = typed(field, values);
      this.problem = "is none of the values " + shown(values);
    }

    @Override
    public boolean test(@Nullable Object value) {
      return value == null || values.contains(value);
    }

    @Override
    public String problem() {
      return problem;
    }
  }

  /** Neither null nor one of the spellings of a missing value. */
  static final class NotMissing implements ValueTest {
    private final Set<Object> missing;
    private final String problem;

    NotMissing(ContractField field, List<String> missing) {
      this.missing = typed(field, missing);
      this.problem =
          "counts as missing (missing are: null"
              + (missing.isEmpty() ? ")" : ", " + shown(missing) + ")");
    }

    @Override
    public boolean test(@Nullable Object value) {
      return value != null && !missing.contains(value);
    }

    @Override
    public String problem() {
      return problem;
    }
  }
}
