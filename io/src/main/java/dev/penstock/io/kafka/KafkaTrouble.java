package dev.penstock.io.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;

/** What is said of servers with which nothing can be done. */
final class KafkaTrouble {
  private KafkaTrouble() {}

  /**
   * What is wrong, and the way out where the client's own words name none.
   *
   * @param what cannot be done, such as "read"
   */
  static String message(String servers, String what, Exception error) {
    Throwable cause =
        error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof TimeoutException) {
      return "Kafka at "
          + servers
          + " does not answer. Is it running, are host and port right, and does it ask for TLS or a"
          + " login that --kafkaSettings does not have?";
    }
    String more = cause.getCause() == null ? "" : ": " + cause.getCause().getMessage();
    return "Kafka at " + servers + " cannot be " + what + ": " + cause.getMessage() + more;
  }
}
