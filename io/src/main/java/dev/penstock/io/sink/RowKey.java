package dev.penstock.io.sink;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.LogicalType;
import dev.penstock.transforms.contract.WriteMode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What makes two rows of a table the same, and which of them stays: the write mode's meaning for a
 * contract, which every destination shares.
 *
 * <pre>{@code
 * List<String> problems = new ArrayList<>();
 * RowKey key = RowKey.of(contract, WriteMode.UPSERT, "updated_at", problems);
 * }</pre>
 *
 * @param columns names of the columns that identify a row
 * @param version name of the column whose higher value wins, before the position; null for none
 * @param conflict what happens to a row whose key is stored already
 */
public record RowKey(List<String> columns, @Nullable String version, Conflict conflict)
    implements Serializable {

  /** What happens to an incoming row whose key is stored already. */
  public enum Conflict {
    /** The stored row stays. */
    IGNORE,
    /** The row of the higher version, then position, stays. */
    NEWEST,
    /** The row of the higher position stays. */
    LAST
  }

  /**
   * The key of a contract's rows under a mode.
   *
   * @param problems takes what stands in the way, one line each
   */
  public static RowKey of(
      DataContract contract, WriteMode mode, @Nullable String versionField, List<String> problems) {
    String version = versionField == null ? null : version(contract, versionField, mode, problems);
    return new RowKey(columns(contract, mode, version, problems), version, conflict(mode, version));
  }

  private static Conflict conflict(WriteMode mode, @Nullable String version) {
    return switch (mode) {
      case APPEND -> Conflict.IGNORE;
      case UPSERT -> Conflict.NEWEST;
      case HISTORY -> version == null ? Conflict.IGNORE : Conflict.LAST;
    };
  }

  private static List<String> columns(
      DataContract contract, WriteMode mode, @Nullable String version, List<String> problems) {
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
      if (field.logicalType() == LogicalType.OBJECT || field.logicalType() == LogicalType.ARRAY) {
        problems.add(
            "Field '" + field.name() + "' is nested and cannot be part of the primary key");
      }
    }
    if (mode == WriteMode.HISTORY) {
      key.add(version == null ? Bookkeeping.ID : version);
    }
    return key.stream().distinct().toList();
  }

  private static @Nullable String version(
      DataContract contract, String name, WriteMode mode, List<String> problems) {
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
}
