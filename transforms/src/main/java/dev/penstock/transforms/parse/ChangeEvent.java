package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an event: what it says beside its rows, and where the rows stand. The rows are read
 * afterwards, since what to make of them may stand behind them. Reused; one instance serves one
 * thread.
 */
final class ChangeEvent {
  private final EventPart before = new EventPart();
  private final EventPart after = new EventPart();
  private final EventPart schema = new EventPart();
  private final EventPart payload = new EventPart();
  private final ChangeFacts envelope = new ChangeFacts();
  private final ChangeFacts besideRow = new ChangeFacts();
  private @Nullable JsonToken first;
  private boolean source;
  private int others;
  private int base;

  /**
   * Reads an event; to be handed to {@link JsonText#read}.
   *
   * @param newBase index of the first byte that the parser was given
   */
  void read(JsonToken token, JsonParser json, int newBase) throws IOException {
    clear();
    base = newBase;
    first = token;
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      member(name, json.nextToken(), json);
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
    others = 0;
  }

  private void member(String name, JsonToken token, JsonParser json) throws IOException {
    switch (name) {
      case "schema" -> schema.pass(json, base);
      case "payload" -> payload.pass(json, base);
      case "before" -> before.pass(json, base);
      case "after" -> after.pass(json, base);
      case "source" -> {
        source = token == JsonToken.START_OBJECT;
        members(ChangeFact.OF_SOURCE, "source.", token, json);
      }
      case "transaction" -> members(ChangeFact.OF_TRANSACTION, "transaction.", token, json);
      default -> {
        others++;
        fact(name, token, json);
      }
    }
  }

  private void fact(String name, JsonToken token, JsonParser json) throws IOException {
    ChangeFact ofRow = ChangeFact.BESIDE_ROW.get(name);
    ChangeFact ofEvent = ChangeFact.OF_EVENT.get(name);
    if (ofRow != null) {
      besideRow.take(ofRow, name, token, json);
    } else if (ofEvent != null) {
      envelope.take(ofEvent, name, token, json);
    } else {
      json.skipChildren();
    }
  }

  private void members(
      Map<String, ChangeFact> facts, String prefix, JsonToken token, JsonParser json)
      throws IOException {
    others++;
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      ChangeFact fact = facts.get(name);
      if (fact == null) {
        json.skipChildren();
      } else {
        envelope.take(fact, prefix + name, value, json);
      }
    }
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
