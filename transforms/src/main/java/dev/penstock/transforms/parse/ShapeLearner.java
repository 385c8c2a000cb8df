package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what events look like from their {@code source} on: which bytes others have as well,
 * and where their facts stand. One instance serves one thread.
 */
final class ShapeLearner {
  private static final int MOST_MEMBERS = 64;
  private static final int NO_GAP = -1;

  /** Makes an event of a source and what follows it. */
  private static final byte[] HEAD = "{\"source\":".getBytes(StandardCharsets.US_ASCII);

  private final ChangeFacts facts;
  private final JsonReader reader = new JsonReader();

  /** Members that were seen with more than one text. */
  private final Set<String> changing = new HashSet<>();

  /** The texts of the event that was learned last, by their members. */
  private Map<String, String> textsBefore = Map.of();

  // Of the event that is being learned.
  private byte[] event = HEAD;
  private final Map<String, String> texts = new HashMap<>();
  private final List<JsonShape.Gap> gaps = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * What to take.
   *
   * @param gap where it is, or a negative number when all have the same
   * @param text what all have; null for JSON's null
   */
  record Step(ChangeFacts.Taker taker, int gap, @Nullable String text) {}

  /**
   * What was found.
   *
   * @param steps what to take, in the order of the members
   * @param endsEvent whether the shape reaches to the event's end
   */
  record Learned(JsonShape shape, List<Step> steps, boolean endsEvent) {}

  ShapeLearner(ChangeFacts facts) {
    this.facts = facts;
  }

  /**
   * Learns an event, or its source alone when more than facts follow.
   *
   * @param rest the event from the brace of its source to its own; well formed
   * @return null when the source has facts that are not what they should be
   */
  @Nullable Learned learn(byte[] rest) throws JsonReader.Unreadable {
    begin(rest);
    if (!facts(ChangeFact.OF_SOURCE, "source.")) {
      return null;
    }
    Learned source = learned(1);
    boolean all = true;
    while (all && reader.nextToken() == JsonToken.FIELD_NAME) {
      all = besideSource();
    }
    Learned toItsEnd = all ? learned(2) : null;
    textsBefore = Map.copyOf(texts);
    return toItsEnd == null ? source : toItsEnd;
  }

  /** What was found so far; null when it is too much. */
  private @Nullable Learned learned(int closed) {
    // The name of the source itself is in front of the shape.
    int members = reader.members() - 1;
    if (members > MOST_MEMBERS) {
      return null;
    }
    byte[] sample = Arrays.copyOfRange(event, HEAD.length, reader.tokenTo());
    return new Learned(
        new JsonShape(sample, gaps, members, closed), List.copyOf(steps), closed > 1);
  }

  private void begin(byte[] rest) throws JsonReader.Unreadable {
    event = Arrays.copyOf(HEAD, HEAD.length + rest.length);
    System.arraycopy(rest, 0, event, HEAD.length, rest.length);
    texts.clear();
    gaps.clear();
    steps.clear();
    reader.reset(event, 0, event.length);
    while (reader.nextToken() != JsonToken.FIELD_NAME) {
      // The brace in front of the source's name.
    }
    var unused = reader.nextValue();
  }

  /** Takes up the event's member that the reader stands at; false when it has to be read. */
  private boolean besideSource() throws JsonReader.Unreadable {
    String name = reader.currentName().text();
    JsonToken token = reader.nextValue();
    if (name.equals("transaction") && token == JsonToken.START_OBJECT) {
      return facts(ChangeFact.OF_TRANSACTION, "transaction.");
    }
    return !ChangeEvent.isPart(name) && fact(name, ChangeFact.OF_EVENT.get(name), token);
  }

  /** Takes up the members of the object that the reader stands at. */
  private boolean facts(Map<String, ChangeFact> names, String prefix) throws JsonReader.Unreadable {
    boolean ordinary = true;
    while (ordinary && reader.nextToken() == JsonToken.FIELD_NAME) {
      String name = reader.currentName().text();
      ordinary = fact(prefix + name, names.get(name), reader.nextValue());
    }
    return ordinary;
  }

  /**
   * Takes up a member.
   *
   * @param fact what it says, if anything that is asked for
   * @return false when the fact is not what it should be
   */
  private boolean fact(String name, @Nullable ChangeFact fact, JsonToken token)
      throws JsonReader.Unreadable {
    JsonShape.Gap gap = gap(name, token, fact);
    if (gap != null) {
      gaps.add(gap);
    }
    if (fact != null) {
      if (!isOrdinary(fact, token, gap)) {
        return false;
      }
      boolean said = gap == null && token != JsonToken.VALUE_NULL;
      String text = said ? reader.getText() : null;
      int number = gap == null ? NO_GAP : gaps.size() - 1;
      steps.add(new Step(facts.taker(fact, name), number, text));
    }
    reader.skipChildren();
    return true;
  }

  /** The gap where the reader's value stands; null when only events with the same value match. */
  private JsonShape.@Nullable Gap gap(String name, JsonToken token, @Nullable ChangeFact fact) {
    int from = reader.tokenFrom();
    int to = reader.tokenTo();
    if (token == JsonToken.VALUE_NUMBER_INT && reader.isShort() && event[from] != '-') {
      return gap(JsonShape.Kind.WHOLE, from, to);
    }
    if (token == JsonToken.VALUE_STRING && changes(name, reader.getText())) {
      // Without the quotes.
      return gap(fact == null ? JsonShape.Kind.PASSED : JsonShape.Kind.TEXT, from + 1, to - 1);
    }
    return null;
  }

  private static JsonShape.Gap gap(JsonShape.Kind kind, int from, int to) {
    return new JsonShape.Gap(kind, from - HEAD.length, to - HEAD.length);
  }

  private boolean changes(String name, String text) {
    texts.put(name, text);
    String before = textsBefore.get(name);
    if (before != null && !before.equals(text) && changing.size() < MOST_MEMBERS) {
      changing.add(name);
    }
    return changing.contains(name);
  }

  /** Whether the fact is null, a text, or a number in a gap, which is all that is ever taken. */
  private static boolean isOrdinary(ChangeFact fact, JsonToken token, JsonShape.@Nullable Gap gap) {
    if (fact.isWhole()) {
      return token == JsonToken.VALUE_NULL || (gap != null && gap.kind() == JsonShape.Kind.WHOLE);
    }
    return token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY;
  }
}
