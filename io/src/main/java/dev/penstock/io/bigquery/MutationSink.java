package dev.penstock.io.bigquery;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.function.Predicate;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Upserts rows one by one, by row mutations.
 *
 * @param deleted field whose value {@code true} makes a row the end of what its key has, or null
 */
record MutationSink(Target target, @Nullable String deleted) implements RowSink {

  @Override
  public Writer open(String runId) {
    return new PartWriter(target, deleted, runId);
  }

  private static final class PartWriter implements Writer {
    private final Target target;
    private final RowValues rowValues;
    private final int version;
    private final int deletion;
    private final MutationWriter mutations;
    private final PartAccount account;
    private long before;

    PartWriter(Target target, @Nullable String deleted, String runId) {
      Target.Opened opened = target.open(runId);
      TableLayout layout = opened.layout();
      this.target = target;
      this.account = new PartAccount(runId);
      this.rowValues = new RowValues(layout.columns(), target.contract(), runId);
      this.version = index(layout, column -> column.name().equals(layout.key().version()));
      this.deletion = index(layout, column -> column.field().equals(deleted));
      this.mutations =
          new MutationWriter(
              target.settings(),
              target.patience(),
              layout.ref(),
              layout.columns(),
              (record, reason) ->
                  account.reject(RefusedRows.refused(target.refusals(), layout, record, reason)));
    }

    private static int index(TableLayout layout, Predicate<Column> wanted) {
      for (int i = 0; i < layout.columns().size(); i++) {
        if (wanted.test(layout.columns().get(i))) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public void begin(SourcePart part, Results results) {
      account.begin(part, results);
      before = mutations.confirmed();
    }

    @Override
    public void write(Row row, RecordView view) {
      SourceRecord record = view.toRecord();
      @Nullable Object[] values = mutations.values();
      rowValues.fill(row, record, values);
      String sequence = Sequence.of(version < 0 ? null : values[version], record.position());
      try {
        if (deletion >= 0 && Boolean.TRUE.equals(values[deletion])) {
          mutations.delete(sequence, record);
        } else {
          mutations.upsert(sequence, record);
        }
      } catch (Unstorable e) {
        account.reject(target.refusals().of(record, e));
      } catch (ServiceException e) {
        throw Unusable.of(target.ref(), e);
      }
    }

    @Override
    public void finish() {
      try {
        mutations.flush();
      } catch (ServiceException e) {
        throw Unusable.of(target.ref(), e);
      }
      account.stored(mutations.confirmed() - before);
      account.finish();
    }

    @Override
    public void close() {
      mutations.close();
    }
  }
}
