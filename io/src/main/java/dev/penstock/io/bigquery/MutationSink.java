package dev.penstock.io.bigquery;

import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Upserts rows one by one, by row mutations. */
record MutationSink(Target target) implements RowSink {

  @Override
  public Writer open(String runId) {
    return new PartWriter(target, runId);
  }

  private static final class PartWriter implements Writer {
    private final Target target;
    private final RowValues rowValues;
    private final int version;
    private final MutationWriter mutations;
    private final PartAccount account;
    private long before;

    PartWriter(Target target, String runId) {
      Target.Opened opened = target.open(runId);
      TableLayout layout = opened.layout();
      this.target = target;
      this.account = new PartAccount(runId);
      this.rowValues = new RowValues(layout.columns(), target.contract(), runId);
      this.version = version(layout);
      this.mutations =
          new MutationWriter(
              target.settings(),
              target.patience(),
              layout.ref(),
              layout.columns(),
              (record, reason) ->
                  account.reject(RefusedRows.refused(target.refusals(), layout, record, reason)));
    }

    private static int version(TableLayout layout) {
      for (int i = 0; i < layout.columns().size(); i++) {
        if (layout.columns().get(i).name().equals(layout.key().version())) {
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
      try {
        mutations.upsert(
            Sequence.of(version < 0 ? null : values[version], record.position()), record);
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
