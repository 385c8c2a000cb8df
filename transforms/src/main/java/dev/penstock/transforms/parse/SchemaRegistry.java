package dev.penstock.transforms.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.BackOffUtils;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.jspecify.annotations.Nullable;

/**
 * A registry of schemas, by the REST interface that Confluent's registry and those compatible with
 * it have.
 */
final class SchemaRegistry {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int RETRIES = 3;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String url;
  private final RegistryCredentials credentials;
  private final @Nullable String authorization;

  SchemaRegistry(String url, RegistryCredentials credentials) {
    this.url = url;
    this.credentials = credentials;
    this.authorization = credentials.header(System::getenv);
  }

  /**
   * Checks the address of a registry.
   *
   * @return it, without a slash at its end
   * @throws IllegalArgumentException with the way out, when it cannot be used
   */
  static String checked(String url) {
    URI uri = URI.create("");
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      // Said below, without the text, in which there may be a password.
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
      throw new IllegalArgumentException(
          "The address of the schema registry must be like http://host:8081, without a user, a"
              + " password or a query");
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * The text of a schema, or null when the registry has none of this number.
   *
   * @throws IllegalArgumentException with the reason, when it is not one of Avro
   * @throws IllegalStateException when the registry does not answer
   */
  @Nullable String schema(int id) {
    BackOff backOff =
        FluentBackoff.DEFAULT
            .withInitialBackoff(org.joda.time.Duration.millis(200))
            .withMaxRetries(RETRIES)
            .backoff();
    try {
      while (true) {
        String problem;
        try {
          HttpResponse<String> answer = get(id);
          if (answer.statusCode() == NOT_FOUND || answer.statusCode() == OK) {
            return answer.statusCode() == OK ? text(answer.body()) : null;
          }
          if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
            throw new IllegalStateException(
                "The schema registry at "
                    + url
                    + " answers with status "
                    + answer.statusCode()
                    + "; "
                    + credentials.advice());
          }
          problem = "answers with status " + answer.statusCode();
        } catch (IOException e) {
          problem = "cannot be reached (" + e.getClass().getSimpleName() + ")";
        }
        if (!BackOffUtils.next(Sleeper.DEFAULT, backOff)) {
          throw new IllegalStateException(
              "The schema registry at " + url + " " + problem + "; is it up, and is that it?");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the schema registry", e);
    }
  }

  private HttpResponse<String> get(int id) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + Integer.toUnsignedString(id)))
            .timeout(PATIENCE)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String text(String body) {
    JsonNode answer = Json.read(body);
    if (answer == null || !answer.path("schema").isTextual()) {
      throw new IllegalArgumentException("the registry's answer has no 'schema'");
    }
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new IllegalArgumentException("it is a schema of " + type + ", not of Avro");
    }
    if (!answer.path("references").isEmpty()) {
      throw new IllegalArgumentException(
          "it refers to other schemas; register it with these written out in it");
    }
    return answer.path("schema").asText();
  }
}
