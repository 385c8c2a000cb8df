package dev.penstock.samples.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.samples.http.HttpHandler;
import dev.penstock.samples.http.HttpRequest;
import dev.penstock.samples.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several calls in one request, as Google's clients send deletes and copies. */
final class Batch {
  private static final String BOUNDARY = "penstock_batch";
  private static final Pattern CALL = Pattern.compile("(\\w+) (\\S+)(?: HTTP/1\\.1)?");
  private static final Pattern ID = Pattern.compile("(?im)^content-id: *<?([^>\\r\\n]*)>?");

  private Batch() {}

  static HttpResponse answer(HttpRequest request, HttpHandler calls) throws IOException {
    Matcher boundary =
        Pattern.compile("boundary=\"?([^\";]+)\"?")
            .matcher(String.valueOf(request.header("content-type")));
    if (!boundary.find()) {
      throw new GcsException(400, "badContent", "A batch needs a boundary");
    }
    String body = new String(request.bodyBytes(), ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] parts = body.split(Pattern.quote("--" + boundary.group(1)), -1);
    for (int i = 1; i < parts.length - 1; i++) {
      append(out, parts[i], calls);
    }
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(ISO_8859_1));
    return HttpResponse.of(200, out.toByteArray())
        .with("Content-Type", "multipart/mixed; boundary=" + BOUNDARY);
  }

  private static void append(ByteArrayOutputStream out, String part, HttpHandler calls)
      throws IOException {
    String[] pieces = part.split("\r?\n\r?\n", 3);
    Matcher call = CALL.matcher(pieces.length < 2 ? "" : pieces[1].stripLeading());
    if (!call.lookingAt()) {
      throw new GcsException(400, "badContent", "A part of the batch is no call");
    }
    Matcher id = ID.matcher(pieces[0]);
    byte[] content = (pieces.length < 3 ? "" : pieces[2].strip()).getBytes(ISO_8859_1);
    HttpResponse answer =
        calls.handle(
            HttpRequest.of(call.group(1), path(call.group(2)), headers(pieces[1]), content));
    byte[] bytes = answer.body().readAllBytes();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Type: application/http\r\n"
            + (id.find() ? "Content-ID: <response-" + id.group(1) + ">\r\n" : "")
            + "\r\nHTTP/1.1 "
            + answer.status()
            + (answer.status() < 300 ? " OK" : " Error")
            + "\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    out.writeBytes(head.getBytes(ISO_8859_1));
    out.writeBytes(bytes);
    out.writeBytes("\r\n".getBytes(ISO_8859_1));
  }

  // Some clients name the whole address.
  private static String path(String target) {
    return target.replaceFirst("^https?://[^/]+", "");
  }

  private static Map<String, String> headers(String call) {
    Map<String, String> headers = new TreeMap<>();
    for (String line : call.split("\r?\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0 && line.indexOf(' ') > colon) {
        headers.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return headers;
  }
}
