package dev.penstock.io.bigquery;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.auth.Credentials;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The calls of the Storage Write API that writing needs, each tried until it is answered. */
final class StorageApi implements AutoCloseable {
  /** What the service takes at most is 10 MB; some of it is the request around the rows. */
  private static final int MAX_MESSAGE = 20 << 20;

  private static final Set<Status.Code> PASSING =
      Set.of(
          Status.Code.ABORTED,
          Status.Code.CANCELLED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.UNAVAILABLE,
          Status.Code.UNKNOWN);

  private final BigQueryWriteClient client;
  private final Patience patience;

  private StorageApi(BigQueryWriteClient client, Patience patience) {
    this.client = client;
    this.patience = patience;
  }

  static StorageApi connect(GoogleSettings settings, Patience patience) {
    BigQueryWriteSettings.Builder builder = BigQueryWriteSettings.newBuilder();
    Credentials credentials = settings.credential();
    builder.setCredentialsProvider(
        credentials == null
            ? NoCredentialsProvider.create()
            : FixedCredentialsProvider.create(credentials));
    InstantiatingGrpcChannelProvider.Builder channel =
        BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
            .setMaxInboundMessageSize(MAX_MESSAGE);
    String endpoint = settings.endpoint();
    if (endpoint != null) {
      String address = endpoint.replaceFirst("^https?://", "");
      builder.setEndpoint(address);
      channel.setEndpoint(address);
      if (endpoint.toLowerCase(Locale.ROOT).startsWith("http:")) {
        channel.setChannelConfigurator(plain -> plain.usePlaintext());
      }
    }
    try {
      return new StorageApi(
          BigQueryWriteClient.create(builder.setTransportChannelProvider(channel.build()).build()),
          patience);
    } catch (IOException e) {
      throw new UncheckedIOException("The client of the Storage Write API cannot be made", e);
    }
  }

  Patience patience() {
    return patience;
  }

  /** A stream whose rows are there once it is committed. */
  String createPending(TableRef ref) throws ServiceException {
    return call(
            "Creating a stream for table " + ref,
            () ->
                client.createWriteStream(
                    ref.resource(),
                    WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build()))
        .getName();
  }

  /** The end of a stream that rows are appended to. */
  StreamWriter writer(String stream, ProtoSchema schema) {
    try {
      return StreamWriter.newBuilder(stream, client)
          .setWriterSchema(schema)
          .setTraceId("Penstock:write")
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("Stream " + stream + " cannot be opened", e);
    }
  }

  /** Closes a pending stream for appending; gives the rows that it has. */
  long finalizeStream(String stream) throws ServiceException {
    return call("Finalizing stream " + stream, () -> client.finalizeWriteStream(stream))
        .getRowCount();
  }

  /** Commits finalized streams together; those that an attempt before has committed are fine. */
  void commit(TableRef ref, List<String> streams) throws ServiceException {
    BatchCommitWriteStreamsResponse answer =
        call(
            "Committing streams of table " + ref,
            () ->
                client.batchCommitWriteStreams(
                    BatchCommitWriteStreamsRequest.newBuilder()
                        .setParent(ref.resource())
                        .addAllWriteStreams(streams)
                        .build()));
    for (StorageError error : answer.getStreamErrorsList()) {
      if (error.getCode() != StorageError.StorageErrorCode.STREAM_ALREADY_COMMITTED) {
        throw new ServiceException(
            new ServiceError(200, error.getCode().name(), error.getErrorMessage()));
      }
    }
  }

  /** A call of the service. */
  private interface Call<T> {
    T run();
  }

  private <T> T call(String what, Call<T> call) throws ServiceException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (ApiException e) {
        ServiceError error = error(e);
        if (!error.passing() || attempt == patience.attempts()) {
          throw new ServiceException(error, e);
        }
        patience.pause(what, attempt, error.toString());
      }
    }
  }

  /** A failure of gRPC in the words of the other interface. */
  static ServiceError error(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    if (status.getCode() == Status.Code.UNKNOWN && !fromService(failure)) {
      return new ServiceError(400, "", String.valueOf(failure.getMessage()));
    }
    String message =
        status.getDescription() == null
            ? String.valueOf(failure.getMessage())
            : status.getDescription();
    int code =
        switch (status.getCode()) {
          case UNAUTHENTICATED -> 401;
          case PERMISSION_DENIED -> 403;
          case NOT_FOUND -> 404;
          case ALREADY_EXISTS -> 409;
          default -> PASSING.contains(status.getCode()) ? 503 : 400;
        };
    return new ServiceError(code, status.getCode().name(), message);
  }

  /** Whether it is the service that failed, and not this program. */
  private static boolean fromService(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException || cause instanceof StatusException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}
