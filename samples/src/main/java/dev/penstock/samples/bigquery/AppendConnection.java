package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import io.grpc.stub.StreamObserver;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One connection of AppendRows: requests are applied and answered one after the other. */
final class AppendConnection implements StreamObserver<AppendRowsRequest> {
  private static final Logger LOG = Logger.getLogger(AppendConnection.class.getName());
  private static final String OPERATION = "AppendRows";

  private final WriteService service;
  private final RowAppends appends;
  private final StreamObserver<AppendRowsResponse> answers;
  private boolean isOver;

  AppendConnection(
      WriteService service, RowAppends appends, StreamObserver<AppendRowsResponse> answers) {
    this.service = service;
    this.appends = appends;
    this.answers = answers;
  }

  @Override
  public void onNext(AppendRowsRequest request) {
    if (isOver) {
      return;
    }
    try {
      answers.onNext(service.withFaults(OPERATION, () -> appends.append(request)));
    } catch (RuntimeException e) {
      // Trouble ends the connection; a request that is refused is answered by appends itself.
      isOver = true;
      answers.onError(WriteService.error(OPERATION, e));
    }
  }

  @Override
  public void onError(Throwable error) {
    isOver = true;
    LOG.log(Level.FINE, "the client has gone", error);
  }

  @Override
  public void onCompleted() {
    if (!isOver) {
      isOver = true;
      answers.onCompleted();
    }
  }
}
