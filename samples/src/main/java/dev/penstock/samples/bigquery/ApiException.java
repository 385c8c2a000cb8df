package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A refusal as the service words it: code, reason and message. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  ApiException(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static ApiException invalid(String message) {
    return new ApiException(400, "invalid", message);
  }

  static ApiException invalidQuery(String message) {
    return new ApiException(400, "invalidQuery", message);
  }

  /** For what the service can do and this endpoint cannot. */
  static ApiException notCovered(String what) {
    return new ApiException(
        400, "invalid", "The local BigQuery endpoint does not cover " + what + ".");
  }

  static ApiException noDataset(String project, String dataset) {
    return new ApiException(404, "notFound", "Not found: Dataset " + project + ":" + dataset);
  }

  static ApiException noTable(TableId table) {
    return new ApiException(404, "notFound", "Not found: Table " + table);
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }

  String message() {
    String message = getMessage();
    return message == null ? reason : message;
  }

  /** The body of the HTTP answer. */
  ObjectNode body() {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", code).put("message", message());
    error.putArray("errors").add(proto(null).put("domain", "global"));
    error.put("status", status());
    return body;
  }

  /** The error as a job's status holds it. */
  ObjectNode proto(@Nullable String location) {
    ObjectNode proto = Json.object().put("reason", reason).put("message", message());
    return location == null ? proto : proto.put("location", location);
  }

  private String status() {
    return switch (code) {
      case 400, 413 -> "INVALID_ARGUMENT";
      case 403 -> reason.equals("accessDenied") ? "PERMISSION_DENIED" : "RESOURCE_EXHAUSTED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
