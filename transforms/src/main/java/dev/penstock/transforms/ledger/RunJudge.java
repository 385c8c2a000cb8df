package dev.penstock.transforms.ledger;

import java.io.Serializable;

/**
 * Judges a run inside its own pipeline, for a run that no process waits for.
 *
 * <pre>{@code
 * CollectRunSummary.to(path)
 *     .withJudge(
 *         summary -> {
 *           if (summary.ledger().total().deadLettered() > 0) {
 *             throw new IllegalStateException("There are dead letters");
 *           }
 *         });
 * }</pre>
 */
@FunctionalInterface
public interface RunJudge extends Serializable {

  /**
   * Looks at the figures of the run, on a worker, after they are stored. A bundle that is tried
   * again judges again.
   *
   * @throws RuntimeException to make the run fail
   */
  void judge(RunSummary summary);
}
