package dev.penstock.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Place of the small file through which the workers tell the launching process their exact figures:
 * below {@code --tempLocation} where one is given (a cluster needs it), else in a local folder.
 * Taken away when the run is over.
 */
final class SummaryFile implements AutoCloseable {
  private final ResourceId file;
  private final @Nullable Path folder;

  private SummaryFile(ResourceId file, @Nullable Path folder) {
    this.file = file;
    this.folder = folder;
  }

  static SummaryFile in(@Nullable String tempLocation, String runId) throws IOException {
    if (tempLocation != null) {
      return new SummaryFile(place(tempLocation, runId), null);
    }
    Path folder = Files.createTempDirectory("penstock-run");
    return new SummaryFile(place(folder.toString(), runId), folder);
  }

  /** Where the figures of a run stay that nobody waits for. */
  static String path(String tempLocation, String runId) {
    return place(tempLocation, runId).toString();
  }

  private static ResourceId place(String folder, String runId) {
    return FileSystems.matchNewResource(folder, true)
        .resolve("penstock-summary-" + runId + ".json", StandardResolveOptions.RESOLVE_FILE);
  }

  String path() {
    return file.toString();
  }

  @Override
  public void close() throws IOException {
    FileSystems.delete(
        java.util.List.of(file), MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }
}
