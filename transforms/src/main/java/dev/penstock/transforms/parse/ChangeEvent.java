package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an event: what it says beside its rows, and where the rows stand. What to make of
 * the rows may stand behind them, so they are read afterwards; but the row after the change, which
 * is nearly always the one that is wanted, is read as it passes. Reused; one instance serves one
 * thread.
 */
final class ChangeEvent {
  private final EventPart.Body rowAfter;
  private final EventPart before = new EventPart();
  private final EventPart after = new EventPart();
  private final EventPart schema = new EventPart();
  private final EventPart payload = new EventPart();
  private final ChangeFacts envelope = new ChangeFacts();
  private final ChangeFacts besideRow = new ChangeFacts();
  private final SourceShape shape = new SourceShape(envelope);
  private final JsonName.Table<Member> members = new JsonName.Table<>(this::member);
  private final JsonName.Table<Member> ofSource =
      new JsonName.Table<>(name -> fact(ChangeFact.OF_SOURCE, "source.", name));
  private final JsonName.Table<Member> ofTransaction =
      new JsonName.Table<>(name -> fact(ChangeFact.OF_TRANSACTION, "transaction.", name));
  private @Nullable JsonToken first;
  private boolean source;

  /** Where a source begins that looks like none before; negative when there is none. */
  private int unknownFrom;

  /** Whether the reader is at the event's end. */
  private boolean ended;

  private int others;

  /** What is done with a member of an event. */
  private interface Member {
    /** Reads the value that begins with this token, and leaves the reader at its end. */
    void read(JsonToken token, JsonReader json) throws JsonReader.Unreadable;
  }

  /**
   * Makes a reader of events.
   *
   * @param rowAfter reads the row after the change, if there is one, in an event that may turn out
   *     to be none, or not to be read to its end
   */
  ChangeEvent(EventPart.Body rowAfter) {
    this.rowAfter = rowAfter;
  }

  /** Reads an event; to be handed to {@link JsonText#read}. */
  void read(JsonToken token, JsonReader json) throws JsonReader.Unreadable {
    clear();
    first = token;
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (!ended && json.nextMember()) {
      Member member = members.get(json.currentName());
      member.read(json.nextValue(), json);
    }
    if (unknownFrom >= 0) {
      shape.learn(json, unknownFrom);
    }
  }

  private void clear() {
    before.clear();
    after.clear();
    schema.clear();
    payload.clear();
    envelope.clear();
    besideRow.clear();
    source = false;
    unknownFrom = -1;
    ended = false;
    others = 0;
  }

  private Member member(String name) {
    return switch (name) {
      case "schema" -> (token, json) -> schema.pass(json);
      case "payload" -> (token, json) -> payload.pass(json);
      case "before" -> (token, json) -> before.pass(json);
      case "after" -> (token, json) -> after.read(json, rowAfter);
      case "source" ->
          (token, json) -> {
            source = token == JsonToken.START_OBJECT;
            if (source && shape.take(json)) {
              ended = shape.endsEvent();
              others++;
              return;
            }
            if (source) {
              unknownFrom = json.tokenFrom();
            }
            facts(ofSource, token, json);
          };
      case "transaction" -> (token, json) -> facts(ofTransaction, token, json);
      default -> {
        Member fact = fact(name);
        yield (token, json) -> {
          others++;
          fact.read(token, json);
        };
      }
    };
  }

  private Member fact(String name) {
    ChangeFact ofRow = ChangeFact.BESIDE_ROW.get(name);
    return ofRow == null ? fact(ChangeFact.OF_EVENT, "", name) : besideRow.taker(ofRow, name)::take;
  }

  /** Takes a fact, or passes over what is none. */
  private Member fact(Map<String, ChangeFact> facts, String prefix, String name) {
    ChangeFact fact = facts.get(name);
    return fact == null
        ? (token, json) -> json.skipChildren()
        : envelope.taker(fact, prefix + name)::take;
  }

  private void facts(JsonName.Table<Member> facts, JsonToken token, JsonReader json)
      throws JsonReader.Unreadable {
    others++;
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextMember()) {
      Member fact = facts.get(json.currentName());
      fact.read(json.nextValue(), json);
    }
  }

  /** Whether a member of an event with this name is more than a fact. */
  static boolean isPart(String name) {
    return switch (name) {
      case "schema", "payload", "before", "after", "source" -> true;
      default -> ChangeFact.BESIDE_ROW.containsKey(name);
    };
  }

  /** Whether it is JSON's null, a tombstone. */
  boolean isNull() {
    return first == JsonToken.VALUE_NULL;
  }

  boolean isObject() {
    return first == JsonToken.START_OBJECT;
  }

  /** What JSON calls it. */
  String kind() {
    return JsonValue.kind(first == null ? JsonToken.VALUE_NULL : first);
  }

  /** Whether it is an event with its schema, {@code {schema, payload}}. */
  boolean isWrapper() {
    return payload.isThere()
        && others == 0
        && !before.isThere()
        && !after.isThere()
        && (payload.isObject() || payload.isNull())
        && (schema.isObject() || schema.isNull());
  }

  /** Whether it looks like Debezium's own form. */
  boolean isEnvelope() {
    return envelope.text(ChangeFact.OP) != null && (source || before.isThere() || after.isThere());
  }

  /** Whether it looks like a row with something beside it. */
  boolean isUnwrapped() {
    return besideRow.text(ChangeFact.OP) != null || besideRow.text(ChangeFact.DELETED) != null;
  }

  EventPart before() {
    return before;
  }

  EventPart after() {
    return after;
  }

  EventPart schema() {
    return schema;
  }

  EventPart payload() {
    return payload;
  }

  /** What an envelope says beside its rows. */
  ChangeFacts envelope() {
    return envelope;
  }

  /** What an unwrapped row says beside itself. */
  ChangeFacts besideRow() {
    return besideRow;
  }
}
