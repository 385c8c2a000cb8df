package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.deadletter.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one event says beside its rows. Reused; one instance serves one thread. */
final class ChangeFacts {
  private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000;

  private final Map<ChangeFact, Slot> slots = new EnumMap<>(ChangeFact.class);
  private @Nullable Reason problem;

  /** Tells what was said by this event from what was said by others before. */
  private long event = 1;

  /** One fact of one event. */
  private static final class Slot {
    private final boolean whole;
    private final boolean millis;
    private final SameText said = new SameText();
    private long event;

    // What was said by that event.
    private @Nullable String name;
    private @Nullable String text;
    private boolean counted;
    private long number;

    Slot(ChangeFact fact) {
      this.whole = fact.isWhole();
      this.millis = fact == ChangeFact.SOURCE_MS || fact == ChangeFact.EVENT_MS;
    }

    /** Forgets what another event said. */
    void turnTo(long newEvent) {
      if (event != newEvent) {
        event = newEvent;
        name = null;
        text = null;
        counted = false;
      }
    }
  }

  /** A text that is mostly that of the event before, such as the name of a table. */
  private static final class SameText {
    private byte[] utf8 = {};
    private String text = "";

    String of(JsonReader json) {
      if (!json.textIs(utf8)) {
        text = json.getText();
        utf8 = text.getBytes(StandardCharsets.UTF_8);
      }
      return text;
    }

    String of(JsonShape shape, int gap) {
      if (!shape.textIs(gap, utf8)) {
        text = shape.text(gap);
        utf8 = text.getBytes(StandardCharsets.UTF_8);
      }
      return text;
    }
  }

  /** Takes one fact out of events, under one of its names. */
  final class Taker {
    private final Slot slot;
    private final String name;

    private Taker(Slot slot, String name) {
      this.slot = slot;
      this.name = name;
    }

    /** Takes the value that begins with this token, and leaves the reader at its end. */
    void take(JsonToken token, JsonReader json) throws JsonReader.Unreadable {
      begin();
      if (token == JsonToken.VALUE_NULL) {
        return;
      }
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        json.skipChildren();
        if (slot.whole) {
          note(ChangeFaults.metadata(name));
        }
      } else if (slot.whole) {
        takeNumber(token, json);
      } else {
        takeText(slot.said.of(json));
      }
    }

    /** Takes the value in a gap, which is a number if the fact is a whole one. */
    void take(JsonShape shape, int gap) {
      begin();
      if (slot.whole) {
        takeNumber(shape.number(gap));
      } else {
        takeText(slot.said.of(shape, gap));
      }
    }

    /** Takes a text, or JSON's null, which any fact may be. */
    void take(@Nullable String text) {
      begin();
      if (text != null) {
        takeText(text);
      }
    }

    private void begin() {
      slot.turnTo(event);
      if (name.equals(slot.name)) {
        note(ChangeFaults.duplicate(name));
      }
      slot.name = name;
    }

    private void takeText(String text) {
      if (slot.text != null && !slot.text.equals(text)) {
        note(ChangeFaults.duplicate(name));
      }
      slot.text = text;
    }

    private void takeNumber(JsonToken token, JsonReader json) {
      long number;
      if (token == JsonToken.VALUE_NUMBER_INT && json.isShort()) {
        number = json.getLongValue();
      } else {
        boolean digits = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
        Long read = digits ? JsonNumber.whole(json.getText()) : null;
        if (read == null) {
          note(ChangeFaults.metadata(name));
          return;
        }
        number = read;
      }
      takeNumber(number);
    }

    private void takeNumber(long number) {
      if (slot.millis && (number > MOST_MILLIS || number < -MOST_MILLIS)) {
        note(ChangeFaults.metadata(name));
        return;
      }
      if (slot.counted && slot.number != number) {
        note(ChangeFaults.duplicate(name));
      }
      slot.counted = true;
      slot.number = number;
    }
  }

  ChangeFacts() {
    for (ChangeFact fact : ChangeFact.values()) {
      slots.put(fact, new Slot(fact));
    }
  }

  /**
   * What takes a fact.
   *
   * @param name under which it stands in the event
   */
  Taker taker(ChangeFact fact, String name) {
    return new Taker(slot(fact), name);
  }

  /** Turns to another event, of which nothing has been said. */
  void clear() {
    event++;
    problem = null;
  }

  private Slot slot(ChangeFact fact) {
    return Objects.requireNonNull(slots.get(fact));
  }

  /** Why the event cannot be used, or null. */
  @Nullable Reason problem() {
    return problem;
  }

  private void note(Reason reason) {
    problem = problem == null ? reason : problem;
  }

  @Nullable String text(ChangeFact fact) {
    Slot slot = slot(fact);
    return slot.event == event ? slot.text : null;
  }

  String textOrEmpty(ChangeFact fact) {
    String text = text(fact);
    return text == null ? "" : text;
  }

  @Nullable Long number(ChangeFact fact) {
    return isNumber(fact) ? (Long) slot(fact).number : null;
  }

  private boolean isNumber(ChangeFact fact) {
    Slot slot = slot(fact);
    return slot.event == event && slot.counted;
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
    if (isNumber(nanos)) {
      return ofMicros(Math.floorDiv(slot(nanos).number, 1_000));
    }
    if (isNumber(micros)) {
      return ofMicros(slot(micros).number);
    }
    return isNumber(millis) ? Instant.ofEpochMilli(slot(millis).number) : null;
  }

  private static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
  }
}
