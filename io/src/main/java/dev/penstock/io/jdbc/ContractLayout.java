package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowKey;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.Deletions;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/** Derives a table from a contract, and says everything that stands in the way at once. */
final class ContractLayout {
  private final DataContract contract;
  private final Dialect dialect;
  private final List<String> problems = new ArrayList<>();

  private ContractLayout(DataContract contract, Dialect dialect) {
    this.contract = contract;
    this.dialect = dialect;
  }

  static TableLayout of(
      DataContract contract,
      Dialect dialect,
      WriteMode mode,
      @Nullable String table,
      @Nullable String versionField,
      @Nullable Deletions changes) {
    ContractLayout builder = new ContractLayout(contract, dialect);
    TableName name = TableName.parse(table == null ? contract.tableName() : table);
    TableLayout layout = builder.layout(name, mode, versionField, changes);
    if (!builder.problems.isEmpty()) {
      throw new DestinationException(builder.problems);
    }
    return layout;
  }

  private TableLayout layout(
      TableName name, WriteMode mode, @Nullable String versionField, @Nullable Deletions changes) {
    checkName(name.table());
    if (name.schema() != null) {
      checkName(name.schema());
    }
    List<Column> columns = new ArrayList<>();
    for (ContractField field : contract.fields()) {
      columns.add(column(field));
    }
    checkDuplicates(columns);
    columns.addAll(BookkeepingColumns.of(dialect));
    RowKey key = RowKey.of(contract, mode, versionField, problems);
    TableLayout.Removal removal = null;
    if (changes != null) {
      key = versionField == null ? byVersion(key, mode) : key;
      columns.addAll(BookkeepingColumns.ofChanges(dialect));
      boolean removes = mode == WriteMode.UPSERT && changes == Deletions.HARD;
      if (removes) {
        TableName tombstones = name.withSuffix("_penstock_deleted");
        checkName(tombstones.table());
        removal = new TableLayout.Removal(BookkeepingColumns.deleted(dialect), tombstones);
      } else {
        columns.add(BookkeepingColumns.deleted(dialect));
        columns.replaceAll(this::known);
      }
    }
    return new TableLayout(
        name,
        List.copyOf(columns),
        key.columns(),
        key.version(),
        key.conflict(),
        contract.description(),
        removal);
  }

  /** Of a row that is deleted, its key alone may be known. */
  private Column known(Column column) {
    boolean ours = column.name().startsWith(Bookkeeping.PREFIX);
    return ours ? column : column.optional();
  }

  /** Changes bring the version of their rows with them. */
  private static RowKey byVersion(RowKey key, WriteMode mode) {
    if (mode == WriteMode.APPEND) {
      return key;
    }
    List<String> columns =
        key.columns().stream()
            .map(column -> column.equals(Bookkeeping.ID) ? Bookkeeping.VERSION : column)
            .toList();
    RowKey.Conflict conflict =
        mode == WriteMode.HISTORY ? RowKey.Conflict.LAST : RowKey.Conflict.NEWEST;
    return new RowKey(columns, Bookkeeping.VERSION, conflict);
  }

  private void checkName(String name) {
    dialect
        .nameProblem(name)
        .ifPresent(problem -> problems.add("Contract " + contract.id() + ": " + problem));
  }

  private void checkDuplicates(List<Column> columns) {
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      String name = dialect.foldsCase() ? column.name().toLowerCase(Locale.ROOT) : column.name();
      if (!seen.add(name)) {
        problems.add(
            "Contract " + contract.id() + " has the column name '" + column.name() + "' twice");
      }
      if (name.toLowerCase(Locale.ROOT).startsWith(Bookkeeping.PREFIX)) {
        problems.add(
            "Column '" + column.name() + "': names that begin with _penstock_ are reserved");
      }
    }
  }

  private Column column(ContractField field) {
    checkName(field.columnName());
    ColumnKind kind = kind(field);
    boolean declared = field.precision() > 0;
    int precision = field.precision();
    int scale = field.scale();
    int most = dialect.maxPrecision();
    if (kind == ColumnKind.DECIMAL && most > 0) {
      if (precision > most) {
        problems.add(
            "Field '"
                + field.name()
                + "' asks for "
                + precision
                + " digits; this database has "
                + most
                + " at most. Use physicalType DECIMAL("
                + most
                + ","
                + Math.min(scale, most)
                + "), or another database");
      } else if (!declared) {
        precision = most;
        scale = field.logicalType() == LogicalType.INTEGER ? 0 : 9;
      }
    }
    return new Column(
        field.columnName(),
        field.name(),
        kind,
        dialect.type(kind, precision, scale, size(field, kind)),
        precision,
        scale,
        declared,
        field.required(),
        field.description(),
        0);
  }

  private static int size(ContractField field, ColumnKind kind) {
    if (kind == ColumnKind.TEXT) {
      return field.maxLength();
    }
    if (kind != ColumnKind.INTEGER) {
      return 0;
    }
    return switch (field.physicalType().orElse("").strip().toUpperCase(Locale.ROOT)) {
      case "SMALLINT", "INT2", "TINYINT" -> 2;
      case "INT", "INTEGER", "INT4", "MEDIUMINT" -> 4;
      default -> 8;
    };
  }

  private static ColumnKind kind(ContractField field) {
    return switch (field.logicalType()) {
      case STRING -> ColumnKind.TEXT;
      case DATE -> ColumnKind.DATE;
      case TIME -> ColumnKind.TIME;
      case TIMESTAMP -> field.zoned() ? ColumnKind.INSTANT : ColumnKind.LOCAL_TIMESTAMP;
      case BOOLEAN -> ColumnKind.BOOLEAN;
      case OBJECT, ARRAY -> ColumnKind.JSON;
      case INTEGER, NUMBER -> number(field.fieldType().getTypeName());
    };
  }

  private static ColumnKind number(TypeName type) {
    return switch (type) {
      case DOUBLE -> ColumnKind.DOUBLE;
      case FLOAT -> ColumnKind.FLOAT;
      case BYTE, INT16, INT32, INT64 -> ColumnKind.INTEGER;
      default -> ColumnKind.DECIMAL;
    };
  }
}
