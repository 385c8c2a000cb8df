package dev.penstock.transforms.parse;

import org.jspecify.annotations.Nullable;

/**
 * Takes the facts out of an event from its {@code source} on when that looks like an earlier one,
 * as it nearly always does: of some twenty members, about ten differ, and most of these are
 * numbers. Where it looks otherwise, nothing has happened, and it has to be read. One instance
 * serves one thread.
 */
final class SourceShape {
  private static final int MOST_BYTES = 4096;

  private final RareLearning learning = new RareLearning();
  private final ShapeLearner learner;

  /** What events look like, if one has been learned. */
  private ShapeLearner.@Nullable Learned learned;

  SourceShape(ChangeFacts facts) {
    this.learner = new ShapeLearner(facts);
  }

  /**
   * At the beginning of the source, takes its facts, and those behind it, and goes to the end of
   * the last of them, or of the event.
   *
   * @return false when the source has to be read; the reader has stayed where it was
   */
  boolean take(JsonReader json) {
    ShapeLearner.Learned known = learned;
    if (known == null || !json.skip(known.shape())) {
      return false;
    }
    learning.used();
    for (ShapeLearner.Step step : known.steps()) {
      if (step.gap() < 0) {
        step.taker().take(step.text());
      } else {
        step.taker().take(known.shape(), step.gap());
      }
    }
    return true;
  }

  /** Whether what was taken was all to the event's end. */
  boolean endsEvent() {
    return learned != null && learned.endsEvent();
  }

  /**
   * At the end of an event that had to be read from its source on, has the next ones like it taken.
   *
   * @param from index of the source's first byte
   */
  void learn(JsonReader json, int from) throws JsonReader.Unreadable {
    if (learning.isDue() && json.tokenTo() - from <= MOST_BYTES) {
      byte[] rest = json.bytesFrom(from);
      // Later ones like it are taken for well formed.
      if (JsonText.isUtf8(rest)) {
        ShapeLearner.Learned found = learner.learn(rest);
        learned = found == null ? learned : found;
      }
    }
  }
}
