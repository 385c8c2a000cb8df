package dev.penstock.io.bigquery;

import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowKey;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/** Derives a table from a contract, and says everything that stands in the way at once. */
final class ContractTable {
  /** https://cloud.google.com/bigquery/docs/schemas#column_names, without the flexible ones. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_]{0,299}");

  private static final List<String> RESERVED =
      List.of(
          "_TABLE_",
          "_FILE_",
          "_PARTITION",
          "_ROW_TIMESTAMP",
          "__ROOT__",
          "_COLIDENTIFIER",
          "_CHANGE_");

  private static final int MAX_KEY_COLUMNS = 16;
  private static final int MAX_DIGITS = 38;

  private final DataContract contract;
  private final List<String> problems = new ArrayList<>();

  private ContractTable(DataContract contract) {
    this.contract = contract;
  }

  static TableLayout of(
      DataContract contract, TableRef ref, WriteMode mode, @Nullable String versionField) {
    ContractTable builder = new ContractTable(contract);
    TableLayout layout = builder.layout(ref, mode, versionField);
    if (!builder.problems.isEmpty()) {
      throw new DestinationException(builder.problems);
    }
    return layout;
  }

  private TableLayout layout(TableRef ref, WriteMode mode, @Nullable String versionField) {
    String badName = TableRef.nameProblem(ref.table());
    if (badName != null) {
      problems.add(badName);
    }
    List<Column> columns = new ArrayList<>();
    contract.fields().forEach(field -> columns.add(column(field, "")));
    columns.addAll(bookkeeping());
    checkNames(columns);
    RowKey key = RowKey.of(contract, mode, versionField, problems);
    checkKey(columns, key);
    TableStorage storage = TableStorage.of(contract);
    return new TableLayout(
        ref,
        List.copyOf(columns),
        key,
        storage.partition(),
        storage.clustering(),
        contract.description(),
        Labels.of(contract));
  }

  /** The columns that Penstock adds, those of a key apart. */
  static List<Column> bookkeeping() {
    return List.of(
        bookkeeping(Bookkeeping.ID, ColumnType.STRING),
        bookkeeping(Bookkeeping.RUN, ColumnType.STRING),
        bookkeeping(Bookkeeping.SOURCE, ColumnType.STRING),
        bookkeeping(Bookkeeping.MODIFIED, ColumnType.INTEGER),
        bookkeeping(Bookkeeping.OFFSET, ColumnType.INTEGER));
  }

  private static Column bookkeeping(String name, ColumnType type) {
    return Column.plain(name, type, Mode.REQUIRED, Bookkeeping.description(name));
  }

  private void checkNames(List<Column> columns) {
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      String upper = column.name().toUpperCase(Locale.ROOT);
      if (!NAME.matcher(column.name()).matches() || RESERVED.stream().anyMatch(upper::startsWith)) {
        problems.add(
            "Field '"
                + column.field()
                + "': BigQuery allows no column name '"
                + column.name()
                + "', only letters, digits and underscores, not beginning with a digit nor with "
                + String.join(", ", RESERVED)
                + ". Give the field a physicalName");
      } else if (!seen.add(upper)) {
        problems.add(
            "Contract "
                + contract.id()
                + " has the column name '"
                + column.name()
                + "' twice (BigQuery does not tell upper from lower case)");
      }
      if (column.type() == ColumnType.RECORD) {
        checkNames(column.parts());
      }
    }
  }

  private void checkKey(List<Column> columns, RowKey key) {
    if (key.columns().size() > MAX_KEY_COLUMNS) {
      problems.add(
          "The primary key of contract "
              + contract.id()
              + " has "
              + key.columns().size()
              + " columns; BigQuery allows "
              + MAX_KEY_COLUMNS);
    }
    for (Column column : columns) {
      boolean keyed = key.columns().contains(column.name());
      if (keyed && (column.type() == ColumnType.FLOAT || column.type() == ColumnType.JSON)) {
        problems.add(
            "Field '"
                + column.field()
                + "' is "
                + column.type().sql()
                + " in BigQuery, which allows none in a key. Use a decimal or a text");
      }
    }
  }

  private Column column(ContractField field, String path) {
    String where = path + field.name();
    if (isJson(field)) {
      return simple(field, ColumnType.JSON);
    }
    return switch (field.logicalType()) {
      case STRING -> text(field);
      case DATE -> simple(field, ColumnType.DATE);
      case TIME -> simple(field, ColumnType.TIME);
      case TIMESTAMP -> simple(field, field.zoned() ? ColumnType.TIMESTAMP : ColumnType.DATETIME);
      case BOOLEAN -> simple(field, ColumnType.BOOLEAN);
      case INTEGER, NUMBER -> number(field, where);
      case OBJECT ->
          simple(field, ColumnType.RECORD)
              .withParts(
                  field.properties().stream().map(part -> column(part, where + ".")).toList());
      case ARRAY -> array(field, where);
    };
  }

  private static boolean isJson(ContractField field) {
    return field.physicalType().orElse("").strip().toUpperCase(Locale.ROOT).matches("JSONB?");
  }

  private static Column simple(ContractField field, ColumnType type) {
    return new Column(
        field.columnName(),
        field.name(),
        type,
        field.required() ? Mode.REQUIRED : Mode.NULLABLE,
        0,
        0,
        0,
        field.description(),
        List.of());
  }

  private static Column text(ContractField field) {
    Column column = simple(field, ColumnType.STRING);
    return column.as(column.type(), column.mode(), 0, 0, field.maxLength());
  }

  private Column array(ContractField field, String where) {
    ContractField items =
        field.items().orElseThrow(() -> new IllegalStateException("An array has items"));
    if (items.logicalType() == LogicalType.ARRAY && !isJson(items)) {
      problems.add(
          "Field '"
              + where
              + "' is a list of lists, which BigQuery cannot hold. Give it physicalType: JSON, or"
              + " make the inner list a part of an object");
      return simple(field, ColumnType.JSON);
    }
    Column item = column(items, where + "[].");
    return new Column(
        field.columnName(),
        field.name(),
        item.type(),
        Mode.REPEATED,
        item.precision(),
        item.scale(),
        item.length(),
        field.description(),
        item.parts());
  }

  private Column number(ContractField field, String where) {
    TypeName type = field.fieldType().getTypeName();
    return switch (type) {
      case DOUBLE, FLOAT -> simple(field, ColumnType.FLOAT);
      case BYTE, INT16, INT32, INT64 -> simple(field, ColumnType.INTEGER);
      default -> decimal(field, where);
    };
  }

  private Column decimal(ContractField field, String where) {
    int precision = field.precision();
    int scale = field.scale();
    if (precision == 0) {
      boolean whole = field.logicalType() == LogicalType.INTEGER;
      Column column = simple(field, whole ? ColumnType.BIGNUMERIC : ColumnType.NUMERIC);
      return whole ? column.as(column.type(), column.mode(), MAX_DIGITS, 0, 0) : column;
    }
    ColumnType type =
        fits(ColumnType.NUMERIC, precision, scale) ? ColumnType.NUMERIC : ColumnType.BIGNUMERIC;
    if (!fits(type, precision, scale)) {
      problems.add(
          "Field '"
              + where
              + "' asks for DECIMAL("
              + precision
              + ","
              + scale
              + "); BigQuery has 38 digits before and 38 after the point. Use another physicalType");
    }
    Column column = simple(field, type);
    return column.as(type, column.mode(), precision, scale, 0);
  }

  private static boolean fits(ColumnType type, int precision, int scale) {
    return scale <= type.maxScale() && precision - scale <= type.maxWholeDigits();
  }
}
