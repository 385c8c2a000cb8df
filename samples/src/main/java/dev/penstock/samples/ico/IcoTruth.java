package dev.penstock.samples.ico;

import java.util.Map;

/**
 * What a load of the generated messages has to find.
 *
 * @param topics counts by topic
 * @param users users that have registered
 * @param conversions conversions, each once
 */
public record IcoTruth(Map<IcoTopic, Count> topics, long users, long conversions) {
  /** Copies the counts. */
  public IcoTruth {
    topics = Map.copyOf(topics);
  }

  /** Counts of a topic. */
  public Count of(IcoTopic topic) {
    return topics.getOrDefault(topic, new Count(0, 0, 0));
  }

  /**
   * Counts of a topic.
   *
   * @param messages all that were sent
   * @param rows rows of its table: copies of a message make no row
   * @param deadLetters messages that break the contract, their copies included
   */
  public record Count(long messages, long rows, long deadLetters) {}
}
