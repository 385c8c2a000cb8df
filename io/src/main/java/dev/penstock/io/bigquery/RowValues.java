package dev.penstock.io.bigquery;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Takes the values of a table's columns out of the rows of a contract. */
final class RowValues {
  private final String[] names;
  private final int[] indexes;
  private final String runId;

  RowValues(List<Column> columns, DataContract contract, String runId) {
    Schema schema = contract.rowSchema();
    this.names = columns.stream().map(Column::name).toArray(String[]::new);
    this.indexes =
        columns.stream()
            .mapToInt(
                column ->
                    column.name().startsWith(Bookkeeping.PREFIX)
                        ? -1
                        : schema.indexOf(column.field()))
            .toArray();
    this.runId = runId;
  }

  /** Puts the values into an array that has at least as many places as there are columns. */
  void fill(Row row, SourceRecord record, @Nullable Object[] values) {
    for (int i = 0; i < indexes.length; i++) {
      values[i] = indexes[i] < 0 ? bookkeeping(names[i], record) : row.getValue(indexes[i]);
    }
  }

  private Object bookkeeping(String column, SourceRecord record) {
    return switch (column) {
      case Bookkeeping.ID -> record.id().toString();
      case Bookkeeping.RUN -> runId;
      case Bookkeeping.SOURCE -> record.position().source();
      case Bookkeeping.MODIFIED -> record.position().modified();
      case Bookkeeping.OFFSET -> record.position().offset();
      default -> throw new IllegalStateException("No such bookkeeping column: " + column);
    };
  }
}
