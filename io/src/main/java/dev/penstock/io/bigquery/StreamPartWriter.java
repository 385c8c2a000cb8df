package dev.penstock.io.bigquery;

import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.protobuf.ByteString;
import dev.penstock.io.sink.RowSink;
import dev.penstock.io.sink.SourcePart;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.RecordView;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Appends the rows of each part to a pending stream of the stage. A part that was not finished
 * leaves a stream that nobody commits, and which BigQuery then drops.
 */
final class StreamPartWriter implements RowSink.Writer {
  private final Target target;
  private final StorageApi api;
  private final TableLayout layout;
  private final TableRef stage;
  private final ProtoSchema schema;
  private final RowValues rowValues;
  private final ProtoRows messages;
  private final @Nullable Object[] values;
  private final GrowingBytes message = new GrowingBytes(4 << 10);
  private @Nullable SourcePart part;
  private RowSink.@Nullable Results results;
  private @Nullable RowAppender appender;
  private long number;

  StreamPartWriter(Target target, String runId) {
    Target.Opened opened = target.open(runId);
    this.target = target;
    this.layout = opened.layout();
    this.stage = target.stage(runId);
    List<Column> columns = StageTable.columns(layout);
    this.schema =
        ProtoSchema.newBuilder().setProtoDescriptor(ProtoRows.descriptor(columns)).build();
    this.rowValues = new RowValues(layout.columns(), target.contract(), runId);
    this.messages = new ProtoRows(columns);
    this.values = new Object[columns.size()];
    try {
      opened.api().createTable(stage, StageTable.table(stage, layout, System.currentTimeMillis()));
    } catch (ServiceException e) {
      throw Unusable.of(target.ref(), e);
    }
    this.api = StorageApi.connect(target.settings(), target.patience());
  }

  @Override
  public void begin(SourcePart newPart, RowSink.Results newResults) {
    abandon();
    part = newPart;
    results = newResults;
    number = StageTable.part(newPart.source(), newPart.from());
  }

  @Override
  public void write(Row row, RecordView view) {
    SourceRecord record = view.toRecord();
    rowValues.fill(row, record, values);
    values[values.length - 1] = number;
    message.truncate(0);
    try {
      messages.write(values, message);
    } catch (Unstorable e) {
      begun(results).reject(target.refusals().of(record, e));
      return;
    }
    try {
      appender().add(ByteString.copyFrom(message.array(), 0, message.size()), record);
    } catch (ServiceException e) {
      throw Unusable.of(target.ref(), e);
    }
  }

  private RowAppender appender() throws ServiceException {
    RowAppender open = appender;
    if (open == null) {
      RowSink.Results out = begun(results);
      open =
          new RowAppender(
              api,
              api.createPending(stage),
              schema,
              true,
              (record, reason) ->
                  out.reject(RefusedRows.refused(target.refusals(), layout, record, reason)));
      appender = open;
    }
    return open;
  }

  @Override
  public void finish() {
    SourcePart finished = begun(part);
    RowAppender written = appender;
    StagedPart staged = StagedPart.empty(finished.source(), number);
    if (written != null) {
      try {
        written.flush();
        long rows = api.finalizeStream(written.stream());
        if (rows != written.confirmed()) {
          throw new IllegalStateException(
              "Stream "
                  + written.stream()
                  + " has "
                  + rows
                  + " rows where "
                  + written.confirmed()
                  + " were confirmed");
        }
        if (rows > 0) {
          staged = new StagedPart(finished.source(), number, rows, null, null, written.stream());
        }
      } catch (ServiceException e) {
        throw Unusable.of(target.ref(), e);
      }
    }
    begun(results).receipt(staged.toReceipt());
    abandon();
    part = null;
    results = null;
  }

  private static <T> T begun(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("No part was begun");
    }
    return value;
  }

  private void abandon() {
    RowAppender open = appender;
    appender = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    abandon();
    api.close();
  }
}
