package dev.penstock.io.dataset;

import dev.penstock.io.sink.DestinationException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * A folder of files, and the names in it. A file's name tells the source and the part of it that
 * its rows come from, so that whoever writes the part again replaces the file.
 *
 * @param folder of the table, without a slash at its end
 * @param kind what the names of all files of this kind have behind their part, such as {@code
 *     .jsonl}
 * @param ending what the names of new files end with, such as {@code .jsonl.gz}
 */
public record DataSet(String folder, String kind, String ending) implements Serializable {
  /** Readers skip what begins with an underscore, and what does not end as they expect. */
  private static final String UNFINISHED = "_unfinished/";

  /** The receipt of a part that has no rows. */
  public static final String NO_FILE = "";

  /** The data set of a table in a directory. */
  public static DataSet of(String directory, String table, String kind, String ending) {
    return new DataSet(directory + "/" + PathText.of(table), kind, ending);
  }

  /**
   * The directory that a destination such as {@code parquet:lake} names, made absolute.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static String directory(String uri, String scheme) {
    String text = uri.startsWith(scheme) ? uri.substring(scheme.length()) : uri;
    String local = text.startsWith("file://") ? text.substring("file://".length()) : text;
    if (local.isBlank()) {
      throw new IllegalArgumentException(
          "'" + uri + "' names no folder. Use " + scheme + "<folder>, such as " + scheme + "lake");
    }
    if (local.matches(".*[*?\\[\\]{}].*")) {
      throw new IllegalArgumentException(
          "The folder '" + local + "' has one of * ? [ ] { } in its name. Use another name");
    }
    String full =
        local.contains("://") ? local : Path.of(local).toAbsolutePath().normalize().toString();
    return full.endsWith("/") ? full.substring(0, full.length() - 1) : full;
  }

  /** Name of a part's file, relative to the folder. */
  String name(String partition, String source, long from, int roll) {
    String suffix = roll == 0 ? "" : String.format(Locale.ROOT, "-%03d", roll);
    return partition
        + PathText.hash(source)
        + String.format(Locale.ROOT, "-%015d", from)
        + suffix
        + ending;
  }

  ResourceId file(String name) {
    return FileSystems.matchNewResource(folder + "/" + name, false);
  }

  /** A name for a file of this source that is not finished; no two are the same. */
  ResourceId unfinished(String source) {
    return file(UNFINISHED + PathText.hash(source) + "-" + UUID.randomUUID() + ".tmp");
  }

  /** Deletes files of a source: those of earlier runs that are not among these, and half ones. */
  public void settle(String source, List<String> kept) {
    Set<ResourceId> wanted = new HashSet<>();
    kept.stream().filter(name -> !name.equals(NO_FILE)).map(this::file).forEach(wanted::add);
    String hash = PathText.hash(source);
    try {
      List<ResourceId> stale = new ArrayList<>();
      for (ResourceId found : match(folder + "/**" + hash + "-*" + kind + "*")) {
        if (!wanted.contains(found)) {
          stale.add(found);
        }
      }
      stale.addAll(match(folder + "/" + UNFINISHED + hash + "-*.tmp"));
      delete(stale);
    } catch (IOException e) {
      throw WriteFailures.of(folder, e);
    }
  }

  private static List<ResourceId> match(String glob) throws IOException {
    return FileSystems.match(glob, EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .toList();
  }

  static void delete(List<ResourceId> files) throws IOException {
    if (!files.isEmpty()) {
      FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }

  /** Makes the folder where it is missing, and tries whether files can be written into it. */
  public List<String> prepare(boolean create) {
    ResourceId trial = file(UNFINISHED + "trial-" + UUID.randomUUID() + ".tmp");
    try {
      if (!create && !exists()) {
        return missing();
      }
      try (WritableByteChannel channel = FileSystems.create(trial, MimeTypes.BINARY)) {
        channel.write(java.nio.ByteBuffer.allocate(1));
      }
      delete(List.of(trial));
      return List.of();
    } catch (IOException e) {
      return WriteFailures.of(folder, e).problems();
    }
  }

  /** Says what {@link #prepare} would stumble on, and leaves nothing behind. */
  public List<String> check(boolean create) {
    if (folder.contains("://")) {
      // Object stores have no folders: what prepare writes, it deletes.
      return prepare(create);
    }
    if (!create && !exists()) {
      return missing();
    }
    Path nearest = Path.of(folder);
    while (nearest.getParent() != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (!Files.isDirectory(nearest)) {
      return List.of(WriteFailures.notAFolder(folder, nearest.toString()));
    }
    return Files.isWritable(nearest) ? List.of() : List.of(WriteFailures.readOnly(folder));
  }

  private boolean exists() {
    try {
      return folder.contains("://")
          ? !match(folder + "/**").isEmpty()
          : Files.isDirectory(Path.of(folder));
    } catch (IOException e) {
      throw new DestinationException(WriteFailures.of(folder, e).problems());
    }
  }

  private List<String> missing() {
    return List.of(
        "The folder "
            + folder
            + " does not exist. Create it, or let it be made: --createTables=true");
  }
}
