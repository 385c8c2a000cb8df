package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.penstock.transforms.csv.CsvEncoding;
import dev.penstock.transforms.deadletter.Reason;
import java.io.IOException;

/** Reads JSON token by token; what is no JSON becomes a fault, and never an exception. */
final class JsonText {
  /** Objects and arrays in each other; no contract comes near it. */
  static final int MAX_NESTING = 200;

  /** Bytes that Jackson looks at to tell an encoding. */
  private static final int FIRST_BYTES = 4;

  // Records, and so their texts and numbers, are limited by whoever reads them.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final CsvEncoding UTF_8 = CsvEncoding.of("UTF-8");

  private JsonText() {}

  /** What is done with the one value of a text. */
  interface Body {
    /** Reads the value that begins with this token, and leaves the parser at its last one. */
    void read(JsonToken first, JsonParser json) throws IOException;
  }

  /** Adds a fault unless the bytes are UTF-8, the encoding of JSON. */
  static void checkEncoding(byte[] bytes, int from, int to, CellFaults faults) {
    int malformed = UTF_8.malformedAt(bytes, from, to);
    if (malformed >= 0) {
      faults.add(JsonFaults.encoding(malformed - from, bytes[malformed]));
    } else if (UTF_8.hasNul(bytes, from, Math.min(to, from + FIRST_BYTES))) {
      // Jackson would take it for UTF-16 or UTF-32.
      faults.add(JsonFaults.nul());
    }
  }

  /** Reads bytes that are UTF-8; adds a fault when they are not just one value. */
  static void read(byte[] bytes, int from, int to, CellFaults faults, Body body) {
    try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
      read(json, faults, body);
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array cannot fail", e);
    }
  }

  /** Reads a text within a text; adds a fault when it is not just one value. */
  static void read(String text, CellFaults faults, Body body) {
    try (JsonParser json = JSON.createParser(text)) {
      read(json, faults, body);
    } catch (IOException e) {
      throw new IllegalStateException("Reading a text cannot fail", e);
    }
  }

  private static void read(JsonParser json, CellFaults faults, Body body) throws IOException {
    try {
      JsonToken first = json.nextToken();
      if (first == null) {
        faults.add(JsonFaults.cutOff());
        return;
      }
      body.read(first, json);
      if (json.nextToken() != null) {
        only(faults, JsonFaults.trailing(json.currentTokenLocation().getByteOffset()));
      }
    } catch (StreamConstraintsException e) {
      only(faults, JsonFaults.nesting(MAX_NESTING));
    } catch (JsonEOFException e) {
      only(faults, JsonFaults.cutOff());
    } catch (JsonParseException e) {
      only(faults, JsonFaults.malformed(json.currentLocation().getByteOffset()));
    }
  }

  /** Where the text is no JSON, what seemed wrong with its values says nothing. */
  private static void only(CellFaults faults, Reason reason) {
    faults.clear();
    faults.add(reason);
  }
}
