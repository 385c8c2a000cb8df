package dev.penstock.io.dataset;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * The folders that a contract's partition fields make, in the style of Hive: {@code
 * day=2019-10-01}.
 *
 * <p>Readers take what a folder says over what the file says, as a text whose type they guess, and
 * null as a word. So a folder has the name of its column only where nothing can come of that: for a
 * required date or integer. Elsewhere it has a name of its own, and the column stays exact.
 */
public final class Partitioning {
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final long SECONDS_PER_DAY = 86_400;

  /** Stands in a key where a row has no value, or an empty text, which no folder can be named. */
  private enum Missing {
    VALUE
  }

  private final ContractField[] fields;
  private final String[] names;
  private final int[] indexes;
  private final long[] days;
  private List<Object> lastKey = List.of();

  private Partitioning(DataContract contract) {
    this.fields = contract.partitionFields().toArray(new ContractField[0]);
    this.names = new String[fields.length];
    this.indexes = new int[fields.length];
    this.days = new long[fields.length];
    Set<String> columns = new HashSet<>();
    contract.fields().forEach(field -> columns.add(lower(field.columnName())));
    for (int i = 0; i < fields.length; i++) {
      indexes[i] = contract.fields().indexOf(fields[i]);
      names[i] = name(fields[i], columns);
    }
  }

  /** The partitioning of a contract; an instance serves one thread. */
  public static Partitioning of(DataContract contract) {
    return new Partitioning(contract);
  }

  private static String name(ContractField field, Set<String> columns) {
    String column = field.columnName();
    String name =
        switch (field.logicalType()) {
          case DATE, INTEGER -> field.required() ? column : column + "_part";
          case TIMESTAMP -> column + "_date";
          case STRING, BOOLEAN, TIME, NUMBER -> column + "_part";
          case OBJECT, ARRAY ->
              throw new IllegalArgumentException(
                  "Field '" + field.name() + "' is nested and cannot partition a data set");
        };
    if (isFloating(field)) {
      throw new IllegalArgumentException(
          "Field '"
              + field.name()
              + "' is a floating-point number and cannot partition a data set. Make it a decimal,"
              + " or remove 'partitioned'");
    }
    if (!name.equals(column) && columns.contains(lower(name))) {
      throw new IllegalArgumentException(
          "The partition folders of field '"
              + field.name()
              + "' are named "
              + name
              + "=…, and there is a column of that name. Rename one of them by physicalName");
    }
    return name;
  }

  private static boolean isFloating(ContractField field) {
    TypeName type = field.fieldType().getTypeName();
    return type == TypeName.DOUBLE || type == TypeName.FLOAT;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  boolean isNone() {
    return fields.length == 0;
  }

  /** The names of the folders, from the outside in. */
  public List<String> names() {
    return List.of(names);
  }

  /** What all rows of one folder have in common, and no others. */
  List<Object> key(Row row) {
    boolean same = !lastKey.isEmpty();
    for (int i = 0; same && i < fields.length; i++) {
      same = stays(i, row.getValue(indexes[i]));
    }
    if (!same) {
      List<Object> key = new ArrayList<>(fields.length);
      for (int i = 0; i < fields.length; i++) {
        Object part = part(fields[i], row.getValue(indexes[i]));
        days[i] = part instanceof Long day ? day : 0;
        key.add(part);
      }
      lastKey = key;
    }
    return lastKey;
  }

  /** Whether a value belongs into the folder of the row before; most do, and this is quick. */
  private boolean stays(int field, @Nullable Object value) {
    Object last = lastKey.get(field);
    if (value instanceof Instant instant) {
      return last != Missing.VALUE && days[field] == day(instant);
    }
    return last.equals(part(fields[field], value));
  }

  private static long day(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY);
  }

  private static Object part(ContractField field, @Nullable Object value) {
    if (value == null || value.equals("")) {
      return Missing.VALUE;
    }
    return switch (field.logicalType()) {
      case TIMESTAMP -> (Long) day((Instant) value);
      case NUMBER -> value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
      default -> value;
    };
  }

  /**
   * The folder of rows with this key, relative to that of the table; empty or ending in a slash.
   */
  String folder(List<Object> key) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < fields.length; i++) {
      path.append(PathText.of(names[i])).append('=').append(text(fields[i], key.get(i)));
      path.append('/');
    }
    return path.toString();
  }

  private static String text(ContractField field, Object part) {
    // A text that spells this word gets another folder: its first letter is escaped.
    if (part == Missing.VALUE) {
      return NULL;
    }
    String text =
        switch (field.logicalType()) {
          case TIMESTAMP -> LocalDate.ofEpochDay((Long) part).toString();
          case NUMBER -> ((BigDecimal) part).toPlainString();
          case TIME -> ((LocalTime) part).toString();
          default -> part.toString();
        };
    return PathText.of(text);
  }
}
