package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/** A field of one column. */
final class FlatField implements FieldEncoder {
  private final Leaf leaf;
  private final int column;
  private final int definition;
  private boolean isNull;

  FlatField(Leaf leaf, int column, boolean required) {
    this.leaf = leaf;
    this.column = column;
    this.definition = required ? 0 : 1;
  }

  @Override
  public void stage(@Nullable Object value) throws Unstorable {
    isNull = value == null;
    if (value != null) {
      leaf.load(value);
    } else if (definition == 0) {
      throw leaf.unstorable(Unstorable.MISSING, "is required and has no value");
    }
  }

  @Override
  public long write(ColumnWriter[] columns) {
    if (isNull) {
      columns[column].writeNull(0, 0);
      return 0;
    }
    return leaf.put(columns[column], 0, definition);
  }
}
