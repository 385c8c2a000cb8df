package dev.penstock.samples.streaming;

import java.util.List;

/**
 * What Kafka Connect tells about a connector.
 *
 * @param connector the connector's state: {@code RUNNING}, {@code FAILED}, {@code PAUSED}, {@code
 *     UNASSIGNED}, …; {@code ABSENT} when there is none
 * @param tasks the state of each of its tasks; empty before the first has been started
 * @param trace why it or a task has failed; empty when nothing has
 */
public record ConnectorStatus(String connector, List<String> tasks, String trace) {
  static final String RUNNING = "RUNNING";
  static final String FAILED = "FAILED";
  static final ConnectorStatus ABSENT = new ConnectorStatus("ABSENT", List.of(), "");

  /** True when it and all its tasks run. */
  public boolean isRunning() {
    return connector.equals(RUNNING)
        && !tasks.isEmpty()
        && tasks.stream().allMatch(RUNNING::equals);
  }

  /** True when it or one of its tasks has failed and waits for a restart. */
  public boolean hasFailed() {
    return connector.equals(FAILED) || tasks.contains(FAILED);
  }
}
