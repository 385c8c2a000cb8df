package dev.penstock.runner.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of Dataflow's API that Beam's runner calls, on this machine. It keeps what was posted
 * and plays one job after the other: created, then running, and then as the test has told it to
 * end. It runs no pipeline, and does not judge one as the service would.
 */
public final class FakeDataflow implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/v1b3/projects/([^/]+)/locations/([^/]+)/jobs(?:/([^/]+)(?:/(\\w+))?)?");

  /** What happens to a job when it is looked at for the second time. */
  public interface Ending {
    /** Does what the job would have done, and gives the state in which it ends. */
    String end(JsonNode posted) throws IOException;
  }

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final Map<String, ObjectNode> jobs = new LinkedHashMap<>();
  private final List<JsonNode> created = new ArrayList<>();
  private final List<JsonNode> updates = new ArrayList<>();
  private final ArrayNode messages = json.createArrayNode();
  private final ArrayNode metrics = json.createArrayNode();
  private Ending ending = posted -> "JOB_STATE_RUNNING";
  private String refusal = "";

  private FakeDataflow(HttpServer server) {
    this.server = server;
  }

  /** Starts it on a free port. */
  public static FakeDataflow start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeDataflow fake = new FakeDataflow(server);
    server.createContext("/", fake::answer);
    server.start();
    return fake;
  }

  /** What {@code --apiRootUrl} is to be. */
  public String rootUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Tells what happens to jobs. */
  public synchronized void everyJobEnds(Ending newEnding) {
    ending = newEnding;
  }

  /** Answers the next job with an error of the service. */
  synchronized void refuse(String message) {
    refusal = message;
  }

  /** A job that is there before the test begins. */
  synchronized void existing(String id, String name, String state) {
    jobs.put(id, job(id, name, state));
  }

  synchronized void says(String importance, String text) {
    messages
        .addObject()
        .put("id", "message-" + messages.size())
        .put("time", "2026-03-01T10:00:0" + messages.size() + "Z")
        .put("messageImportance", importance)
        .put("messageText", text);
  }

  synchronized void counts(String namespace, String name, String step, long value) {
    ObjectNode metric = metrics.addObject().put("scalar", value);
    ObjectNode structured = metric.putObject("name").put("origin", "user").put("name", name);
    structured.putObject("context").put("namespace", namespace).put("step", step);
  }

  /** The jobs that were posted. */
  public synchronized List<JsonNode> created() {
    return List.copyOf(created);
  }

  /** The changes of jobs that were asked for. */
  synchronized List<JsonNode> updates() {
    return List.copyOf(updates);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      JsonNode body = body(exchange);
      JsonNode answer =
          path.matches()
              ? answer(exchange.getRequestMethod(), path, exchange.getRequestURI().getQuery(), body)
              : error(404, "No such method: " + exchange.getRequestURI());
      byte[] bytes = json.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.path("error").path("code").asInt(200), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      return json.readTree(in);
    }
  }

  private synchronized JsonNode answer(
      String method, Matcher path, @Nullable String query, JsonNode body) throws IOException {
    String id = path.group(3);
    if (id == null) {
      return method.equals("POST") ? create(body) : list();
    }
    ObjectNode job = jobs.get(id);
    if (job == null) {
      return error(404, "There is no job " + id);
    }
    if ("messages".equals(path.group(4))) {
      return messages(query != null && query.contains("minimumImportance=JOB_MESSAGE_ERROR"));
    }
    if ("metrics".equals(path.group(4))) {
      return json.createObjectNode().set("metrics", metrics);
    }
    return method.equals("PUT") ? update(job, body) : look(job);
  }

  private JsonNode messages(boolean errors) {
    ArrayNode chosen = json.createArrayNode();
    for (JsonNode message : messages) {
      if (!errors || message.path("messageImportance").asText().equals("JOB_MESSAGE_ERROR")) {
        chosen.add(message);
      }
    }
    return json.createObjectNode().set("jobMessages", chosen);
  }

  private JsonNode create(JsonNode posted) {
    if (!refusal.isEmpty()) {
      return error(400, refusal);
    }
    created.add(posted);
    String id = "2026-03-01_10_00_0" + created.size() + "-" + created.size();
    ObjectNode job = job(id, posted.path("name").asText(), "JOB_STATE_PENDING");
    job.put("clientRequestId", posted.path("clientRequestId").asText());
    job.set("posted", posted);
    jobs.put(id, job);
    ObjectNode replaced = jobs.get(posted.path("replaceJobId").asText());
    if (replaced != null) {
      replaced.put("currentState", "JOB_STATE_UPDATED").put("replacedByJobId", id);
    }
    return job;
  }

  private ObjectNode job(String id, String name, String state) {
    return json.createObjectNode()
        .put("id", id)
        .put("name", name)
        .put("type", "JOB_TYPE_BATCH")
        .put("currentState", state)
        .put("createTime", "2026-03-01T10:00:00Z");
  }

  private JsonNode list() {
    ArrayNode all = json.createArrayNode();
    jobs.values().forEach(all::add);
    return json.createObjectNode().set("jobs", all);
  }

  private JsonNode update(ObjectNode job, JsonNode body) {
    updates.add(body);
    String wanted = body.path("requestedState").asText();
    return job.put(
        "currentState", wanted.equals("JOB_STATE_DRAINED") ? "JOB_STATE_DRAINING" : wanted);
  }

  private JsonNode look(ObjectNode job) throws IOException {
    String state = job.path("currentState").asText();
    if (state.equals("JOB_STATE_PENDING")) {
      job.put("currentState", "JOB_STATE_RUNNING");
    } else if (state.equals("JOB_STATE_RUNNING")) {
      job.put("currentState", ending.end(job.path("posted")));
    }
    return job;
  }

  private JsonNode error(int code, String message) {
    ObjectNode error = json.createObjectNode();
    error
        .putObject("error")
        .put("code", code)
        .put("message", message)
        .put("status", code == 404 ? "NOT_FOUND" : "INVALID_ARGUMENT");
    return error;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
