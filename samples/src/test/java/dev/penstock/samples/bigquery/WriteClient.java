package dev.penstock.samples.bigquery;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.json.JSONArray;
import org.jspecify.annotations.Nullable;

/** Google's own client of the Storage Write API. */
final class WriteClient implements AutoCloseable {
  static final String ORDERS = "projects/my-project/datasets/shop/tables/orders";

  final BigQueryWriteClient api;

  private WriteClient(BigQueryWriteClient api) {
    this.api = api;
  }

  /** Over plaintext, or over TLS where a certificate to trust is given. */
  static WriteClient of(LocalBigQuery endpoint, @Nullable Path certificate) throws IOException {
    String address = endpoint.endpoint().replace("http://", "");
    InstantiatingGrpcChannelProvider channel =
        BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(address)
            .setChannelConfigurator(
                builder ->
                    certificate == null ? builder.usePlaintext() : trust(builder, certificate))
            .build();
    return new WriteClient(
        BigQueryWriteClient.create(
            BigQueryWriteSettings.newBuilder()
                .setEndpoint(address)
                .setTransportChannelProvider(channel)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build()));
  }

  @SuppressWarnings("rawtypes") // gax's signature
  private static ManagedChannelBuilder trust(ManagedChannelBuilder builder, Path certificate) {
    try {
      return ((NettyChannelBuilder) builder)
          .sslContext(GrpcSslContexts.forClient().trustManager(certificate.toFile()).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WriteStream create(WriteStream.Type type) {
    return api.createWriteStream(ORDERS, WriteStream.newBuilder().setType(type).build());
  }

  WriteStream full(String name) {
    return api.getWriteStream(
        GetWriteStreamRequest.newBuilder().setName(name).setView(WriteStreamView.FULL).build());
  }

  JsonStreamWriter writer(WriteStream stream) throws Exception {
    return JsonStreamWriter.newBuilder(stream.getName(), stream.getTableSchema(), api).build();
  }

  @CanIgnoreReturnValue
  static AppendRowsResponse append(JsonStreamWriter writer, String rows) throws Exception {
    return await(writer.append(new JSONArray(rows)));
  }

  @CanIgnoreReturnValue
  static AppendRowsResponse append(JsonStreamWriter writer, String rows, long offset)
      throws Exception {
    return await(writer.append(new JSONArray(rows), offset));
  }

  /** What an append ends with, but for its wrapper. */
  static Throwable failure(ApiFuture<AppendRowsResponse> append) {
    try {
      throw new AssertionError("was not refused: " + append.get(20, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static AppendRowsResponse await(ApiFuture<AppendRowsResponse> append) throws Exception {
    return append.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    api.close();
  }
}
