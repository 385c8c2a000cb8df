package dev.penstock.samples.gcs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Buckets and objects as folders and files. An object is there whole, or not at all. */
final class ObjectFiles {
  // Names of buckets begin with a letter or digit, so no bucket is called like this.
  private static final String UPLOADS = ".uploads";

  private final Path root;

  ObjectFiles(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve(UPLOADS));
  }

  Path bucket(String bucket) {
    if (!bucket.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")) {
      throw new GcsException(400, "invalid", "Invalid bucket name: '" + bucket + "'");
    }
    return root.resolve(bucket);
  }

  /** The file of an object, which need not be there. */
  Path file(String bucket, String name) {
    Path folder = bucket(bucket);
    Path file = folder.resolve(name).normalize();
    if (name.isEmpty() || name.endsWith("/") || !file.startsWith(folder) || file.equals(folder)) {
      throw new GcsException(
          400,
          "invalid",
          "The local gs:// endpoint has no object '" + name + "': its name is no file's.");
    }
    return file;
  }

  Path existing(String bucket, String name) {
    Path file = file(bucket, name);
    if (!Files.isRegularFile(file)) {
      throw GcsException.notFound(bucket, name);
    }
    return file;
  }

  /** A file for bytes that become an object later. */
  Path upload(String id) {
    return root.resolve(UPLOADS).resolve(id);
  }

  /** Makes uploaded bytes an object. */
  ObjectNode publish(Path uploaded, String bucket, String name) throws IOException {
    Path file = file(bucket, name);
    Files.createDirectories(file.resolveSibling("."));
    // A replaced object is a newer generation, even within one tick of the clock.
    long last = Files.exists(file) ? generation(file) : 0;
    Files.move(uploaded, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    if (generation(file) <= last) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusNanos((last + 1) * 1_000)));
    }
    return resource(bucket, name);
  }

  ObjectNode copy(String fromBucket, String from, String bucket, String name) throws IOException {
    Path source = existing(fromBucket, from);
    Path copy = Files.createTempFile(root.resolve(UPLOADS), "copy", "");
    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
    return publish(copy, bucket, name);
  }

  void delete(String bucket, String name) throws IOException {
    Files.delete(existing(bucket, name));
    Path top = bucket(bucket);
    // Folders are no objects: an empty one is not kept.
    for (Path parent = file(bucket, name).getParent();
        parent != null && !parent.equals(top) && isEmpty(parent);
        parent = parent.getParent()) {
      Files.delete(parent);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /** The names in a bucket that begin with a prefix, in order. */
  List<String> names(String bucket, String prefix) throws IOException {
    Path folder = bucket(bucket);
    if (!Files.isDirectory(folder)) {
      throw new GcsException(404, "notFound", "The specified bucket does not exist.");
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.startsWith(prefix))
          .forEach(names::add);
    }
    names.sort(null);
    return names;
  }

  /** The generation of an object: the microsecond in which it was written. */
  static long generation(Path file) throws IOException {
    Instant time = Files.getLastModifiedTime(file).toInstant();
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  ObjectNode resource(String bucket, String name) throws IOException {
    Path file = existing(bucket, name);
    String generation = Long.toString(generation(file));
    String time = Files.getLastModifiedTime(file).toInstant().toString();
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "storage#object")
        .put("id", bucket + "/" + name + "/" + generation)
        .put("name", name)
        .put("bucket", bucket)
        .put("generation", generation)
        .put("metageneration", "1")
        .put("contentType", "application/octet-stream")
        .put("storageClass", "STANDARD")
        .put("size", Long.toString(Files.size(file)))
        .put("timeCreated", time)
        .put("updated", time)
        .put("etag", generation);
  }
}
