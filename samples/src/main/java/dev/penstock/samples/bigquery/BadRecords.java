package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The bad records of a load job: all are counted, the first few are told. */
final class BadRecords {
  private static final String PREFIX = "Error while reading data, error message: ";

  private final long allowed;
  private final int reported;
  private final List<ObjectNode> first = new ArrayList<>();
  private long count;
  private int told;

  BadRecords(long allowed, int reported) {
    this.allowed = allowed;
    this.reported = reported;
  }

  /** Counts one; fails the job when it is one too many. */
  void add(String uri, String message) {
    count++;
    if (first.size() < reported) {
      first.add(
          Json.object()
              .put("reason", "invalid")
              .put("location", uri)
              .put("message", PREFIX + message));
    }
    if (count > allowed) {
      throw new TooManyBadRecords(uri, count, allowed);
    }
  }

  long count() {
    return count;
  }

  /** Adds those that have not been told yet to the job's errors. */
  void report(ArrayNode errors) {
    while (told < first.size()) {
      errors.add(first.get(told));
      told++;
    }
  }

  /** Ends a load job; the single records are in its errors. */
  static final class TooManyBadRecords extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String uri;

    TooManyBadRecords(String uri, long count, long allowed) {
      super(
          PREFIX
              + "JSON table encountered too many errors, giving up. Rows: "
              + count
              + "; errors: "
              + count
              + "; max bad: "
              + allowed
              + ". Please look into the errors[] collection for more details.");
      this.uri = uri;
    }

    ObjectNode proto() {
      return Json.object()
          .put("reason", "invalid")
          .put("location", uri)
          .put("message", getMessage());
    }
  }
}
