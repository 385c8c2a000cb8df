package dev.penstock.io.jdbc;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
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
      @Nullable String versionField) {
    ContractLayout builder = new ContractLayout(contract, dialect);
    TableName name = TableName.parse(table == null ? contract.tableName() : table);
    TableLayout layout = builder.layout(name, mode, versionField);
    if (!builder.problems.isEmpty()) {
      throw new DestinationException(builder.problems);
    }
    return layout;
  }

  private TableLayout layout(TableName name, WriteMode mode, @Nullable String versionField) {
    checkName(name.table());
    if (name.schema() != null) {
      checkName(name.schema());
    }
    List<Column> columns = new ArrayList<>();
    for (ContractField field : contract.fields()) {
      columns.add(column(field));
    }
    checkDuplicates(columns);
    columns.addAll(Bookkeeping.columns(dialect));
    String version = versionField == null ? null : version(versionField, mode);
    return new TableLayout(
        name,
        List.copyOf(columns),
        key(mode, version),
        version,
        conflict(mode, version),
        contract.description());
  }

  private static TableLayout.Conflict conflict(WriteMode mode, @Nullable String version) {
    return switch (mode) {
      case APPEND -> TableLayout.Conflict.IGNORE;
      case UPSERT -> TableLayout.Conflict.NEWEST;
      case HISTORY -> version == null ? TableLayout.Conflict.IGNORE : TableLayout.Conflict.LAST;
    };
  }

  private List<String> key(WriteMode mode, @Nullable String version) {
    if (mode == WriteMode.APPEND) {
      return List.of(Bookkeeping.ID);
    }
    List<String> key = new ArrayList<>();
    contract.primaryKey().forEach(field -> key.add(field.columnName()));
    if (key.isEmpty()) {
      problems.add(
          "Mode "
              + mode.name().toLowerCase(Locale.ROOT)
              + " needs a primary key, and contract "
              + contract.id()
              + " has none: give its key fields primaryKey: true, or use mode append");
    }
    for (ContractField field : contract.primaryKey()) {
      if (kind(field) == ColumnKind.JSON) {
        problems.add(
            "Field '" + field.name() + "' is nested and cannot be part of the primary key");
      }
    }
    if (mode == WriteMode.HISTORY) {
      key.add(version == null ? Bookkeeping.ID : version);
    }
    return key.stream().distinct().toList();
  }

  private @Nullable String version(String name, WriteMode mode) {
    ContractField field = contract.field(name).orElse(null);
    if (field == null) {
      problems.add(
          "The version field '"
              + name
              + "' is not in contract "
              + contract.id()
              + ". Its fields are: "
              + String.join(", ", contract.fields().stream().map(ContractField::name).toList()));
      return null;
    }
    switch (field.logicalType()) {
      case INTEGER, NUMBER, DATE, TIMESTAMP -> {}
      default ->
          problems.add(
              "The version field '"
                  + name
                  + "' is a "
                  + field.logicalType().keyword()
                  + ", whose order is not that of its versions (\"10\" sorts before \"9\"). Use an"
                  + " integer, number, date or timestamp field");
    }
    if (mode == WriteMode.HISTORY && !field.required()) {
      problems.add(
          "Mode history keeps one row for each key and version, so the version field '"
              + name
              + "' needs required: true in contract "
              + contract.id());
    }
    return field.columnName();
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
        field.description());
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
