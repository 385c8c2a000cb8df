package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.RowKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as a contract has it, and how rows are merged into it.
 *
 * @param ref table
 * @param columns all columns, those of the contract first
 * @param key what identifies a row, and which one stays
 * @param partition what its storage is divided by, or null
 * @param clustering columns that rows are sorted by in storage
 * @param description what people read of the table, or empty
 * @param labels labels of the table
 */
record TableLayout(
    TableRef ref,
    List<Column> columns,
    RowKey key,
    @Nullable Partition partition,
    List<String> clustering,
    String description,
    Map<String, String> labels)
    implements Serializable {

  /**
   * A division by time.
   *
   * @param column column with the time
   * @param granularity HOUR, DAY, MONTH or YEAR
   */
  record Partition(String column, ColumnType type, String granularity) implements Serializable {
    String sql() {
      String name = Sql.quoted(column);
      boolean days = granularity.equals("DAY");
      return switch (type) {
        case DATE -> days ? name : "DATE_TRUNC(" + name + ", " + granularity + ")";
        case DATETIME -> "DATETIME_TRUNC(" + name + ", " + granularity + ")";
        default -> "TIMESTAMP_TRUNC(" + name + ", " + granularity + ")";
      };
    }
  }

  TableLayout withColumns(List<Column> others) {
    return new TableLayout(
        ref, List.copyOf(others), key, partition, clustering, description, labels);
  }

  /** The columns, each made into SQL text, separated by commas. */
  String columnSql(java.util.function.Function<Column, String> each) {
    return columns.stream().map(each).collect(Collectors.joining(", "));
  }

  boolean keyed(Column column) {
    return key.columns().contains(column.name());
  }

  /** Columns without which nothing can be written. */
  boolean essential(Column column) {
    return keyed(column)
        || column.name().equals(key.version())
        || column.name().startsWith(Bookkeeping.PREFIX);
  }

  /** The table as the service's interface describes it. */
  Table table() {
    Table table =
        new Table()
            .setTableReference(ref.reference())
            .setSchema(schema())
            .setTableConstraints(
                new TableConstraints()
                    .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(key.columns())))
            .setLabels(new TreeMap<>(labels));
    if (!description.isEmpty()) {
      table.setDescription(description);
    }
    if (partition != null) {
      table.setTimePartitioning(
          new TimePartitioning().setField(partition.column()).setType(partition.granularity()));
    }
    if (!clustering.isEmpty()) {
      table.setClustering(new Clustering().setFields(clustering));
    }
    return table;
  }

  TableSchema schema() {
    return new TableSchema().setFields(columns.stream().map(Column::schema).toList());
  }

  /** The statement that would create the table. */
  String ddl() {
    String constraint =
        key.columns().stream()
            .map(Sql::quoted)
            .collect(Collectors.joining(", ", "  PRIMARY KEY (", ") NOT ENFORCED"));
    String definitions =
        columns.stream()
            .map(column -> "  " + column.quoted() + " " + column.definition())
            .collect(Collectors.joining(",\n"));
    StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ").append(ref.sql());
    sql.append(" (\n").append(definitions).append(",\n").append(constraint).append("\n)");
    if (partition != null) {
      sql.append("\nPARTITION BY ").append(partition.sql());
    }
    if (!clustering.isEmpty()) {
      sql.append("\nCLUSTER BY ")
          .append(clustering.stream().map(Sql::quoted).collect(Collectors.joining(", ")));
    }
    List<String> options = new ArrayList<>();
    if (!description.isEmpty()) {
      options.add("description=" + Sql.literal(description));
    }
    if (!labels.isEmpty()) {
      options.add(
          new TreeMap<>(labels)
              .entrySet().stream()
                  .map(
                      label ->
                          "("
                              + Sql.literal(label.getKey())
                              + ", "
                              + Sql.literal(label.getValue())
                              + ")")
                  .collect(Collectors.joining(", ", "labels=[", "]")));
    }
    if (!options.isEmpty()) {
      sql.append("\nOPTIONS(").append(String.join(", ", options)).append(')');
    }
    return sql.toString();
  }
}
