package dev.penstock.io.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Finds and opens the files of a run. */
final class InputFiles {
  private InputFiles() {}

  /**
   * The files that the patterns match, each once, in order of their names.
   *
   * @throws FileInputException with every pattern that matches nothing
   */
  static List<MatchResult.Metadata> match(List<String> globs) {
    Map<String, MatchResult.Metadata> files = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (String glob : globs) {
      String spec = absolute(glob);
      if (isMissingLocally(spec)) {
        problems.add(missing(glob, spec));
        continue;
      }
      try {
        List<MatchResult.Metadata> found =
            FileSystems.match(spec, EmptyMatchTreatment.ALLOW).metadata();
        found.forEach(file -> files.put(file.resourceId().toString(), file));
        if (found.isEmpty()) {
          problems.add(missing(glob, spec));
        } else if (found.get(0).resourceId().isDirectory() || isFolder(spec)) {
          problems.add(glob + " is a folder; name its files, such as " + glob + "/*.csv");
        }
      } catch (FileNotFoundException e) {
        problems.add(missing(glob, spec));
      } catch (IOException | IllegalArgumentException e) {
        problems.add("The input '" + glob + "' cannot be listed: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new FileInputException(problems);
    }
    return List.copyOf(files.values());
  }

  /** Beam looks for a local file that is not there in all of its folder, which may be large. */
  private static boolean isMissingLocally(String spec) {
    return !isPattern(spec) && !spec.contains("://") && !Files.exists(Path.of(spec));
  }

  private static boolean isPattern(String spec) {
    return spec.indexOf('*') >= 0
        || spec.indexOf('?') >= 0
        || spec.indexOf('[') >= 0
        || spec.indexOf('{') >= 0;
  }

  private static String missing(String glob, String spec) {
    String looked = spec.equals(glob) ? "" : " (looked for " + spec + ")";
    return isPattern(spec)
        ? "No file matches '" + glob + "'" + looked + "; check --input, and quote it in the shell"
        : "The file " + glob + " does not exist" + looked + "; check --input";
  }

  private static boolean isFolder(String spec) {
    return !spec.contains("://") && Files.isDirectory(Path.of(spec));
  }

  /** A local name made absolute, so that a file has the same name in every run. */
  static String absolute(String glob) {
    String local = glob.startsWith("file://") ? glob.substring("file://".length()) : glob;
    return local.contains("://") ? glob : Path.of(local).toAbsolutePath().normalize().toString();
  }

  /** Opens a file, decompressed by its name. */
  static ReadableByteChannel open(MatchResult.Metadata file) {
    String name = file.resourceId().toString();
    try {
      ReadableByteChannel raw = FileSystems.open(file.resourceId());
      return Compression.detect(name).readDecompressed(raw);
    } catch (IOException e) {
      throw new FileInputException(
          name
              + " cannot be opened: "
              + e.getMessage()
              + ". Check that it is readable, complete, and compressed as its name says.",
          e);
    }
  }
}
