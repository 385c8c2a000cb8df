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
    String name = "penstock-summary-" + runId + ".json";
    if (tempLocation != null) {
      ResourceId temp = FileSystems.matchNewResource(tempLocation, true);
      return new SummaryFile(temp.resolve(name, StandardResolveOptions.RESOLVE_FILE), null);
    }
    Path folder = Files.createTempDirectory("penstock-run");
    return new SummaryFile(
        FileSystems.matchNewResource(folder.resolve(name).toString(), false), folder);
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
