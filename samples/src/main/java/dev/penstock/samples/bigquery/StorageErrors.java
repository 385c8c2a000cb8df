package dev.penstock.samples.bigquery;

import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Errors of the Storage Write API, as the service details them. */
final class StorageErrors {
  private StorageErrors() {}

  static Status status(Code code, String message) {
    return Status.newBuilder().setCode(code.getNumber()).setMessage(message).build();
  }

  static Status status(Code code, StorageErrorCode detail, String entity, String message) {
    return status(code, message + " Entity: " + entity).toBuilder()
        .addDetails(Any.pack(error(detail, entity, message)))
        .build();
  }

  static StorageError error(StorageErrorCode code, String entity, String message) {
    return StorageError.newBuilder()
        .setCode(code)
        .setEntity(entity)
        .setErrorMessage(message)
        .build();
  }

  /** An error of the REST interface as gRPC says it. */
  static Status of(ApiException e) {
    Code code =
        switch (e.code()) {
          case 400, 413 -> Code.INVALID_ARGUMENT;
          case 404 -> Code.NOT_FOUND;
          case 403 ->
              e.reason().equals("accessDenied") ? Code.PERMISSION_DENIED : Code.RESOURCE_EXHAUSTED;
          case 409 -> e.reason().equals("aborted") ? Code.ABORTED : Code.ALREADY_EXISTS;
          case 429 -> Code.RESOURCE_EXHAUSTED;
          case 503 -> Code.UNAVAILABLE;
          default -> Code.INTERNAL;
        };
    return status(code, e.message());
  }

  static StatusRuntimeException exception(Status status) {
    return StatusProto.toStatusRuntimeException(status);
  }

  /** A call that ends with an error. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    Refused(Status status) {
      super(status.getMessage());
      this.status = status;
    }

    Status status() {
      return status;
    }
  }
}
