package dev.penstock.transforms.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a text that stands for a number is, where it could be either; the value of the custom
 * property {@code decimalEncoding}.
 */
public enum DecimalEncoding {
  /** The number in digits. */
  TEXT,
  /** Base64 of the number without its point, in two's complement, the highest byte first. */
  BASE64;

  /** Its name in a contract, such as {@code base64}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> keywords() {
    return Arrays.stream(values()).map(DecimalEncoding::keyword).toList();
  }

  static Optional<DecimalEncoding> of(String keyword) {
    return Arrays.stream(values()).filter(value -> value.keyword().equals(keyword)).findFirst();
  }
}
