package dev.penstock.transforms.validate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The string formats of the contract standard, checked by scanning, without regular expressions.
 */
enum StringFormat {
  EMAIL("an email address"),
  UUID("a UUID (8-4-4-4-12 hexadecimal digits)"),
  URI("an absolute URI (RFC 3986)"),
  HOSTNAME("a host name (RFC 1123)"),
  IPV4("an IPv4 address"),
  IPV6("an IPv6 address"),
  BYTE("Base64"),
  /** Says how to treat the value, not what it looks like. */
  BINARY("binary data"),
  /** Says how to treat the value, not what it looks like. */
  PASSWORD("a password");

  private static final int UUID_LENGTH = 36;

  private final String description;

  StringFormat(String description) {
    this.description = description;
  }

  static StringFormat of(String name) {
    for (StringFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    String known =
        Arrays.stream(values())
            .map(format -> format.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "'" + name + "' is not a known string format; known are " + known);
  }

  boolean matches(String value) {
    return switch (this) {
      case EMAIL -> InternetNames.isEmail(value);
      case UUID -> isUuid(value);
      case URI -> InternetNames.isUri(value);
      case HOSTNAME -> InternetNames.isHostname(value);
      case IPV4 -> InternetNames.isIpv4(value);
      case IPV6 -> InternetNames.isIpv6(value);
      case BYTE -> isBase64(value);
      case BINARY, PASSWORD -> true;
    };
  }

  String description() {
    return description;
  }

  private static boolean isUuid(String value) {
    if (value.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char character = value.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? character != '-' : !Ascii.isHex(character)) {
        return false;
      }
    }
    return true;
  }

  /** Whole groups of four characters, the last one padded with {@code =}. */
  private static boolean isBase64(String value) {
    int length = value.length();
    if (length % 4 != 0) {
      return false;
    }
    int end = value.endsWith("==") ? length - 2 : value.endsWith("=") ? length - 1 : length;
    for (int i = 0; i < end; i++) {
      char character = value.charAt(i);
      if (!Ascii.isLetterOrDigit(character) && character != '+' && character != '/') {
        return false;
      }
    }
    return true;
  }
}
