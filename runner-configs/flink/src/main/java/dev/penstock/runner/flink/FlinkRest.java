package dev.penstock.runner.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The REST interface of a JobManager, of which nothing is expected: no answer is an answer. */
final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String url;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ObjectMapper json = new ObjectMapper();

  private FlinkRest(String url) {
    this.url = url;
  }

  static FlinkRest of(FlinkPipelineOptions options) {
    String master = options.getFlinkMaster();
    if (master.equals("[auto]")) {
      ReadableConfig around =
          StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
      master = around.get(RestOptions.ADDRESS) + ":" + around.get(RestOptions.PORT);
    }
    String scheme = master.startsWith("https://") ? "https://" : "http://";
    String host = master.replaceFirst("^https?://", "");
    return new FlinkRest(scheme + (host.contains(":") ? host : host + ":8081"));
  }

  String url() {
    return url;
  }

  static JsonNode none() {
    return MissingNode.getInstance();
  }

  Optional<JsonNode> get(String path) {
    return send(HttpRequest.newBuilder().GET(), path)
        .flatMap(
            body -> {
              try {
                return Optional.of(json.readTree(body));
              } catch (IOException e) {
                return Optional.empty();
              }
            });
  }

  boolean cancel(String jobId) {
    HttpRequest.Builder patch =
        HttpRequest.newBuilder().method("PATCH", HttpRequest.BodyPublishers.noBody());
    return send(patch, "/jobs/" + jobId + "?mode=cancel").isPresent();
  }

  private Optional<String> send(HttpRequest.Builder request, String path) {
    try {
      HttpResponse<String> response =
          http.send(
              request.uri(URI.create(url + path)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() / 100 == 2 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
