package dev.penstock.samples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One client's connection: requests one after the other, until it closes. */
final class HttpConnection {
  private static final int LONGEST_LINE = 64 << 10;
  private static final int BUFFER = 64 << 10;

  private final BufferedInputStream in;
  private final OutputStream out;
  private final HttpHandler handler;

  HttpConnection(BufferedInputStream in, OutputStream out, HttpHandler handler) {
    this.in = in;
    this.out = new BufferedOutputStream(out, BUFFER);
    this.handler = handler;
  }

  void serve() throws IOException {
    HttpRequest request = next();
    while (request != null) {
      boolean last = "close".equalsIgnoreCase(request.header("connection"));
      send(handler.handle(request), request.method().equals("HEAD"), last);
      request = last ? null : next();
    }
  }

  private @Nullable HttpRequest next() throws IOException {
    String start = line();
    if (start == null || start.isEmpty()) {
      return null;
    }
    String[] words = start.split(" ", 3);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new IOException("not a request of HTTP/1.1: " + start);
    }
    Map<String, String> headers = headers();
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }
    return new HttpRequest(words[0].toUpperCase(Locale.ROOT), words[1], headers, body(headers));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks();
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return exactly(length);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(exactly(size));
      skipLine();
    }
    while (!required().isEmpty()) {
      // Trailers say nothing that is needed here.
    }
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = required();
    int extension = line.indexOf(';');
    return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).trim(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client left after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the client left in the middle of a request");
    }
    return line;
  }

  private void skipLine() throws IOException {
    var unused = required();
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line of the request's head is longer than " + LONGEST_LINE);
      }
      line.append((char) next);
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }

  private void send(HttpResponse response, boolean headOnly, boolean last) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 ");
    head.append(response.status()).append(" -\r\n");
    response
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (response.status() != 204) {
      head.append("Content-Length: ").append(response.length()).append("\r\n");
    }
    head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
    try (InputStream body = response.body()) {
      out.write(head.toString().getBytes(ISO_8859_1));
      if (!headOnly) {
        copy(body, response.length());
      }
      out.flush();
    }
  }

  private void copy(InputStream body, long length) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = length;
    while (left > 0) {
      int count = body.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("the answer ended " + left + " bytes too early");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }
}
