package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;

/**
 * Trouble that the endpoint makes on demand for one operation.
 *
 * <pre>{@code
 * endpoint.faults().add(Fault.on("jobs.insert", Fault.Effect.UNAVAILABLE).afterApplying().times(2));
 * endpoint.faults().add(Fault.on("AppendRows", Fault.Effect.RESET).every(10));
 * }</pre>
 *
 * @param operation name of the operation, such as {@code tabledata.insertAll} or {@code AppendRows}
 * @param effect what the client sees
 * @param applied whether the operation takes effect all the same, so only its answer is lost
 * @param times how often it strikes before it is used up
 * @param every it strikes at every so many calls; 1 is each call
 */
public record Fault(String operation, Effect effect, boolean applied, long times, long every) {

  /** What a client sees of a fault. */
  public enum Effect {
    /** HTTP 503 {@code backendError}; gRPC UNAVAILABLE. */
    UNAVAILABLE(503, "backendError", "Visibility check was unavailable. Please retry the request"),
    /** HTTP 500 {@code internalError}; gRPC INTERNAL. */
    INTERNAL(
        500, "internalError", "An internal error occurred and the request could not be completed."),
    /** HTTP 429 {@code rateLimitExceeded}; gRPC RESOURCE_EXHAUSTED. */
    RATE_LIMIT(429, "rateLimitExceeded", "Exceeded rate limits: too many requests."),
    /** HTTP 403 {@code quotaExceeded}; gRPC RESOURCE_EXHAUSTED. */
    QUOTA(403, "quotaExceeded", "Quota exceeded: Your project exceeded quota for this operation."),
    /** HTTP 403 {@code accessDenied}; gRPC PERMISSION_DENIED. */
    DENIED(403, "accessDenied", "Access Denied: Permission denied."),
    /** HTTP 409 {@code aborted}; gRPC ABORTED. */
    ABORTED(409, "aborted", "Transaction was aborted due to concurrent update."),
    /** The connection is reset. */
    RESET(0, "reset", "The connection is reset on demand.");

    private final int code;
    private final String reason;
    private final String message;

    Effect(int code, String reason, String message) {
      this.code = code;
      this.reason = reason;
      this.message = message;
    }

    ApiException exception() {
      return new ApiException(code, reason, message);
    }
  }

  /** A fault that strikes at every call of an operation, before anything is done. */
  public static Fault on(String operation, Effect effect) {
    return new Fault(operation, effect, false, Long.MAX_VALUE, 1);
  }

  /** The same fault, but the operation takes effect and only its answer is lost. */
  public Fault afterApplying() {
    return new Fault(operation, effect, true, times, every);
  }

  /** The same fault, used up after striking so often. */
  public Fault times(long count) {
    return new Fault(operation, effect, applied, count, every);
  }

  /** The same fault at every so many calls only. */
  public Fault every(long calls) {
    return new Fault(operation, effect, applied, times, calls);
  }

  static Fault ofJson(JsonNode json) {
    String operation = json.path("operation").asText();
    if (operation.isEmpty()) {
      throw ApiException.invalid("A fault needs an \"operation\", such as jobs.insert.");
    }
    String when = json.path("when").asText("before");
    if (!when.equals("before") && !when.equals("after")) {
      throw ApiException.invalid("\"when\" is " + when + "; give before or after.");
    }
    long every = json.path("every").asLong(1);
    if (every < 1) {
      throw ApiException.invalid("\"every\" is " + every + "; give 1 or more.");
    }
    Fault fault = on(operation, effect(json.path("effect").asText("unavailable")));
    fault = fault.times(json.path("times").asLong(Long.MAX_VALUE)).every(every);
    return when.equals("after") ? fault.afterApplying() : fault;
  }

  private static Effect effect(String name) {
    try {
      return Effect.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(
          "\"effect\" is "
              + name
              + "; give one of "
              + Arrays.toString(Effect.values()).toLowerCase(Locale.ROOT)
              + ".");
    }
  }
}
