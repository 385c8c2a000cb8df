package dev.penstock.transforms.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of members, each of them made once: records have the same few names again and again,
 * mostly in the same order. One instance serves one thread.
 */
final class JsonNames {
  /** Beyond these, names seem to be data, and are not remembered. */
  private static final int MOST = 1024;

  private static final int LONGEST = 64;

  // Twice as many places as names, so that a name is never far from its own.
  private final @Nullable Known[] places = new @Nullable Known[2 * MOST];

  /** The names of the last text, in order. */
  private final @Nullable JsonName[] order = new @Nullable JsonName[MOST];

  private int count;

  private static final class Known {
    private final byte[] utf8;
    private final JsonName name;

    Known(byte[] utf8, JsonName name) {
      this.utf8 = utf8;
      this.name = name;
    }
  }

  /** The name that the last text had as its n-th one, which is often that of this text as well. */
  @Nullable JsonName expected(int n) {
    return n < order.length ? order[n] : null;
  }

  /** The name with these bytes, which is the n-th one of a text. */
  JsonName of(byte[] bytes, int from, int to, int n) {
    JsonName name = of(bytes, from, to);
    if (n < order.length) {
      order[n] = name;
    }
    return name;
  }

  private JsonName of(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      return unknown(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    int place = place(bytes, from, to);
    for (Known known = places[place]; known != null; known = places[place]) {
      if (Arrays.equals(known.utf8, 0, known.utf8.length, bytes, from, to)) {
        return known.name;
      }
      place = (place + 1) & (places.length - 1);
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (count == MOST) {
      return unknown(text);
    }
    Known made = new Known(Arrays.copyOfRange(bytes, from, to), new JsonName(text, count++));
    places[place] = made;
    return made.name;
  }

  /** A name that is not remembered. */
  static JsonName unknown(String text) {
    return new JsonName(text, -1);
  }

  private int place(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ (hash >>> 11)) & (places.length - 1);
  }
}
