package dev.penstock.io.bigquery;

/** A call that BigQuery refused, or that went unanswered to the end. */
final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient ServiceError error;

  ServiceException(ServiceError error, Throwable cause) {
    super(error.toString(), cause);
    this.error = error;
  }

  ServiceException(ServiceError error) {
    super(error.toString());
    this.error = error;
  }

  ServiceError error() {
    return error;
  }
}
