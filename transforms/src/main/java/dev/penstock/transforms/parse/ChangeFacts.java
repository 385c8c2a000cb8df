package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.deadletter.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one event says beside its rows. Reused; one instance serves one thread. */
final class ChangeFacts {
  private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000;

  private final Map<ChangeFact, String> texts = new EnumMap<>(ChangeFact.class);
  private final Map<ChangeFact, String> names = new EnumMap<>(ChangeFact.class);
  private final Map<ChangeFact, Long> numbers = new EnumMap<>(ChangeFact.class);
  private @Nullable Reason problem;

  void clear() {
    names.clear();
    texts.clear();
    numbers.clear();
    problem = null;
  }

  /** Why the event cannot be used, or null. */
  @Nullable Reason problem() {
    return problem;
  }

  /** Takes the value that begins with this token, and leaves the parser at its end. */
  void take(ChangeFact fact, String name, JsonToken token, JsonParser json) throws IOException {
    String last = names.put(fact, name);
    note(name.equals(last) ? ChangeFaults.duplicate(name) : null);
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      json.skipChildren();
      note(fact.isWhole() ? ChangeFaults.metadata(name) : null);
      return;
    }
    if (fact.isWhole()) {
      takeNumber(fact, name, token, json);
    } else {
      String text = json.getText();
      String other = texts.put(fact, text);
      note(other == null || other.equals(text) ? null : ChangeFaults.duplicate(name));
    }
  }

  private void takeNumber(ChangeFact fact, String name, JsonToken token, JsonParser json)
      throws IOException {
    Long number =
        token == JsonToken.VALUE_NUMBER_INT
            ? JsonNumber.whole(json)
            : token == JsonToken.VALUE_STRING ? JsonNumber.whole(json.getText()) : null;
    boolean millis = fact == ChangeFact.SOURCE_MS || fact == ChangeFact.EVENT_MS;
    if (number == null || (millis && (number > MOST_MILLIS || number < -MOST_MILLIS))) {
      note(ChangeFaults.metadata(name));
      return;
    }
    Long other = numbers.put(fact, number);
    note(other == null || other.equals(number) ? null : ChangeFaults.duplicate(name));
  }

  private void note(@Nullable Reason reason) {
    problem = problem == null ? reason : problem;
  }

  @Nullable String text(ChangeFact fact) {
    return texts.get(fact);
  }

  String textOrEmpty(ChangeFact fact) {
    String text = text(fact);
    return text == null ? "" : text;
  }

  @Nullable Long number(ChangeFact fact) {
    return numbers.get(fact);
  }

  /** What orders two changes of one key; null when the event does not tell. */
  @Nullable Long version() {
    Long lsn = number(ChangeFact.LSN);
    return lsn == null ? number(ChangeFact.SOURCE_MS) : lsn;
  }

  /** When the change was committed at the source. */
  @Nullable Instant sourceTime() {
    return time(ChangeFact.SOURCE_NS, ChangeFact.SOURCE_US, ChangeFact.SOURCE_MS);
  }

  /** When the change was captured. */
  @Nullable Instant eventTime() {
    return time(ChangeFact.EVENT_NS, ChangeFact.EVENT_US, ChangeFact.EVENT_MS);
  }

  /** The most exact one of three, to the microsecond. */
  private @Nullable Instant time(ChangeFact nanos, ChangeFact micros, ChangeFact millis) {
    Long nano = number(nanos);
    Long micro = nano == null ? number(micros) : Long.valueOf(Math.floorDiv(nano, 1_000));
    if (micro != null) {
      return Instant.ofEpochSecond(
          Math.floorDiv(micro, 1_000_000), Math.floorMod(micro, 1_000_000) * 1_000L);
    }
    Long milli = number(millis);
    return milli == null ? null : Instant.ofEpochMilli(milli);
  }
}
