package dev.penstock.io.parquet;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;

/**
 * Texts in UTF-8. Short texts that have come before are not encoded again: most columns repeat
 * their values, and this costs the others little.
 */
final class TextLeaf extends Leaf.Binaries {
  private static final int SLOTS = 1 << 10;
  private static final int LONGEST_KEPT = 64;

  private final String[] texts = new String[SLOTS];
  private final Binary[] binaries = new Binary[SLOTS];

  TextLeaf(String field) {
    super(field);
  }

  @Override
  Binary convert(Object value) throws Unstorable {
    String text = value.toString();
    if (text.length() > LONGEST_KEPT) {
      return Binary.fromConstantByteArray(encode(text));
    }
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    if (text.equals(texts[slot])) {
      return binaries[slot];
    }
    Binary binary = Binary.fromConstantByteArray(encode(text));
    texts[slot] = text;
    binaries[slot] = binary;
    return binary;
  }

  private byte[] encode(String text) throws Unstorable {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean whole =
        bytes.length == text.length() ? questionMarksAreReal(text, bytes) : surrogatesPair(text);
    if (!whole) {
      throw unstorable(Unstorable.TEXT, "holds half a character (a surrogate)");
    }
    return bytes;
  }

  /** Half a character is encoded as a question mark; here each character has one byte. */
  private static boolean questionMarksAreReal(String text, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '?' && text.charAt(i) != '?') {
        return false;
      }
    }
    return true;
  }

  private static boolean surrogatesPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
