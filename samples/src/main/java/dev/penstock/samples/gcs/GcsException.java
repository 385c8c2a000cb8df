package dev.penstock.samples.gcs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal as the service words it. */
final class GcsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  GcsException(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static GcsException notFound(String bucket, String name) {
    return new GcsException(404, "notFound", "No such object: " + bucket + "/" + name);
  }

  int code() {
    return code;
  }

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error").put("code", code).put("message", getMessage());
    error
        .putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("reason", reason)
        .put("message", getMessage());
    return body;
  }
}
