package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.deadletter.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON token by token; what is no JSON becomes a fault, and never an exception. One instance
 * serves one thread, and one text at a time.
 */
final class JsonText {
  /** Bytes that tell UTF-8 from UTF-16 and UTF-32 (RFC 4627, section 3). */
  private static final int FIRST_BYTES = 4;

  private static final CsvEncoding UTF_8 = CsvEncoding.of("UTF-8");

  private final JsonReader json = new JsonReader();

  /** What is done with the one value of a text. */
  interface Body {
    /** Reads the value that begins with this token, and leaves the reader at its last one. */
    void read(JsonToken first, JsonReader json) throws JsonReader.Unreadable;
  }

  /**
   * Reads bytes; adds a fault when they are not UTF-8, the encoding of JSON, or not just one value.
   * What was read of others than UTF-8 is worth nothing.
   */
  void readAny(byte[] bytes, int from, int to, CellFaults faults, Body body) {
    read(bytes, from, to, faults, body);
    // The reader has seen every byte, and takes others than ASCII in names and texts only.
    if (!faults.isEmpty() || !json.isAscii()) {
      Reason fault = encodingFault(bytes, from, to);
      if (fault != null) {
        only(faults, fault);
      }
    }
  }

  private static @Nullable Reason encodingFault(byte[] bytes, int from, int to) {
    int malformed = UTF_8.malformedAt(bytes, from, to);
    if (malformed >= 0) {
      return JsonFaults.encoding(malformed - from, bytes[malformed]);
    }
    return UTF_8.hasNul(bytes, from, Math.min(to, from + FIRST_BYTES)) ? JsonFaults.nul() : null;
  }

  /** Whether the bytes are UTF-8. */
  static boolean isUtf8(byte[] bytes) {
    return UTF_8.malformedAt(bytes, 0, bytes.length) < 0;
  }

  /** Reads a text within a text; adds a fault when it is not just one value. */
  void read(String text, CellFaults faults, Body body) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (text.equals(new String(bytes, StandardCharsets.UTF_8))) {
      read(bytes, 0, bytes.length, faults, body);
    } else {
      // Half a character has no form in UTF-8, and no place in JSON.
      faults.add(JsonFaults.malformed(0));
    }
  }

  /** Reads bytes that are UTF-8; adds a fault when they are not just one value. */
  void read(byte[] bytes, int from, int to, CellFaults faults, Body body) {
    json.reset(bytes, from, to);
    try {
      JsonToken first = json.nextToken();
      if (first == null) {
        faults.add(JsonFaults.cutOff());
        return;
      }
      body.read(first, json);
      int trailing = json.trailing();
      if (trailing >= 0) {
        only(faults, JsonFaults.trailing(trailing));
      }
    } catch (JsonReader.Unreadable e) {
      only(faults, e.reason());
    }
  }

  /** Where the text is no JSON, what seemed wrong with its values says nothing. */
  private static void only(CellFaults faults, Reason reason) {
    faults.clear();
    faults.add(reason);
  }
}
