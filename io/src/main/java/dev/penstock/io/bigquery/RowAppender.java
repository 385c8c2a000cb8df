package dev.penstock.io.bigquery;

import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.protobuf.ByteString;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to one stream, a request after the other, so that one bad row never fails the
 * others.
 *
 * <p>On a stream with offsets an append that may or may not have happened is repeated under its
 * offset, so that its rows are there once. On a default stream it is repeated as it is.
 */
final class RowAppender implements AutoCloseable {
  /** The service takes 10 MB a request. */
  private static final int MOST_BYTES = 4 << 20;

  private static final int MOST_ROWS = 20_000;

  private final StorageApi api;
  private final String stream;
  private final ProtoSchema schema;
  private final boolean offsets;
  private final BiConsumer<SourceRecord, String> refused;
  private final List<ByteString> rows = new ArrayList<>();
  private final List<SourceRecord> records = new ArrayList<>();
  private @Nullable StreamWriter writer;
  private int bytes;
  private long offset;

  /**
   * The end of a stream.
   *
   * @param refused takes the rows that BigQuery refuses, and its reasons
   */
  RowAppender(
      StorageApi api,
      String stream,
      ProtoSchema schema,
      boolean offsets,
      BiConsumer<SourceRecord, String> refused) {
    this.api = api;
    this.stream = stream;
    this.schema = schema;
    this.offsets = offsets;
    this.refused = refused;
  }

  String stream() {
    return stream;
  }

  /** Rows that BigQuery has confirmed. */
  long confirmed() {
    return offset;
  }

  void add(ByteString row, SourceRecord record) throws ServiceException {
    if (bytes > 0 && bytes + row.size() > MOST_BYTES) {
      flush();
    }
    rows.add(row);
    records.add(record);
    bytes += row.size();
    if (rows.size() >= MOST_ROWS) {
      flush();
    }
  }

  /** Sends what waits; on return, each row is either confirmed or refused. */
  void flush() throws ServiceException {
    while (!rows.isEmpty()) {
      Map<Integer, String> bad = append();
      if (bad.isEmpty()) {
        offset += rows.size();
        rows.clear();
        records.clear();
      } else {
        remove(bad);
      }
    }
    bytes = 0;
  }

  private void remove(Map<Integer, String> bad) {
    List<Integer> places = new ArrayList<>(new TreeMap<>(bad).descendingKeySet());
    for (int place : places) {
      refused.accept(records.get(place), String.valueOf(bad.get(place)));
      rows.remove(place);
      records.remove(place);
    }
  }

  /** Appends the waiting rows, all or none; the reasons of those that keep the others from it. */
  private Map<Integer, String> append() throws ServiceException {
    ProtoRows request = ProtoRows.newBuilder().addAllSerializedRows(rows).build();
    for (int attempt = 1; ; attempt++) {
      Throwable failure;
      try {
        AppendRowsResponse unused =
            (offsets ? writer().append(request, offset) : writer().append(request)).get();
        return Map.of();
      } catch (ExecutionException e) {
        failure = e.getCause() == null ? e : e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceException(new ServiceError(0, "", "The run was stopped"), e);
      } catch (RuntimeException e) {
        failure = e;
      }
      if (failure instanceof Exceptions.AppendSerializtionError rowErrors
          && !rowErrors.getRowIndexToErrorMessage().isEmpty()) {
        return rowErrors.getRowIndexToErrorMessage();
      }
      ServiceError error = StorageApi.error(failure);
      if (offsets && error.duplicate()) {
        // An attempt that saw no answer had been carried out.
        return Map.of();
      }
      if (!error.passing() || attempt == api.patience().attempts()) {
        throw new ServiceException(error, failure);
      }
      close();
      api.patience().pause("Appending to " + stream, attempt, error.toString());
    }
  }

  private StreamWriter writer() {
    StreamWriter open = writer;
    if (open == null) {
      open = api.writer(stream, schema);
      writer = open;
    }
    return open;
  }

  @Override
  public void close() {
    StreamWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }
}
