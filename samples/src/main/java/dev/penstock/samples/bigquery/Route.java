package dev.penstock.samples.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.http.HttpRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation of the REST interface: its method and path, and what answers. */
record Route(String operation, String method, List<String> pattern, Handler handler) {

  static Route of(String operation, String method, String pattern, Handler handler) {
    return new Route(operation, method, List.of(pattern.split("/")), handler);
  }

  /** The names in the path, when the request is for this operation. */
  @Nullable Map<String, String> match(String requested, List<String> path) {
    if (!method.equals(requested) || path.size() != pattern.size()) {
      return null;
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("{")) {
        names.put(expected.substring(1, expected.length() - 1), HttpRequest.decoded(path.get(i)));
      } else if (!expected.equals(path.get(i))) {
        return null;
      }
    }
    return names;
  }

  /** Answers a call; null is an answer without a body. */
  @FunctionalInterface
  interface Handler {
    @Nullable ObjectNode answer(Call call) throws IOException;
  }

  /** One call: names from the path, and the request. */
  record Call(Map<String, String> names, HttpRequest request) {
    String name(String key) {
      return names.getOrDefault(key, "");
    }

    String project() {
      return name("project");
    }

    TableId table() {
      return new TableId(project(), name("dataset"), name("table")).checked();
    }

    ObjectNode body() throws IOException {
      return Json.parse(request.body());
    }

    /** The most rows of a page. */
    long maxResults() {
      String given = request.parameter("maxResults");
      return given == null ? Long.MAX_VALUE >> 1 : Long.parseLong(given);
    }

    @Nullable String pageToken() {
      return request.parameter("pageToken");
    }
  }
}
