package dev.penstock.io.bigquery;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How BigQuery stores a table's rows. It divides them by one column with a time, and sorts them by
 * up to four others. The contract's first partition field with a date or timestamp becomes the
 * division; its other partition fields come first in the sorting, then the fields with the custom
 * property {@code clusterKeyPosition}.
 */
record TableStorage(TableLayout.@Nullable Partition partition, List<String> clustering) {
  private static final int MAX_CLUSTERING = 4;
  private static final Set<String> GRANULARITIES = Set.of("HOUR", "DAY", "MONTH", "YEAR");

  static TableStorage of(DataContract contract) {
    TableLayout.Partition partition = null;
    List<String> clustering = new ArrayList<>();
    for (ContractField field : contract.partitionFields()) {
      ColumnType type = time(field);
      if (partition == null && type != null) {
        partition = new TableLayout.Partition(field.columnName(), type, granularity(field, type));
      } else {
        clustering.add(field.columnName());
      }
    }
    contract.fields().stream()
        .filter(field -> position(field) > 0)
        .sorted(Comparator.comparingInt(TableStorage::position))
        .map(ContractField::columnName)
        .filter(name -> !clustering.contains(name))
        .forEach(clustering::add);
    return new TableStorage(
        partition, List.copyOf(clustering.subList(0, Math.min(MAX_CLUSTERING, clustering.size()))));
  }

  private static @Nullable ColumnType time(ContractField field) {
    return switch (field.logicalType()) {
      case DATE -> ColumnType.DATE;
      case TIMESTAMP -> field.zoned() ? ColumnType.TIMESTAMP : ColumnType.DATETIME;
      default -> null;
    };
  }

  private static String granularity(ContractField field, ColumnType type) {
    String wanted =
        field
            .customProperties()
            .getOrDefault("partitionGranularity", "DAY")
            .toUpperCase(Locale.ROOT);
    boolean possible =
        GRANULARITIES.contains(wanted) && !(type == ColumnType.DATE && wanted.equals("HOUR"));
    if (!possible) {
      throw new IllegalArgumentException(
          "Field '"
              + field.name()
              + "' has partitionGranularity "
              + wanted.toLowerCase(Locale.ROOT)
              + ". BigQuery divides by hour (not dates), day, month or year");
    }
    return wanted;
  }

  private static int position(ContractField field) {
    String position = field.customProperties().get("clusterKeyPosition");
    try {
      return position == null ? 0 : Integer.parseInt(position);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Field '"
              + field.name()
              + "' has clusterKeyPosition '"
              + position
              + "', which is no number. Count from 1",
          e);
    }
  }
}
