package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import org.apache.parquet.column.ColumnWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes one field of the rows. A row is first staged whole, and written only when every value of
 * it can be stored, since what is in a column cannot be taken back. One instance serves one thread
 * and any number of files.
 */
interface FieldEncoder {
  /** Takes the field's value of the next row. */
  void stage(@Nullable Object value) throws Unstorable;

  /** Writes the staged value; returns about how many bytes it takes before it is encoded. */
  long write(ColumnWriter[] columns);
}
