package dev.penstock.io.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as they are, for a database that takes value after value. */
final class ValueRows implements StagedRows {
  private final List<@Nullable Object[]> rows;

  ValueRows() {
    this(new ArrayList<>());
  }

  private ValueRows(List<@Nullable Object[]> rows) {
    this.rows = rows;
  }

  List<@Nullable Object[]> rows() {
    return rows;
  }

  @Override
  public void add(@Nullable Object[] values) {
    rows.add(values.clone());
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public ValueRows part(int from, int to) {
    return new ValueRows(rows.subList(from, to));
  }

  @Override
  public void clear() {
    rows.clear();
  }
}
