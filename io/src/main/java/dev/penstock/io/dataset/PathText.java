package dev.penstock.io.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Any text as a name in a path, on every file system. */
public final class PathText {
  private static final int LONGEST = 180;
  private static final int HASH_BYTES = 6;

  private PathText() {}

  /**
   * The text with everything but ASCII letters, digits, point, dash and inner underscores written
   * as {@code %XX} of its UTF-8. No name begins with an underscore or point, which readers skip.
   */
  public static String of(String text) {
    StringBuilder name = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = isPlain(c) || (!name.isEmpty() && (c == '_' || c == '.'));
      if (plain) {
        name.append(c);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    if (name.length() <= LONGEST) {
      return name.toString();
    }
    return name.substring(0, LONGEST) + "-" + hash(text);
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  /** Twelve hexadecimal digits that stand for a text. */
  public static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
