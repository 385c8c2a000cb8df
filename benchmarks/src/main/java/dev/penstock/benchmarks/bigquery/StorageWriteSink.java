package dev.penstock.benchmarks.bigquery;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BQTableSchemaToProtoDescriptor;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchemaConverter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One pending stream of the Storage Write API: requests of about 1 MB, of which some are out. */
final class StorageWriteSink implements EventSink {
  private static final int REQUEST_BYTES = 1 << 20;

  private final EventTable table;
  private final BigQueryWriteClient client;
  private final StreamWriter writer;
  private final Descriptor type;
  private final List<FieldDescriptor> columns;
  private final List<ApiFuture<AppendRowsResponse>> requests = new ArrayList<>();
  private ProtoRows.Builder waiting = ProtoRows.newBuilder();
  private int waitingBytes;
  private long sent;

  private StorageWriteSink(
      EventTable table, BigQueryWriteClient client, StreamWriter writer, Descriptor type) {
    this.table = table;
    this.client = client;
    this.writer = writer;
    this.type = type;
    this.columns = type.getFields();
  }

  static EventSink to(EventTable table, String endpoint)
      throws IOException, DescriptorValidationException {
    String address = endpoint.replaceFirst("^http://", "");
    InstantiatingGrpcChannelProvider channel =
        BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(address)
            .setChannelConfigurator(builder -> builder.usePlaintext())
            .build();
    BigQueryWriteClient client =
        BigQueryWriteClient.create(
            BigQueryWriteSettings.newBuilder()
                .setEndpoint(address)
                .setTransportChannelProvider(channel)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
    WriteStream stream =
        client.createWriteStream(
            table.resource(), WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build());
    Descriptor type =
        BQTableSchemaToProtoDescriptor.convertBQTableSchemaToProtoDescriptor(
            stream.getTableSchema());
    StreamWriter writer =
        StreamWriter.newBuilder(stream.getName(), client)
            .setWriterSchema(ProtoSchemaConverter.convert(type))
            .build();
    return new StorageWriteSink(table, client, writer, type);
  }

  @Override
  public void write(ShopEvent event) throws IOException {
    DynamicMessage.Builder row = DynamicMessage.newBuilder(type);
    set(row, 0, ChronoUnit.MICROS.between(Instant.EPOCH, event.time()));
    set(row, 1, event.type());
    set(row, 2, event.product());
    set(row, 3, event.categoryId());
    set(row, 4, event.categoryCode());
    set(row, 5, event.brand());
    set(
        row,
        6,
        event.price() == null
            ? null
            : BigDecimalByteStringEncoder.encodeToNumericByteString(event.price()));
    set(row, 7, event.user());
    set(row, 8, event.session());
    ByteString bytes = row.build().toByteString();
    waiting.addSerializedRows(bytes);
    waitingBytes += bytes.size();
    if (waitingBytes >= REQUEST_BYTES) {
      send();
    }
  }

  private void set(DynamicMessage.Builder row, int column, @Nullable Object value) {
    if (value != null) {
      row.setField(columns.get(column), value);
    }
  }

  private void send() {
    // Waits by itself while too much is under way.
    requests.add(writer.append(waiting.build(), sent));
    sent += waiting.getSerializedRowsCount();
    waiting = ProtoRows.newBuilder();
    waitingBytes = 0;
  }

  @Override
  public void finish() throws IOException, ExecutionException, InterruptedException {
    if (waitingBytes > 0) {
      send();
    }
    for (ApiFuture<AppendRowsResponse> request : requests) {
      AppendRowsResponse answer = request.get();
      if (answer.hasError()) {
        throw new IOException("Rows were refused: " + answer.getError().getMessage());
      }
    }
    writer.close();
    String stream = writer.getStreamName();
    long rows = client.finalizeWriteStream(stream).getRowCount();
    BatchCommitWriteStreamsResponse committed =
        client.batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest.newBuilder()
                .setParent(table.resource())
                .addWriteStreams(stream)
                .build());
    client.close();
    if (rows != sent || committed.getStreamErrorsCount() > 0) {
      throw new IOException(
          rows + " of " + sent + " rows in " + stream + ", " + committed.getStreamErrorsList());
    }
  }
}
