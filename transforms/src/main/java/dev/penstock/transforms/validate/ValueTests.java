package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Makes the test that a rule stands for, in the type of its field. */
final class ValueTests {
  private ValueTests() {}

  static ValueTest of(Rule rule, ContractField field) {
    BigDecimal bound = rule.bound();
    return switch (rule.kind()) {
      case REQUIRED -> new Present();
      case NOT_MISSING -> new ValueSets.NotMissing(field, rule.values());
      case ENUM -> new ValueSets.OneOf(field, rule.values());
      case MIN_LENGTH -> {
        int least = whole(bound);
        yield text(field, v -> atLeast(v, least), "is shorter than " + characters(least));
      }
      case MAX_LENGTH -> {
        int most = whole(bound);
        yield text(field, v -> atMost(v, most), "is longer than " + characters(most));
      }
      case PATTERN -> {
        type(field, LogicalType.STRING);
        yield new PatternTest(rule.regex(), rule.text());
      }
      case FORMAT -> {
        StringFormat format = StringFormat.of(rule.text());
        yield text(field, format::matches, "is not " + format.description());
      }
      case MINIMUM, MAXIMUM, EXCLUSIVE_MINIMUM, EXCLUSIVE_MAXIMUM -> BoundTests.of(rule, field);
      case MULTIPLE_OF -> NumberTests.multipleOf(bound, field);
      case PRECISION -> NumberTests.precision(whole(bound), rule.scale(), field);
      case MIN_ITEMS -> {
        int least = whole(bound);
        yield list(field, v -> v.size() >= least, "has fewer than " + least + " items");
      }
      case MAX_ITEMS -> {
        int most = whole(bound);
        yield list(field, v -> v.size() <= most, "has more than " + most + " items");
      }
      case UNIQUE_ITEMS -> list(field, ItemUniqueness::holds, "has an item twice");
      case MIN_PROPERTIES -> {
        int least = whole(bound);
        yield row(field, v -> present(v) >= least, "has fewer than " + properties(least));
      }
      case MAX_PROPERTIES -> {
        int most = whole(bound);
        yield row(field, v -> present(v) <= most, "has more than " + properties(most));
      }
      case REQUIRED_PROPERTIES -> requiredProperties(field, rule.values());
    };
  }

  private static ValueTest requiredProperties(ContractField field, List<String> names) {
    List<String> known = field.properties().stream().map(ContractField::name).toList();
    List<String> unknown = names.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the object has no properties " + unknown + "; it has " + known);
    }
    int[] indexes = names.stream().mapToInt(known::indexOf).toArray();
    String problem =
        "lacks one of its required properties "
            + names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    return row(field, value -> allPresent(value, indexes), problem);
  }

  private static boolean allPresent(Row row, int[] indexes) {
    for (int index : indexes) {
      if (row.getValue(index) == null) {
        return false;
      }
    }
    return true;
  }

  private static int present(Row row) {
    int present = 0;
    for (int i = 0; i < row.getFieldCount(); i++) {
      if (row.getValue(i) != null) {
        present++;
      }
    }
    return present;
  }

  /** Counts code points only where the number of chars leaves it open. */
  private static boolean atMost(String text, int most) {
    return text.length() <= most || text.codePointCount(0, text.length()) <= most;
  }

  private static boolean atLeast(String text, int least) {
    return text.length() >= least
        && (text.length() >= 2L * least || text.codePointCount(0, text.length()) >= least);
  }

  private static String characters(int count) {
    return count == 1 ? "1 character" : count + " characters";
  }

  private static String properties(int count) {
    return count == 1 ? "1 property with a value" : count + " properties with a value";
  }

  private static int whole(BigDecimal bound) {
    try {
      return bound.intValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "its bound " + bound.toPlainString() + " is not a whole number that fits 31 bits", e);
    }
  }

  static void type(ContractField field, LogicalType wanted) {
    if (field.logicalType() != wanted) {
      throw new IllegalArgumentException(
          "it is for fields of the type "
              + wanted.keyword()
              + ", and this one is "
              + field.logicalType().keyword());
    }
  }

  private static ValueTest text(ContractField field, Predicate<String> test, String problem) {
    type(field, LogicalType.STRING);
    return new Typed<>(String.class, test, problem);
  }

  @SuppressWarnings("rawtypes") // A class literal knows no type parameter.
  private static ValueTest list(ContractField field, Predicate<List> test, String problem) {
    type(field, LogicalType.ARRAY);
    return new Typed<>(List.class, test, problem);
  }

  private static ValueTest row(ContractField field, Predicate<Row> test, String problem) {
    type(field, LogicalType.OBJECT);
    return new Typed<>(Row.class, test, problem);
  }

  /** Null satisfies it; other values are of the type that the field's schema gives. */
  record Typed<T>(Class<T> type, Predicate<T> accepts, String problem) implements ValueTest {
    @Override
    public boolean test(@Nullable Object value) {
      return value == null || accepts.test(type.cast(value));
    }
  }

  private record Present() implements ValueTest {
    @Override
    public boolean test(@Nullable Object value) {
      return value != null;
    }

    @Override
    public String problem() {
      return "a value is required, but there is none";
    }
  }
}
