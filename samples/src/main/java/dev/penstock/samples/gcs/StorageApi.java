package dev.penstock.samples.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.samples.http.HttpHandler;
import dev.penstock.samples.http.HttpRequest;
import dev.penstock.samples.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON interface: buckets, objects, and batches of calls. */
final class StorageApi implements HttpHandler {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "/storage/v1/";
  private static final int PAGE = 1_000;

  private final ObjectFiles files;
  private final Uploads uploads;

  StorageApi(ObjectFiles files) {
    this.files = files;
    this.uploads = new Uploads(files);
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws IOException {
    try {
      String path = request.path();
      if (path.equals("/penstock/health")) {
        return HttpResponse.text(200, "ok\n");
      }
      if (path.startsWith("/batch")) {
        return Batch.answer(request, this);
      }
      if (path.startsWith("/upload" + PREFIX) || path.startsWith("/resumable/upload" + PREFIX)) {
        return uploads.answer(request, uploadBucket(path));
      }
      // A download may be asked for below its own prefix.
      String plain = path.startsWith("/download") ? path.substring("/download".length()) : path;
      if (plain.startsWith(PREFIX)) {
        return answer(request, plain.substring(PREFIX.length()).split("/", -1));
      }
      throw new GcsException(404, "notFound", "The local gs:// endpoint has no " + path);
    } catch (GcsException e) {
      return json(e.code(), e.body());
    }
  }

  private static String uploadBucket(String path) {
    return HttpRequest.decoded(path.replaceFirst(".*/b/", "").replaceFirst("/.*", ""));
  }

  private HttpResponse answer(HttpRequest request, String[] path) throws IOException {
    String method = request.method();
    if (path.length == 1 && method.equals("POST")) {
      return insertBucket(request);
    }
    String bucket = HttpRequest.decoded(path[1]);
    if (path.length == 2) {
      return bucket(bucket);
    }
    if (path.length == 3 && method.equals("GET")) {
      return list(request, bucket);
    }
    if (path.length < 4) {
      throw new GcsException(404, "notFound", "The local gs:// endpoint has no " + request.path());
    }
    String name = HttpRequest.decoded(path[3]);
    if (path.length == 9) {
      return copy(bucket, name, path);
    }
    switch (method) {
      case "GET" -> {
        return "media".equals(request.parameter("alt"))
            ? download(request, bucket, name)
            : json(200, files.resource(bucket, name));
      }
      case "DELETE" -> {
        files.delete(bucket, name);
        return HttpResponse.of(204);
      }
      default ->
          throw new GcsException(405, "methodNotAllowed", method + " is not for " + request.path());
    }
  }

  static HttpResponse json(int status, JsonNode body) throws IOException {
    return HttpResponse.json(status, JSON.writeValueAsBytes(body));
  }

  private HttpResponse insertBucket(HttpRequest request) throws IOException {
    String bucket = JSON.readTree(request.bodyBytes()).path("name").asText();
    Path folder = files.bucket(bucket);
    if (Files.isDirectory(folder)) {
      throw new GcsException(
          409, "conflict", "Your previous request to create the named bucket succeeded.");
    }
    Files.createDirectories(folder);
    return bucket(bucket);
  }

  private HttpResponse bucket(String bucket) throws IOException {
    if (!Files.isDirectory(files.bucket(bucket))) {
      throw new GcsException(404, "notFound", "The specified bucket does not exist.");
    }
    ObjectNode resource = JSON.createObjectNode();
    resource.put("kind", "storage#bucket").put("id", bucket).put("name", bucket);
    resource.put("projectNumber", "1").put("location", "US").put("storageClass", "STANDARD");
    return json(200, resource);
  }

  private HttpResponse list(HttpRequest request, String bucket) throws IOException {
    String prefix = orElse(request.parameter("prefix"), "");
    String delimiter = orElse(request.parameter("delimiter"), "");
    String after = orElse(request.parameter("pageToken"), "");
    int most = Integer.parseInt(orElse(request.parameter("maxResults"), Integer.toString(PAGE)));
    ObjectNode list = JSON.createObjectNode().put("kind", "storage#objects");
    TreeSet<String> prefixes = new TreeSet<>();
    int count = 0;
    for (String name : files.names(bucket, prefix)) {
      int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      if (name.compareTo(after) <= 0) {
        continue;
      }
      if (count == most) {
        break;
      }
      if (end >= 0) {
        prefixes.add(name.substring(0, end + delimiter.length()));
      } else {
        list.withArray("items").add(files.resource(bucket, name));
        count++;
        list.put("nextPageToken", name);
      }
    }
    if (count < most) {
      list.remove("nextPageToken");
    }
    prefixes.forEach(found -> list.withArray("prefixes").add(found));
    return json(200, list);
  }

  private static String orElse(@Nullable String given, String absent) {
    return given == null ? absent : given;
  }

  // /b/<bucket>/o/<object>/rewriteTo|copyTo/b/<bucket>/o/<object>
  private HttpResponse copy(String bucket, String name, String[] path) throws IOException {
    ObjectNode copied =
        files.copy(bucket, name, HttpRequest.decoded(path[6]), HttpRequest.decoded(path[8]));
    if (path[4].equals("copyTo")) {
      return json(200, copied);
    }
    ObjectNode rewritten = JSON.createObjectNode().put("kind", "storage#rewriteResponse");
    String size = copied.path("size").asText();
    rewritten.put("totalBytesRewritten", size).put("objectSize", size).put("done", true);
    rewritten.set("resource", copied);
    return json(200, rewritten);
  }

  private HttpResponse download(HttpRequest request, String bucket, String name)
      throws IOException {
    Path file = files.existing(bucket, name);
    long size = Files.size(file);
    ByteRange range = ByteRange.of(request.header("range"), size);
    if (range.length() <= 0 && size > 0) {
      return HttpResponse.of(416, "range not satisfiable".getBytes(UTF_8))
          .with("Content-Range", "bytes */" + size);
    }
    InputStream in = Files.newInputStream(file);
    in.skipNBytes(range.start());
    HttpResponse response =
        HttpResponse.of(range.isPart() ? 206 : 200, in, range.length())
            .with("Content-Type", "application/octet-stream")
            .with("x-goog-generation", Long.toString(ObjectFiles.generation(file)))
            .with("x-goog-stored-content-length", Long.toString(size));
    return range.isPart()
        ? response.with("Content-Range", "bytes " + range.start() + "-" + range.last() + "/" + size)
        : response;
  }
}
