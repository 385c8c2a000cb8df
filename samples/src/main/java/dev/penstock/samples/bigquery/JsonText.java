package dev.penstock.samples.bigquery;

import java.io.IOException;

/** Values of JSON columns. */
final class JsonText {
  private JsonText() {}

  /** The text, when it is one JSON value. */
  static String checked(String field, String text) throws InvalidValue {
    try {
      if (!text.isBlank()) {
        Json.READER.readTree(text);
        return text;
      }
    } catch (IOException e) {
      // Said below, in the service's words.
    }
    throw new InvalidValue(field, "Invalid JSON value: syntax error while parsing value", text);
  }
}
