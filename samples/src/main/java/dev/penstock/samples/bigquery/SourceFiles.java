package dev.penstock.samples.bigquery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a load job names: paths of this machine, and {@code gs://} objects, which the
 * local Cloud Storage endpoint keeps as files below its folder.
 */
final class SourceFiles {
  private static final String GCS = "gs://";

  private final @Nullable Path gcsFolder;

  SourceFiles(@Nullable Path gcsFolder) {
    this.gcsFolder = gcsFolder;
  }

  /** The files of a URI, which may end in {@code *}. */
  List<SourceFile> find(String uri) {
    Path path = path(uri);
    List<SourceFile> found = uri.indexOf('*') < 0 ? single(uri, path) : matches(uri, path);
    if (found.isEmpty()) {
      throw new ApiException(404, "notFound", "Not found: URI " + uri);
    }
    return found;
  }

  private Path path(String uri) {
    if (uri.startsWith(GCS)) {
      if (gcsFolder == null) {
        throw ApiException.invalid(
            "Cannot read " + uri + ": the endpoint was started without a folder for gs://.");
      }
      return gcsFolder.resolve(uri.substring(GCS.length()));
    }
    return uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri);
  }

  private static List<SourceFile> single(String uri, Path path) {
    return Files.isRegularFile(path) ? List.of(new SourceFile(uri, path)) : List.of();
  }

  private List<SourceFile> matches(String uri, Path pattern) {
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.toString().replace("*", "**"));
    String fixed = pattern.toString().substring(0, pattern.toString().indexOf('*'));
    Path base = Path.of(fixed.substring(0, fixed.lastIndexOf('/') + 1));
    List<SourceFile> found = new ArrayList<>();
    if (Files.isDirectory(base)) {
      try (Stream<Path> files = Files.walk(base)) {
        files
            .filter(Files::isRegularFile)
            .filter(matcher::matches)
            .sorted()
            .forEach(file -> found.add(new SourceFile(name(uri, file), file)));
      } catch (IOException e) {
        throw new UncheckedIOException(uri + " cannot be listed: " + e, e);
      }
    }
    return found;
  }

  private String name(String uri, Path file) {
    return uri.startsWith(GCS) && gcsFolder != null
        ? GCS + gcsFolder.relativize(file)
        : file.toString();
  }

  /** A file with the name under which the job was told of it. */
  record SourceFile(String uri, Path path) {}
}
