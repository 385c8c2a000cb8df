package dev.penstock.io.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.bigquery.model.ErrorProto;
import java.io.IOException;
import java.util.Set;

/**
 * Why a call failed, in the service's own words
 * (https://cloud.google.com/bigquery/docs/error-messages).
 *
 * @param status HTTP status, or 0 where there was no answer
 * @param reason BigQuery's short word for it, such as {@code notFound}; may be empty
 * @param message what it says
 */
record ServiceError(int status, String reason, String message) {
  private static final Set<String> PASSING =
      Set.of(
          "aborted",
          "backendError",
          "internalError",
          "jobBackendError",
          "jobInternalError",
          "jobRateLimitExceeded",
          "rateLimitExceeded",
          "quotaExceeded",
          "tableUnavailable");

  private static final Set<Integer> PASSING_STATUS = Set.of(0, 408, 429, 500, 502, 503, 504);

  static ServiceError of(IOException error) {
    if (error instanceof GoogleJsonResponseException answer && answer.getDetails() != null) {
      GoogleJsonError details = answer.getDetails();
      String reason =
          details.getErrors() == null || details.getErrors().isEmpty()
              ? ""
              : text(details.getErrors().get(0).getReason());
      return new ServiceError(answer.getStatusCode(), reason, text(details.getMessage()));
    }
    if (error instanceof HttpResponseException answer) {
      return new ServiceError(
          answer.getStatusCode(), "", "HTTP " + answer.getStatusCode() + " without a reason");
    }
    return new ServiceError(0, "", error.getClass().getSimpleName() + ": " + error.getMessage());
  }

  static ServiceError of(ErrorProto error) {
    return new ServiceError(200, text(error.getReason()), text(error.getMessage()));
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  /** Whether the same call may well succeed a little later. */
  boolean passing() {
    return PASSING_STATUS.contains(status) || PASSING.contains(reason);
  }

  boolean notFound() {
    return status == 404 || reason.equals("notFound");
  }

  boolean duplicate() {
    return reason.equals("duplicate") || reason.equals("ALREADY_EXISTS");
  }

  boolean denied() {
    return status == 401 || status == 403;
  }

  @Override
  public String toString() {
    return message + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
