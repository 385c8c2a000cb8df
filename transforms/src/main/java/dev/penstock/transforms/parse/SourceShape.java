package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the facts out of an event's {@code source} when it looks like an earlier one, as it nearly
 * always does: of its fourteen members, some six differ, and most of these are numbers. Where it
 * looks otherwise, nothing has happened, and it has to be read. One instance serves one thread.
 */
final class SourceShape {
  private static final int MOST_BYTES = 4096;
  private static final int MOST_MEMBERS = 64;
  private static final int NO_GAP = -1;

  private final ChangeFacts facts;
  private final RareLearning learning = new RareLearning();
  private final JsonReader reader = new JsonReader();

  /** Members that were seen with more than one text. */
  private final Set<String> changing = new HashSet<>();

  /** The texts of the object that was learned last, by their members. */
  private Map<String, String> texts = Map.of();

  /** What the objects look like, if one has been learned. */
  private @Nullable JsonShape shape;

  /** What to take out of them, in the order of their members. */
  private Step[] steps = {};

  /**
   * What to take.
   *
   * @param gap where it is, or a negative number when all have the same
   * @param text what all have; null for JSON's null
   */
  private record Step(ChangeFacts.Taker taker, int gap, @Nullable String text) {}

  SourceShape(ChangeFacts facts) {
    this.facts = facts;
  }

  /**
   * At the beginning of an object, takes its facts and goes to its end.
   *
   * @return false when the object has to be read; the reader has stayed where it was
   */
  boolean take(JsonReader json) {
    JsonShape known = shape;
    if (known == null || !json.skip(known)) {
      return false;
    }
    learning.used();
    for (Step step : steps) {
      if (step.gap < 0) {
        step.taker.take(step.text);
      } else {
        step.taker.take(known, step.gap);
      }
    }
    return true;
  }

  /** At the end of an object that had to be read, has the next ones like it taken. */
  void learn(JsonReader json, int from) throws JsonReader.Unreadable {
    if (learning.isDue() && json.tokenTo() - from <= MOST_BYTES) {
      byte[] object = json.bytesFrom(from);
      // Later ones like it are taken for well formed.
      if (JsonText.isUtf8(object)) {
        learn(object);
      }
    }
  }

  private void learn(byte[] object) throws JsonReader.Unreadable {
    List<JsonShape.Gap> gaps = new ArrayList<>();
    List<Step> found = new ArrayList<>();
    Map<String, String> foundTexts = new HashMap<>();
    reader.reset(object, 0, object.length);
    JsonToken token = reader.nextToken();
    while (reader.nextToken() == JsonToken.FIELD_NAME) {
      String name = reader.currentName().text();
      token = reader.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        foundTexts.put(name, reader.getText());
      }
      ChangeFact fact = ChangeFact.OF_SOURCE.get(name);
      JsonShape.Gap gap = gap(name, token, fact, object);
      if (gap != null) {
        gaps.add(gap);
      }
      if (fact != null) {
        if (!isOrdinary(fact, token, gap)) {
          return;
        }
        boolean said = gap == null && token != JsonToken.VALUE_NULL;
        String text = said ? reader.getText() : null;
        int number = gap == null ? NO_GAP : gaps.size() - 1;
        found.add(new Step(facts.taker(fact, "source." + name), number, text));
      }
      reader.skipChildren();
    }
    texts = foundTexts;
    if (reader.members() <= MOST_MEMBERS) {
      shape = new JsonShape(object, gaps, reader.members());
      steps = found.toArray(new Step[0]);
    }
  }

  /** The gap where the reader's value stands; null when only objects with the same value match. */
  private JsonShape.@Nullable Gap gap(
      String name, @Nullable JsonToken token, @Nullable ChangeFact fact, byte[] object) {
    int from = reader.tokenFrom();
    int to = reader.tokenTo();
    if (token == JsonToken.VALUE_NUMBER_INT && reader.isShort() && object[from] != '-') {
      return new JsonShape.Gap(JsonShape.Kind.WHOLE, from, to);
    }
    if (token == JsonToken.VALUE_STRING && changes(name, reader.getText())) {
      JsonShape.Kind kind = fact == null ? JsonShape.Kind.PASSED : JsonShape.Kind.TEXT;
      return new JsonShape.Gap(kind, from + 1, to - 1);
    }
    return null;
  }

  private boolean changes(String name, String text) {
    String before = texts.get(name);
    if (before != null && !before.equals(text) && changing.size() < MOST_MEMBERS) {
      changing.add(name);
    }
    return changing.contains(name);
  }

  /** Whether the fact is null, a text, or a number in a gap, which is all that is ever taken. */
  private static boolean isOrdinary(
      ChangeFact fact, @Nullable JsonToken token, JsonShape.@Nullable Gap gap) {
    if (fact.isWhole()) {
      return token == JsonToken.VALUE_NULL || (gap != null && gap.kind() == JsonShape.Kind.WHOLE);
    }
    return token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY;
  }
}
