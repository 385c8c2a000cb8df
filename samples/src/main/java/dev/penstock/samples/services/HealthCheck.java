package dev.penstock.samples.services;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks a service, in its own language, whether it can be used now.
 *
 * <pre>{@code
 * HealthCheck check = HealthCheck.http(URI.create("http://localhost:8083/health"));
 * }</pre>
 *
 * <p>A check gives up after a few seconds; one that fails may be asked again at once.
 */
@FunctionalInterface
public interface HealthCheck {

  /** True when the service does its work; false when nobody answers, or not as it should. */
  boolean passes() throws InterruptedException;

  /** Passes when an address answers with HTTP 200. */
  static HealthCheck http(URI address) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    return () -> {
      try {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException e) {
        return false;
      }
    };
  }
}
