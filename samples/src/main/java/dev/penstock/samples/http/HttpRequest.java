package dev.penstock.samples.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One request: its head, and its whole body in memory. */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;

  HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {
    int question = target.indexOf('?');
    this.method = method;
    this.path = question < 0 ? target : target.substring(0, question);
    this.query = question < 0 ? Map.of() : parameters(target.substring(question + 1));
    this.headers = headers;
    this.body = body;
  }

  /** The same request with another body, path and headers, for parts of a batch. */
  public static HttpRequest of(
      String method, String target, Map<String, String> headers, byte[] body) {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new HttpRequest(method, target, lower, body.clone());
  }

  /** The method; Google's clients send PATCH as a POST with a header. */
  public String method() {
    return headers.getOrDefault("x-http-method-override", method);
  }

  /** The path as it was sent, still percent-encoded. */
  public String path() {
    return path;
  }

  /** The value of a query parameter. */
  public @Nullable String parameter(String name) {
    return query.get(name);
  }

  /** The value of a header, whatever its case. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The body, unpacked when the client sent it with gzip. */
  public InputStream body() throws IOException {
    InputStream bytes = new ByteArrayInputStream(body);
    return "gzip".equalsIgnoreCase(header("content-encoding")) ? new GZIPInputStream(bytes) : bytes;
  }

  /** Bytes of the body after unpacking. */
  public byte[] bodyBytes() throws IOException {
    try (InputStream in = body()) {
      return in.readAllBytes();
    }
  }

  /** A percent-encoded part of a path as text; a plus sign stays one. */
  public static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.put(
          URLDecoder.decode(name, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
