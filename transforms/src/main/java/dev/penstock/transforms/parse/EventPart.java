package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** Where a part of an event stands in its bytes, so that it can be read once all of it is known. */
final class EventPart {
  private @Nullable JsonToken first;
  private boolean twice;
  private int from;
  private int to;

  void clear() {
    first = null;
    twice = false;
  }

  /** What reads an object, and leaves the reader at its end. */
  interface Body {
    void read(JsonReader json) throws JsonReader.Unreadable;
  }

  /** Passes over the value that begins with the current token. */
  void pass(JsonReader json) throws JsonReader.Unreadable {
    read(json, JsonReader::skipChildren);
  }

  /** Has the value that begins with the current token read if it is an object. */
  void read(JsonReader json, Body body) throws JsonReader.Unreadable {
    twice = first != null;
    first = json.currentToken();
    from = json.tokenFrom();
    if (isObject()) {
      body.read(json);
    } else {
      json.skipChildren();
    }
    to = json.tokenTo();
  }

  boolean isTwice() {
    return twice;
  }

  /** Whether the part is there, be it null. */
  boolean isThere() {
    return first != null;
  }

  /** Whether the part is absent or null. */
  boolean isNull() {
    return first == null || first == JsonToken.VALUE_NULL;
  }

  boolean isObject() {
    return first == JsonToken.START_OBJECT;
  }

  /** What JSON calls the part. */
  String kind() {
    return JsonValue.kind(first == null ? JsonToken.VALUE_NULL : first);
  }

  /** Index of the first byte; of objects only. */
  int from() {
    return from;
  }

  /** Index behind the last byte; of objects only. */
  int to() {
    return to;
  }
}
