package dev.penstock.transforms.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Decimals as Kafka Connect writes them: Base64 of the number without its point. */
final class DecimalBytes {
  static final String NOT_BASE64 = "is not a decimal in Base64";

  /** Characters that a thousand digits take, which no sensible number has. */
  private static final int MAX_LENGTH = 560;

  /** Characters of Base64 that stand for three bytes. */
  private static final int GROUP = 4;

  private DecimalBytes() {}

  /** The number, or null when the text is not Base64 or beyond all measure. */
  static @Nullable BigDecimal read(String base64, int scale) {
    if (!isBase64(base64)) {
      return null;
    }
    try {
      return new BigDecimal(new BigInteger(Base64.getDecoder().decode(base64)), scale);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether a text has the form of Base64; padding may still be where it should not. */
  static boolean isBase64(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_LENGTH || length % GROUP != 0) {
      return false;
    }
    int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    for (int i = 0; i < length - padding; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') {
        return false;
      }
    }
    return true;
  }
}
