package dev.penstock.samples.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.samples.http.HttpRequest;
import dev.penstock.samples.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Uploads in one piece, in two parts with their metadata, and resumable ones in many pieces. */
final class Uploads {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private final ObjectFiles files;
  private final Map<String, Target> resumable = new ConcurrentHashMap<>();

  Uploads(ObjectFiles files) {
    this.files = files;
  }

  HttpResponse answer(HttpRequest request, String bucket) throws IOException {
    String id = request.parameter("upload_id");
    if (id != null) {
      return piece(request, id);
    }
    String type = request.parameter("uploadType");
    if ("resumable".equals(type)) {
      return begin(request, bucket);
    }
    if ("multipart".equals(type)) {
      Multipart parts = Multipart.of(request);
      String name = name(request, JSON.readTree(parts.first()).path("name").asText(null));
      checkGeneration(request, bucket, name);
      return whole(parts.second(), bucket, name);
    }
    String name = name(request, null);
    checkGeneration(request, bucket, name);
    return whole(request.bodyBytes(), bucket, name);
  }

  private static String name(HttpRequest request, @Nullable String inMetadata) {
    String name = inMetadata == null ? request.parameter("name") : inMetadata;
    if (name == null) {
      throw new GcsException(400, "required", "Required parameter: name");
    }
    return name;
  }

  // A client that expects no object, or a certain one, must not replace another.
  private void checkGeneration(HttpRequest request, String bucket, String name) throws IOException {
    String expected = request.parameter("ifGenerationMatch");
    if (expected == null) {
      return;
    }
    Path file = files.file(bucket, name);
    long generation = Files.exists(file) ? ObjectFiles.generation(file) : 0;
    if (Long.parseLong(expected) != generation) {
      throw new GcsException(
          412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }
  }

  private HttpResponse whole(byte[] bytes, String bucket, String name) throws IOException {
    Path upload = files.upload(UUID.randomUUID().toString());
    Files.write(upload, bytes);
    return StorageApi.json(200, files.publish(upload, bucket, name));
  }

  private HttpResponse begin(HttpRequest request, String bucket) throws IOException {
    byte[] metadata = request.bodyBytes();
    String inMetadata =
        metadata.length == 0 ? null : JSON.readTree(metadata).path("name").asText(null);
    String name = name(request, inMetadata);
    checkGeneration(request, bucket, name);
    String id = UUID.randomUUID().toString();
    Files.createFile(files.upload(id));
    resumable.put(id, new Target(bucket, name));
    String location =
        "http://"
            + request.header("host")
            + request.path()
            + "?uploadType=resumable&upload_id="
            + id;
    return HttpResponse.of(200).with("Location", location);
  }

  private HttpResponse piece(HttpRequest request, String id) throws IOException {
    Target target = resumable.get(id);
    if (target == null) {
      throw new GcsException(404, "notFound", "No upload '" + id + "'");
    }
    Path upload = files.upload(id);
    Matcher range = RANGE.matcher(String.valueOf(request.header("content-range")));
    long size = Files.size(upload);
    boolean last = true;
    if (range.matches()) {
      last = !range.group(3).equals("*");
      if (range.group(1) != null && Long.parseLong(range.group(1)) != size) {
        return incomplete(size);
      }
    }
    Files.write(upload, request.bodyBytes(), StandardOpenOption.APPEND);
    size = Files.size(upload);
    if (last && (!range.matches() || Long.parseLong(range.group(3)) == size)) {
      resumable.remove(id);
      return StorageApi.json(200, files.publish(upload, target.bucket, target.name));
    }
    return incomplete(size);
  }

  private static HttpResponse incomplete(long size) {
    HttpResponse response = HttpResponse.of(308);
    return size == 0 ? response : response.with("Range", "bytes=0-" + (size - 1));
  }

  private record Target(String bucket, String name) {}

  /** The two parts of a multipart/related body: metadata and bytes. */
  static final class Multipart {
    private final String first;
    private final byte[] second;

    private Multipart(String first, byte[] second) {
      this.first = first;
      this.second = second;
    }

    static Multipart of(HttpRequest request) throws IOException {
      Matcher type =
          Pattern.compile("boundary=\"?([^\";]+)\"?")
              .matcher(String.valueOf(request.header("content-type")));
      if (!type.find()) {
        throw new GcsException(400, "badContent", "A multipart upload needs a boundary");
      }
      // One byte is one character, so positions in the text are positions of bytes.
      String body = new String(request.bodyBytes(), ISO_8859_1);
      String[] parts = body.split(Pattern.quote("--" + type.group(1)), -1);
      if (parts.length < 4) {
        throw new GcsException(400, "badContent", "A multipart upload needs two parts");
      }
      return new Multipart(content(parts[1]), content(parts[2]).getBytes(ISO_8859_1));
    }

    // What is behind the part's own head, without the line end in front of the next boundary.
    private static String content(String part) {
      int head = part.indexOf("\r\n\r\n");
      return part.substring(head + 4, part.length() - 2);
    }

    byte[] first() {
      return first.getBytes(ISO_8859_1);
    }

    byte[] second() {
      return second.clone();
    }
  }
}
