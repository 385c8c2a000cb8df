package dev.penstock.io.jdbc;

import java.util.List;
import java.util.Optional;

/** A table as the database describes it. */
record ExistingTable(boolean ordinary, List<ExistingColumn> columns) {

  /**
   * One column.
   *
   * @param filled whether a row without a value for it gets one: nullable, default or generated
   */
  record ExistingColumn(String name, String type, boolean filled) {}

  Optional<ExistingColumn> column(String name, boolean foldsCase) {
    return columns.stream()
        .filter(
            column -> foldsCase ? column.name().equalsIgnoreCase(name) : column.name().equals(name))
        .findFirst();
  }
}
