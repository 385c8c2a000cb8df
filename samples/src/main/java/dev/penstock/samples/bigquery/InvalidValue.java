package dev.penstock.samples.bigquery;

import org.jspecify.annotations.Nullable;

/** A value that its column does not take. It is thrown once a row at most, so it has no stack. */
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;

  private final String field;
  private final @Nullable String value;

  InvalidValue(String field, String message, @Nullable String value) {
    super(message, null, false, false);
    this.field = field;
    this.value = value;
  }

  static InvalidValue noSuchField(String field) {
    return new InvalidValue(field, "no such field: " + field + ".", null);
  }

  static InvalidValue missing(String field) {
    return new InvalidValue(field, "Missing required field: " + field + ".", null);
  }

  /** Where it is, such as {@code address.street}. */
  String field() {
    return field;
  }

  String message() {
    String message = getMessage();
    return message == null ? "invalid value" : message;
  }

  /** The message as a load job words it: with field and value behind it. */
  String described() {
    if (value == null) {
      String message = message();
      return Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }
    String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    return message() + " Field: " + field + "; Value: " + shown;
  }
}
