package dev.penstock.samples.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The connectors of a Kafka Connect worker, by its REST interface.
 *
 * <pre>{@code
 * Connectors connectors = Connectors.at(URI.create("http://localhost:8083"));
 * connectors.create(connector);
 * connectors.awaitRunning(connector.name(), Duration.ofSeconds(30));
 * connectors.delete(connector.name());
 * }</pre>
 *
 * <p>Calls that come while the worker arranges itself are repeated until it is done.
 */
public final class Connectors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;
  private static final int NOT_FOUND = 404;

  /** The worker is taking connectors over, or has not yet read what there are. */
  private static final List<Integer> BUSY = List.of(409, 500, 503);

  private final URI worker;
  private final HttpClient http = HttpClient.newHttpClient();

  private Connectors(URI worker) {
    this.worker = worker;
  }

  /** The connectors of the worker at an address. */
  public static Connectors at(URI worker) {
    return new Connectors(worker);
  }

  /** Creates a connector, or gives the one that there is these settings, and has it started. */
  public void create(DebeziumConnector connector) {
    String settings;
    try {
      settings = JSON.writeValueAsString(connector.settings());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can be written as JSON", e);
    }
    var unused = call("PUT", path(connector.name()) + "/config", settings);
  }

  /** The names of all connectors. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    tree(call("GET", "/connectors", "").body()).forEach(name -> names.add(name.textValue()));
    return names;
  }

  /** How a connector is. */
  public ConnectorStatus status(String name) {
    HttpResponse<String> response = call("GET", path(name) + "/status", "");
    if (response.statusCode() == NOT_FOUND) {
      return ConnectorStatus.ABSENT;
    }
    JsonNode status = tree(response.body());
    List<String> tasks = new ArrayList<>();
    StringBuilder trace = new StringBuilder(status.path("connector").path("trace").asText(""));
    for (JsonNode task : status.path("tasks")) {
      tasks.add(task.path("state").asText());
      trace.append(task.path("trace").asText(""));
    }
    return new ConnectorStatus(
        status.path("connector").path("state").asText(), tasks, trace.toString());
  }

  /** Waits until a connector and its tasks run; fails when one of them has, or when it is late. */
  public void awaitRunning(String name, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    for (ConnectorStatus status = status(name); !status.isRunning(); status = status(name)) {
      if (status.hasFailed() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "Connector " + name + " does not run within " + patience + ": " + status);
      }
      pause();
    }
  }

  /** Starts a connector and its tasks again, failed or not. */
  public void restart(String name) {
    var unused = call("POST", path(name) + "/restart?includeTasks=true", "");
  }

  /**
   * Deletes a connector, if there is one. Its topics stay, and its replication slot and publication
   * at the source.
   */
  public void delete(String name) {
    var unused = call("DELETE", path(name), "");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!status(name).equals(ConnectorStatus.ABSENT)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Connector " + name + " does not end: " + status(name));
      }
      pause();
    }
  }

  private static String path(String name) {
    return "/connectors/" + name;
  }

  private HttpResponse<String> call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(worker.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> response = send(request);
    while (BUSY.contains(response.statusCode()) && System.nanoTime() < end) {
      pause();
      response = send(request);
    }
    if (response.statusCode() >= 400 && response.statusCode() != NOT_FOUND) {
      throw new IllegalStateException(
          "Kafka Connect refuses "
              + method
              + " "
              + request.uri()
              + " ("
              + response.statusCode()
              + "): "
              + tree(response.body()).path("message").asText());
    }
    return response;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka Connect does not answer at " + worker + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking " + request.uri(), e);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Kafka Connect answered what is no JSON: " + json, e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Kafka Connect", e);
    }
  }
}
