package dev.penstock.io.jdbc;

import dev.penstock.io.sink.Bookkeeping;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Takes the values of a table's columns out of rows of one schema. */
final class RowEncoder {
  private final Column[] columns;
  private final boolean[] keyed;
  private final int[] indexes;
  private final UUID run;
  private final boolean changes;

  RowEncoder(TableLayout layout, Schema schema, UUID run) {
    List<Column> all = layout.staged();
    this.columns = all.toArray(new Column[0]);
    this.keyed = new boolean[columns.length];
    this.indexes = new int[columns.length];
    this.run = run;
    this.changes = schema.hasField(Change.FIELD);
    for (int i = 0; i < columns.length; i++) {
      keyed[i] = layout.keyed(columns[i].name());
      indexes[i] = isBookkeeping(columns[i]) ? -1 : schema.indexOf(columns[i].field());
    }
  }

  private static boolean isBookkeeping(Column column) {
    return column.name().startsWith(Bookkeeping.PREFIX);
  }

  Object[] encode(Row row, SourceRecord record) throws Unstorable {
    @Nullable Object[] values = new Object[columns.length];
    Change change = changes ? Change.of(row) : null;
    for (int i = 0; i < columns.length; i++) {
      Object value =
          indexes[i] < 0 ? bookkeeping(columns[i], record, change) : row.getValue(indexes[i]);
      values[i] = Values.of(columns[i], keyed[i], value);
    }
    return values;
  }

  private @Nullable Object bookkeeping(
      Column column, SourceRecord record, @Nullable Change change) {
    return switch (column.name()) {
      case Bookkeeping.ID -> record.id();
      case Bookkeeping.RUN -> run;
      case Bookkeeping.SOURCE -> record.position().source();
      case Bookkeeping.MODIFIED -> record.position().modified();
      case Bookkeeping.OFFSET -> record.position().offset();
      case Bookkeeping.VERSION -> version(record, change);
      case Bookkeeping.TIME -> change == null ? null : change.time();
      case Bookkeeping.DELETED -> change != null && change.operation() == Change.Operation.DELETE;
      default -> throw new IllegalStateException("No such bookkeeping column: " + column.name());
    };
  }

  /** An event that knows neither a place in the source's log nor a time has its own place. */
  private static long version(SourceRecord record, @Nullable Change change) {
    Long version = change == null ? null : change.version();
    return version == null ? record.position().offset() : version;
  }
}
