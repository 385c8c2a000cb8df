package dev.penstock.io.parquet;

import dev.penstock.io.sink.Unstorable;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;

/**
 * Texts in UTF-8. Short texts that have come before are not encoded again, in columns that repeat
 * theirs: the others would only push useful things out of the processor's cache.
 */
final class TextLeaf extends Leaf.Binaries {
  private static final int SLOTS = 1 << 8;
  private static final int LONGEST_KEPT = 64;
  private static final int JUDGED = 1024;
  private static final int REST = 64 * JUDGED;

  private final String[] texts = new String[SLOTS];
  private final Binary[] binaries = new Binary[SLOTS];
  private int asked;
  private int found;
  private int resting;

  TextLeaf(String field) {
    super(field);
  }

  @Override
  Binary convert(Object value) throws Unstorable {
    String text = value.toString();
    if (resting > 0) {
      resting--;
      return Binary.fromConstantByteArray(encode(text));
    }
    return text.length() > LONGEST_KEPT
        ? Binary.fromConstantByteArray(encode(text))
        : keptOrEncoded(text);
  }

  private Binary keptOrEncoded(String text) throws Unstorable {
    judge();
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    if (text.equals(texts[slot])) {
      found++;
      return binaries[slot];
    }
    Binary binary = Binary.fromConstantByteArray(encode(text));
    texts[slot] = text;
    binaries[slot] = binary;
    return binary;
  }

  private void judge() {
    if (asked == JUDGED) {
      resting = found < JUDGED / 2 ? REST : 0;
      asked = 0;
      found = 0;
    }
    asked++;
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
