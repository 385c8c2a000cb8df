package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.deadletter.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one event says beside its rows. Reused; one instance serves one thread. */
final class ChangeFacts {
  private static final int KINDS = ChangeFact.values().length;
  private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000;

  private final @Nullable String[] texts = new String[KINDS];
  private final @Nullable String[] names = new String[KINDS];
  private final @Nullable Long[] numbers = new Long[KINDS];
  private @Nullable Reason problem;

  void clear() {
    Arrays.fill(names, null);
    Arrays.fill(texts, null);
    Arrays.fill(numbers, null);
    problem = null;
  }

  /** Why the event cannot be used, or null. */
  @Nullable Reason problem() {
    return problem;
  }

  /** Takes the value that begins with this token, and leaves the parser at its end. */
  void take(ChangeFact fact, String name, JsonToken token, JsonParser json) throws IOException {
    String known = names[fact.ordinal()];
    names[fact.ordinal()] = name;
    note(name.equals(known) ? ChangeFaults.duplicate(name) : null);
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
      String other = texts[fact.ordinal()];
      note(other == null || other.equals(text) ? null : ChangeFaults.duplicate(name));
      texts[fact.ordinal()] = text;
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
    Long known = numbers[fact.ordinal()];
    note(known == null || known.equals(number) ? null : ChangeFaults.duplicate(name));
    numbers[fact.ordinal()] = number;
  }

  private void note(@Nullable Reason reason) {
    problem = problem == null ? reason : problem;
  }

  @Nullable String text(ChangeFact fact) {
    return texts[fact.ordinal()];
  }

  String textOrEmpty(ChangeFact fact) {
    String text = text(fact);
    return text == null ? "" : text;
  }

  @Nullable Long number(ChangeFact fact) {
    return numbers[fact.ordinal()];
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
