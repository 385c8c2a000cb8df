package dev.penstock.pipelines.cli;

import dev.penstock.transforms.ledger.RunOptions;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Watches a run whose workers are other processes, where this process counts nothing itself. The
 * module of a runner brings one, named in {@code
 * META-INF/services/dev.penstock.pipelines.cli.RemoteWatch}:
 *
 * <pre>{@code
 * public final class FlinkWatch implements RemoteWatch {
 *   public boolean sees(PipelineOptions options) {
 *     return options.getRunner().getSimpleName().equals("FlinkRunner");
 *   }
 *
 *   public Optional<String> place(PipelineOptions options) {
 *     return Optional.of("Running as Flink job 8d62827a");
 *   }
 *
 *   public String progress(PipelineOptions options) {
 *     return "3 of 12 tasks finished";
 *   }
 *
 *   public String stop(PipelineOptions options) {
 *     return "Flink job 8d62827a is cancelled.";
 *   }
 * }
 * }</pre>
 *
 * <p>Each method is called every few seconds, from any thread, also before the run has begun and
 * when its cluster does not answer: then it says so, and throws nothing.
 */
public interface RemoteWatch {

  /** True when this watch knows the runner of these options. */
  boolean sees(PipelineOptions options);

  /** Where to find the run, in one sentence without a full stop; empty until that is known. */
  Optional<String> place(PipelineOptions options);

  /** How the run is getting on, in a few words. */
  String progress(PipelineOptions options);

  /** Stops the run, and says in a sentence or two what has become of it. */
  String stop(PipelineOptions options);

  /** Why a run that did not end well ended so, if its runner keeps the reason to itself. */
  default Optional<String> failure(PipelineOptions options) {
    return Optional.empty();
  }

  /** The watch over a run with these options; empty when its workers are in this process. */
  static Optional<RemoteWatch> of(RunOptions options) {
    if (!options.isRemoteWorkers()) {
      return Optional.empty();
    }
    for (RemoteWatch watch : ServiceLoader.load(RemoteWatch.class)) {
      if (watch.sees(options)) {
        return Optional.of(watch);
      }
    }
    return Optional.of(new NoWatch());
  }
}
