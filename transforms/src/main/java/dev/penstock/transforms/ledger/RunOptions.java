package dev.penstock.transforms.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options that every Penstock pipeline has. */
public interface RunOptions extends PipelineOptions {
  /**
   * Identifies the run. Rows keep the id of the run that wrote them, which is how a retry tells its
   * own rows from those of an earlier run. Transforms read it in {@code expand}, never on a worker.
   */
  @Description("Id of this run (a UUID). Rows keep the id of the run that wrote them.")
  @Default.InstanceFactory(RandomId.class)
  @Hidden
  String getRunId();

  void setRunId(String runId);

  /**
   * True when other processes do the work, as on a cluster: what this process sees of it (files,
   * counts in memory) may not be what they see. The default flags of a runner's module set it.
   */
  @Description("Whether the workers are other processes than this one, perhaps elsewhere.")
  @Default.Boolean(false)
  @Hidden
  boolean isRemoteWorkers();

  void setRemoteWorkers(boolean remote);

  /**
   * False when workers elsewhere see no files of this machine at all, as on Dataflow; a cluster may
   * share folders. The default flags of a runner's module set it.
   */
  @Description("Whether workers elsewhere see the folders of this machine under the same names.")
  @Default.Boolean(true)
  @Hidden
  boolean isWorkersShareFiles();

  void setWorkersShareFiles(boolean share);

  /**
   * True when this process hands the run over and ends: nobody waits for the run, so it judges
   * itself. The default flags of a runner's module set it.
   */
  @Description("Whether the run is handed over, and judges itself, instead of being waited for.")
  @Default.Boolean(false)
  @Hidden
  boolean isDetached();

  void setDetached(boolean detached);

  /** What the runner gave for the submitted run; null until it is submitted. */
  @JsonIgnore
  @Nullable PipelineResult getSubmitted();

  void setSubmitted(@Nullable PipelineResult result);

  /** A fresh random id for each run. */
  final class RandomId implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return UUID.randomUUID().toString();
    }
  }
}
