package dev.penstock.pipelines.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What has been seen of one column. Memory does not grow with the file, but for unique values. */
final class ColumnProfile {
  /** Formats of strings, by the name that contracts give them. */
  private static final TreeMap<String, Pattern> FORMATS =
      new TreeMap<>(
          java.util.Map.of(
              "email", Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+"),
              "ipv4", Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}"),
              "uri", Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://\\S+"),
              "uuid", Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")));

  private static final Pattern DECIMAL_COMMA = Pattern.compile("-?\\d{1,3}(\\.?\\d{3})*,\\d+");
  private static final int MOST_DISTINCT = 25;
  private static final int LONGEST_DISTINCT = 60;
  private static final int EXAMPLES = 3;

  private final String column;
  private final Distinct distinct = new Distinct();
  private final Numbers numbers = new Numbers();
  private final Booleans booleans = new Booleans();
  private final Temporals temporals = new Temporals();
  private final Set<String> formats = new TreeSet<>(FORMATS.keySet());
  private final List<String> examples = new ArrayList<>();
  private final TreeMap<String, Long> values = new TreeMap<>();
  private boolean manyValues;
  private boolean decimalCommas = true;
  private long present;
  private long absent;
  private long blank;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  ColumnProfile(String column) {
    this.column = column;
  }

  /** Takes the value of one record; null for a field without a character. */
  void add(@Nullable String value) {
    if (value == null) {
      absent++;
      return;
    }
    present++;
    String text = value.strip();
    if (text.isEmpty()) {
      // A text, but no value of any other type.
      blank++;
    }
    int length = value.codePointCount(0, value.length());
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
    distinct.add(value);
    formats.removeIf(format -> !matches(format, value));
    remember(value);
    if (!text.isEmpty()) {
      numbers.add(text);
      booleans.add(text);
      temporals.add(text);
      decimalCommas = decimalCommas && DECIMAL_COMMA.matcher(text).matches();
    }
  }

  private static boolean matches(String format, String value) {
    Pattern pattern = FORMATS.get(format);
    return pattern != null && value.length() < 500 && pattern.matcher(value).matches();
  }

  private void remember(String value) {
    if (!manyValues) {
      values.merge(value, 1L, Long::sum);
      manyValues = values.size() > MOST_DISTINCT || value.length() > LONGEST_DISTINCT;
      if (manyValues) {
        values.clear();
      }
    }
    if (examples.size() < EXAMPLES && !value.isBlank() && !examples.contains(value)) {
      examples.add(value);
    }
  }

  String column() {
    return column;
  }

  Distinct distinct() {
    return distinct;
  }

  Numbers numbers() {
    return numbers;
  }

  Booleans booleans() {
    return booleans;
  }

  Temporals temporals() {
    return temporals;
  }

  boolean decimalCommas() {
    return decimalCommas && present > blank;
  }

  /** A format that all values have; empty for none. */
  String format() {
    return present == 0 || formats.isEmpty() ? "" : formats.iterator().next();
  }

  /** The values and how often each occurs; empty when there are too many. */
  SortedMap<String, Long> values() {
    return values;
  }

  List<String> examples() {
    return examples;
  }

  /** Records with a value. */
  long present() {
    return present;
  }

  /** Records without one. */
  long absent() {
    return absent;
  }

  /** Values that are nothing but space. */
  long blank() {
    return blank;
  }

  /** Values that are more than space: those that can be of another type than text. */
  long filled() {
    return present - blank;
  }

  int shortest() {
    return present == 0 ? 0 : shortest;
  }

  int longest() {
    return longest;
  }
}
