package dev.penstock.io.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows by streaming inserts. BigQuery forgets the ids by which it knows a row again after
 * about a minute, so a later repetition doubles rows.
 */
record InsertSink(Target target) implements RowSink {
  /** What the service recommends; it takes 50 000 rows and 10 MB at most. */
  private static final int MOST_ROWS = 500;

  private static final int MOST_BYTES = 5 << 20;

  @Override
  public Writer open(String runId) {
    return new PartWriter(target, runId);
  }

  private static final class PartWriter implements Writer {
    private final Target target;
    private final Target.Opened opened;
    private final RowValues rowValues;
    private final JsonRows json;
    private final @Nullable Object[] values;
    private final GrowingBytes line = new GrowingBytes(4 << 10);
    private final PartAccount account;
    private final List<SourceRecord> records = new ArrayList<>();
    private InsertRequest request = new InsertRequest(true);

    PartWriter(Target target, String runId) {
      this.target = target;
      this.opened = target.open(runId);
      this.account = new PartAccount(runId);
      List<Column> columns = opened.layout().columns();
      this.rowValues = new RowValues(columns, target.contract(), runId);
      this.json = new JsonRows(columns);
      this.values = new Object[columns.size()];
    }

    @Override
    public void begin(SourcePart part, Results results) {
      account.begin(part, results);
      records.clear();
      request = new InsertRequest(true);
    }

    @Override
    public void write(Row row, RecordView view) {
      SourceRecord record = view.toRecord();
      rowValues.fill(row, record, values);
      line.truncate(0);
      try {
        json.write(values, line);
      } catch (Unstorable e) {
        account.reject(target.refusals().of(record, e));
        return;
      }
      if (request.rows() > 0 && request.bytes() + line.size() > MOST_BYTES) {
        send();
      }
      request.add(record.id().toString(), line.array(), 0, line.size());
      records.add(record);
      if (request.rows() >= MOST_ROWS) {
        send();
      }
    }

    private void send() {
      Map<Integer, ErrorProto> errors;
      try {
        errors = opened.api().insertAll(opened.ref(), request).firstErrors();
      } catch (ServiceException e) {
        throw Unusable.of(target.ref(), e);
      }
      errors.forEach(
          (place, error) ->
              account.reject(
                  RefusedRows.refused(
                      target.refusals(),
                      opened.layout(),
                      records.get(place),
                      RefusedRows.text(error))));
      account.stored(records.size() - (long) errors.size());
      records.clear();
      request = new InsertRequest(true);
    }

    @Override
    public void finish() {
      if (request.rows() > 0) {
        send();
      }
      account.finish();
    }

    @Override
    public void close() {}
  }
}
