package dev.penstock.io.bigquery;

import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.protobuf.ByteString;
import dev.penstock.io.bigquery.Column.Mode;
import dev.penstock.io.sink.Unstorable;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends changes of rows to a table's default stream: for each key the change with the highest
 * version wins, whatever order changes arrive in, and however often
 * (https://cloud.google.com/bigquery/docs/change-data-capture).
 */
final class MutationWriter implements AutoCloseable {
  private static final String CHANGE = "_CHANGE_TYPE";
  private static final String SEQUENCE = "_CHANGE_SEQUENCE_NUMBER";

  private final StorageApi api;
  private final ProtoRows messages;
  private final RowAppender appender;
  private final @Nullable Object[] values;
  private final int columns;
  private final GrowingBytes message = new GrowingBytes(4 << 10);

  /**
   * Opens the default stream of a table.
   *
   * @param refused takes the rows that BigQuery refuses, and its reasons
   */
  MutationWriter(
      GoogleSettings settings,
      Patience patience,
      TableRef ref,
      List<Column> columns,
      BiConsumer<SourceRecord, String> refused) {
    List<Column> all = new ArrayList<>(columns);
    all.add(Column.plain(CHANGE, ColumnType.STRING, Mode.REQUIRED, ""));
    all.add(Column.plain(SEQUENCE, ColumnType.STRING, Mode.REQUIRED, ""));
    this.columns = columns.size();
    this.values = new Object[all.size()];
    this.messages = new ProtoRows(all);
    this.api = StorageApi.connect(settings, patience);
    this.appender =
        new RowAppender(
            api,
            ref.resource() + "/streams/_default",
            ProtoSchema.newBuilder().setProtoDescriptor(ProtoRows.descriptor(all)).build(),
            false,
            refused);
  }

  /** The places for the values of the columns, in their order. */
  @Nullable Object[] values() {
    return values;
  }

  /** Sends the values as a row that takes the place of what its key has, unless that is newer. */
  void upsert(String sequence, SourceRecord record) throws Unstorable, ServiceException {
    send("UPSERT", sequence, record);
  }

  /** Sends the end of the row that has the values' key, unless what is there is newer. */
  void delete(String sequence, SourceRecord record) throws Unstorable, ServiceException {
    send("DELETE", sequence, record);
  }

  private void send(String change, String sequence, SourceRecord record)
      throws Unstorable, ServiceException {
    values[columns] = change;
    values[columns + 1] = sequence;
    message.truncate(0);
    messages.write(values, message);
    appender.add(ByteString.copyFrom(message.array(), 0, message.size()), record);
  }

  /** Sends what waits; on return, each row is either confirmed or refused. */
  void flush() throws ServiceException {
    appender.flush();
  }

  long confirmed() {
    return appender.confirmed();
  }

  @Override
  public void close() {
    appender.close();
    api.close();
  }
}
