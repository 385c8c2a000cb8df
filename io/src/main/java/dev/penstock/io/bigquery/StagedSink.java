package dev.penstock.io.bigquery;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.io.sink.RowSink;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the rows of a run together in a stage, and merges them from there: through files and load
 * jobs, or through pending streams.
 */
record StagedSink(Target target, String runId, boolean files) implements RowSink {
  private static final Logger LOG = LoggerFactory.getLogger(StagedSink.class);

  @Override
  public Writer open(String run) {
    return files ? new LoadWriter(target, run, folder(run)) : new StreamPartWriter(target, run);
  }

  /** The folder of a run's files for one table. */
  private ResourceId folder(String run) {
    String temporary = target.settings().temporary();
    if (temporary == null) {
      throw new DestinationException(
          "Load jobs read files from a temporary folder: give --tempLocation", null);
    }
    ResourceId folder = FileSystems.matchNewResource(temporary, true);
    for (String part : List.of("penstock", run, StageTable.digest(List.of(target.ref().sql())))) {
      folder = folder.resolve(part, StandardResolveOptions.RESOLVE_DIRECTORY);
    }
    return folder;
  }

  /** All sources together: one load job, and one merge. */
  @Override
  public String settledWith(String source) {
    return target.ref().toString();
  }

  @Override
  public boolean settlesLate() {
    return true;
  }

  @Override
  public void settle(String group, List<String> receipts, Results results) {
    List<StagedPart> parts =
        receipts.stream().map(StagedPart::of).filter(part -> part.rows() > 0).toList();
    if (parts.isEmpty()) {
      return;
    }
    try {
      new Settlement(target, runId, parts)
          .run(
              files
                  ? new LoadStage(target.refusals())
                  : new StreamStage(target.settings(), target.patience()),
              results);
    } catch (ServiceException e) {
      throw Unusable.of(target.ref(), e);
    }
  }

  @Override
  public void cleanUp(String group, List<String> receipts) {
    try {
      target.open(runId).api().deleteTable(target.stage(runId));
      List<ResourceId> leftovers =
          receipts.stream()
              .map(StagedPart::of)
              .flatMap(part -> Stream.of(part.rowsFile(), part.recordsFile()))
              .filter(java.util.Objects::nonNull)
              .map(file -> FileSystems.matchNewResource(file, false))
              .toList();
      if (!leftovers.isEmpty()) {
        FileSystems.delete(leftovers, MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
      }
    } catch (ServiceException | IOException e) {
      // The load is done; what is left is said, and goes by itself in time.
      LOG.warn(
          "What the load of {} left in {} and in table {} could not be removed: {}",
          target.ref(),
          target.settings().temporary(),
          target.stage(runId),
          e.getMessage());
    }
  }
}
