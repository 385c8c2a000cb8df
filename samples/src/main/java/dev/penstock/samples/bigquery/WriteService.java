package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc.BigQueryWriteImplBase;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.penstock.samples.bigquery.StorageErrors.Refused;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The gRPC service: counts calls, makes faults, words errors. */
final class WriteService extends BigQueryWriteImplBase {
  private static final Logger LOG = Logger.getLogger(WriteService.class.getName());

  private final LocalServices services;
  private final Calls calls;
  private final Runnable resetClient;
  private final WriteStreams streams;

  WriteService(LocalServices services, Calls calls, Runnable resetClient) {
    this.services = services;
    this.calls = calls;
    this.resetClient = resetClient;
    this.streams = new WriteStreams(services);
  }

  @Override
  public void createWriteStream(
      CreateWriteStreamRequest request, StreamObserver<WriteStream> answer) {
    answer(
        "CreateWriteStream",
        answer,
        () -> streams.create(request.getParent(), request.getWriteStream().getType()).proto());
  }

  @Override
  public void getWriteStream(GetWriteStreamRequest request, StreamObserver<WriteStream> answer) {
    answer(
        "GetWriteStream",
        answer,
        () -> {
          WriteStream stream = streams.describe(request.getName());
          return request.getView() == WriteStreamView.FULL
              ? stream
              : stream.toBuilder().clearTableSchema().build();
        });
  }

  @Override
  public StreamObserver<AppendRowsRequest> appendRows(StreamObserver<AppendRowsResponse> answers) {
    return new AppendConnection(this, new RowAppends(services, streams), answers);
  }

  @Override
  public void finalizeWriteStream(
      FinalizeWriteStreamRequest request, StreamObserver<FinalizeWriteStreamResponse> answer) {
    answer(
        "FinalizeWriteStream",
        answer,
        () ->
            FinalizeWriteStreamResponse.newBuilder()
                .setRowCount(streams.end(request.getName()))
                .build());
  }

  @Override
  public void flushRows(FlushRowsRequest request, StreamObserver<FlushRowsResponse> answer) {
    answer(
        "FlushRows",
        answer,
        () ->
            FlushRowsResponse.newBuilder()
                .setOffset(streams.flush(request.getWriteStream(), request.getOffset().getValue()))
                .build());
  }

  @Override
  public void batchCommitWriteStreams(
      BatchCommitWriteStreamsRequest request,
      StreamObserver<BatchCommitWriteStreamsResponse> answer) {
    answer(
        "BatchCommitWriteStreams",
        answer,
        () -> {
          WriteStreams.Committed committed =
              streams.commit(request.getParent(), request.getWriteStreamsList());
          var response =
              BatchCommitWriteStreamsResponse.newBuilder().addAllStreamErrors(committed.errors());
          if (committed.time() != null) {
            response.setCommitTime(StreamState.timestamp(committed.time()));
          }
          return response.build();
        });
  }

  private <T> void answer(String operation, StreamObserver<T> answer, Supplier<T> work) {
    try {
      T response = withFaults(operation, work);
      answer.onNext(response);
      answer.onCompleted();
    } catch (RuntimeException e) {
      answer.onError(error(operation, e));
    }
  }

  /** Does the work of a call, with the trouble that is due before or after it. */
  <T> T withFaults(String operation, Supplier<T> work) {
    calls.count(operation);
    Fault fault = services.faults().next(operation);
    if (fault != null && !fault.applied()) {
      throw trouble(fault);
    }
    T result = work.get();
    if (fault != null) {
      throw trouble(fault);
    }
    return result;
  }

  private ApiException trouble(Fault fault) {
    if (fault.effect() == Fault.Effect.RESET) {
      resetClient.run();
    }
    return fault.effect().exception();
  }

  /** What a call ends with that failed. */
  static RuntimeException error(String operation, RuntimeException e) {
    return StorageErrors.exception(status(operation, e));
  }

  static Status status(String operation, RuntimeException e) {
    if (e instanceof Refused refused) {
      return refused.status();
    }
    if (e instanceof ApiException refused) {
      return StorageErrors.of(refused);
    }
    LOG.log(Level.WARNING, operation + " failed", e);
    return StorageErrors.status(Code.INTERNAL, operation + " failed: " + e);
  }
}
