package dev.penstock.samples.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One answer. */
public final class HttpResponse {
  private final int status;
  private final Map<String, String> headers;
  private final InputStream body;
  private final long length;

  private HttpResponse(int status, Map<String, String> headers, InputStream body, long length) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.length = length;
  }

  /** An answer without a body. */
  public static HttpResponse of(int status) {
    return of(status, new byte[0]);
  }

  /** An answer with these bytes. */
  public static HttpResponse of(int status, byte[] body) {
    return of(status, new ByteArrayInputStream(body), body.length);
  }

  /** An answer that sends so many bytes of a stream, and closes it. */
  public static HttpResponse of(int status, InputStream body, long length) {
    return new HttpResponse(status, new TreeMap<>(), body, length);
  }

  /** An answer with JSON. */
  public static HttpResponse json(int status, byte[] body) {
    return of(status, body).with("Content-Type", "application/json; charset=UTF-8");
  }

  /** An answer with a line of text. */
  public static HttpResponse text(int status, String body) {
    return of(status, body.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "text/plain; charset=UTF-8");
  }

  /** The same answer with one more header. */
  public HttpResponse with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, more, body, length);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The headers that were set. */
  public Map<String, String> headers() {
    return new TreeMap<>(headers);
  }

  /** The body; it can be read once. */
  public InputStream body() {
    return body;
  }

  /** The number of bytes of the body. */
  public long length() {
    return length;
  }
}
