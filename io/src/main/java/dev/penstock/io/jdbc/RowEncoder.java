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
  private final @Nullable Kept[] kept;
  private final boolean[] keyed;
  private final int[] indexes;
  private final UUID run;
  private final boolean changes;
  private final @Nullable Object[] values;

  /** What a bookkeeping column keeps. */
  private enum Kept {
    ID,
    RUN,
    SOURCE,
    MODIFIED,
    OFFSET,
    VERSION,
    TIME,
    DELETED;

    static Kept of(String column) {
      return switch (column) {
        case Bookkeeping.ID -> ID;
        case Bookkeeping.RUN -> RUN;
        case Bookkeeping.SOURCE -> SOURCE;
        case Bookkeeping.MODIFIED -> MODIFIED;
        case Bookkeeping.OFFSET -> OFFSET;
        case Bookkeeping.VERSION -> VERSION;
        case Bookkeeping.TIME -> TIME;
        case Bookkeeping.DELETED -> DELETED;
        default -> throw new IllegalStateException("No such bookkeeping column: " + column);
      };
    }
  }

  RowEncoder(TableLayout layout, Schema schema, UUID run) {
    List<Column> all = layout.staged();
    this.columns = all.toArray(new Column[0]);
    this.kept = new @Nullable Kept[columns.length];
    this.keyed = new boolean[columns.length];
    this.indexes = new int[columns.length];
    this.values = new @Nullable Object[columns.length];
    this.run = run;
    this.changes = schema.hasField(Change.FIELD);
    for (int i = 0; i < columns.length; i++) {
      keyed[i] = layout.keyed(columns[i].name());
      boolean bookkeeping = columns[i].name().startsWith(Bookkeeping.PREFIX);
      kept[i] = bookkeeping ? Kept.of(columns[i].name()) : null;
      indexes[i] = bookkeeping ? -1 : schema.indexOf(columns[i].field());
    }
  }

  /** The values of a row; the array is used again for the next one. */
  @Nullable Object[] encode(Row row, SourceRecord record) throws Unstorable {
    Change change = changes ? Change.of(row) : null;
    for (int i = 0; i < columns.length; i++) {
      Kept what = kept[i];
      Object value = what == null ? row.getValue(indexes[i]) : bookkeeping(what, record, change);
      values[i] = Values.of(columns[i], keyed[i], value);
    }
    return values;
  }

  private @Nullable Object bookkeeping(Kept what, SourceRecord record, @Nullable Change change) {
    return switch (what) {
      case ID -> record.id();
      case RUN -> run;
      case SOURCE -> record.position().source();
      case MODIFIED -> record.position().modified();
      case OFFSET -> record.position().offset();
      case VERSION -> version(record, change);
      case TIME -> change == null ? null : change.time();
      case DELETED -> change != null && change.operation() == Change.Operation.DELETE;
    };
  }

  /** An event that knows neither a place in the source's log nor a time has its own place. */
  private static long version(SourceRecord record, @Nullable Change change) {
    Long version = change == null ? null : change.version();
    return version == null ? record.position().offset() : version;
  }
}
