package dev.penstock.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** JSON is read as Jackson reads it, which has been tried on far more of it. */
@RunWith(JUnit4.class)
public class JsonReaderTest {
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u00e9",
    "\\uD83D",
    "\\n",
    "\\x",
    "\"a\"",
    "\"b\":",
    "true",
    "false",
    "null",
    "tru",
    "0",
    "-",
    "12",
    "1.5",
    "1e5",
    "-0",
    "01",
    ".",
    "E+",
    " ",
    "\n",
    "\t",
    "\u0001",
    "é",
    "€",
    "😀",
    "\u007F",
    "NaN",
    "'",
    "/",
    "\"\\\"",
    "\"twelve chars\"",
    "9223372036854775807",
    "123456789012345678"
  };

  private final JsonReader json = new JsonReader();

  @Test
  public void everyTokenOfRandomDocumentsIsThatOfJackson() throws IOException {
    for (int seed = 0; seed < 5_000; seed++) {
      String text = document(new Random(seed), 0);
      List<String> expected = jackson(text);
      assertEquals(text, expected, own(text, seed % 17));
      assertTrue(text, expected != null);
    }
  }

  @Test
  public void damagedDocumentsAreRefusedWhereJacksonRefusesThem() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(document(random, 0));
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(text.length() + 1);
        int behind = Math.min(text.length(), at + random.nextInt(3));
        text.replace(at, behind, random.nextInt(4) == 0 ? "" : piece(random));
      }
      refused += compared(text.toString(), seed);
    }
    assertTrue("Only " + refused + " were refused", refused > 6_000 && refused < 19_500);
  }

  @Test
  public void piecesInAnyOrderAreReadOrRefusedAsByJackson() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < 40_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        text.append(piece(random));
      }
      refused += compared(text.toString(), seed);
    }
    assertTrue("Only " + refused + " were refused", refused > 20_000 && refused < 39_800);
  }

  @Test
  public void whatIsPassedOverIsLookedAtNoLess() throws IOException {
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(document(random, 0));
      text.insert(random.nextInt(text.length() + 1), piece(random));
      String wrapped = "[" + text + ", 7]";
      assertEquals(wrapped, last(own(wrapped, 0)), passedOver(wrapped));
    }
  }

  @Test
  public void aByteOrderMarkInFrontIsPassedOver() {
    assertEquals(List.of("VALUE_NUMBER_INT 4"), own("\uFEFF4", 3));
  }

  @Test
  public void nestingIsFollowedToTheLimitAndNoFarther() throws JsonReader.Unreadable {
    int limit = JsonReader.MAX_NESTING;
    byte[] deepest = ("[".repeat(limit) + "]".repeat(limit)).getBytes(UTF_8);
    json.reset(deepest, 0, deepest.length);
    assertEquals(JsonToken.START_ARRAY, json.nextToken());
    json.skipChildren();
    assertEquals(-1, json.trailing());
    byte[] deeper = "[".repeat(limit + 1).getBytes(UTF_8);
    json.reset(deeper, 0, deeper.length);
    assertEquals(JsonToken.START_ARRAY, json.nextToken());
    assertEquals(
        "JSON_NESTING",
        assertThrows(JsonReader.Unreadable.class, json::skipChildren).reason().code());
  }

  @Test
  public void thousandsOfNamesAreAllReadAsTheyAre() {
    JsonNames names = new JsonNames();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        String name = "näme" + i + "x".repeat(i % 90);
        byte[] bytes = ("\"" + name + "\"").getBytes(UTF_8);
        assertEquals(name, names.of(bytes, 1, bytes.length - 1, i).text());
      }
    }
  }

  /** 1 when both refuse the text, 0 when both read the same. */
  private int compared(String text, int seed) throws IOException {
    if (!isUnicode(text) || text.startsWith("\uFEFF")) {
      return 0;
    }
    List<String> expected = jackson(text);
    assertEquals(text, expected, own(text, seed % 17));
    return expected == null ? 1 : 0;
  }

  private static boolean isUnicode(String text) {
    try {
      var unused =
          UTF_8
              .newEncoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(java.nio.CharBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The tokens with names and values, or null when the text is not one JSON value. */
  private static @Nullable List<String> jackson(String text) throws IOException {
    List<String> tokens = new ArrayList<>();
    int depth = 0;
    int values = 0;
    try (JsonParser parser = JACKSON.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += depth == 0 ? 1 : 0;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        tokens.add(shown(token, token.isScalarValue() ? parser.getText() : parser.currentName()));
      }
    } catch (com.fasterxml.jackson.core.JsonParseException e) {
      return null;
    }
    return values == 1 && depth == 0 ? tokens : null;
  }

  private @Nullable List<String> own(String text, int offset) {
    byte[] utf8 = text.getBytes(UTF_8);
    byte[] bytes = new byte[offset + utf8.length + offset];
    System.arraycopy(utf8, 0, bytes, offset, utf8.length);
    json.reset(bytes, offset, offset + utf8.length);
    List<String> tokens = new ArrayList<>();
    try {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        tokens.add(
            shown(token, token.isScalarValue() ? json.getText() : json.currentName().text()));
        if (token == JsonToken.VALUE_NUMBER_INT && json.isShort()) {
          assertEquals(Long.parseLong(json.getText()), json.getLongValue());
        }
        if (token.isScalarValue()) {
          assertFalse(json.textIs((json.getText() + "x").getBytes(UTF_8)));
          assertTrue(json.textIs(json.getText().getBytes(UTF_8)) || !isUnicode(json.getText()));
        }
      }
    } catch (JsonReader.Unreadable e) {
      return null;
    }
    return tokens.isEmpty() ? null : tokens;
  }

  private static String shown(JsonToken token, @Nullable String text) {
    return token == JsonToken.FIELD_NAME || token.isScalarValue()
        ? token + " " + text
        : token.toString();
  }

  private static @Nullable String last(@Nullable List<String> tokens) {
    return tokens == null ? null : tokens.get(tokens.size() - 1);
  }

  /** The last token of an array of which each value is passed over. */
  private @Nullable String passedOver(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    json.reset(bytes, 0, bytes.length);
    try {
      JsonToken last = json.nextToken();
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        json.skipChildren();
        last = token;
      }
      return String.valueOf(last);
    } catch (JsonReader.Unreadable e) {
      return null;
    }
  }

  private static String piece(Random random) {
    return PIECES[random.nextInt(PIECES.length)];
  }

  private static String document(Random random, int depth) {
    String space = random.nextInt(4) == 0 ? " \r\n\t".substring(random.nextInt(4)) : "";
    StringBuilder text = new StringBuilder(space);
    switch (random.nextInt(depth > 4 ? 5 : 8)) {
      case 0 -> text.append(random.nextLong());
      case 1 -> text.append(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      case 2 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
      case 3, 4 -> quoted(random, text);
      case 5 -> {
        text.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
          text.append(document(random, depth + 1)).append(i > 1 ? "," : "");
        }
        text.append(']');
      }
      default -> {
        text.append('{');
        for (int i = random.nextInt(4); i > 0; i--) {
          quoted(random, text);
          text.append(space).append(':').append(document(random, depth + 1));
          text.append(i > 1 ? "," : "");
        }
        text.append('}');
      }
    }
    return text.append(space).toString();
  }

  private static void quoted(Random random, StringBuilder text) {
    text.append('"');
    for (int i = random.nextInt(20); i > 0; i--) {
      switch (random.nextInt(12)) {
        case 0 -> text.append("\\").append("\"\\/bfnrt".charAt(random.nextInt(8)));
        case 1 -> text.append(String.format("\\u%04x", random.nextInt(0xD800)));
        case 2 -> text.append(List.of("é", "€", "😀").get(random.nextInt(3)));
        case 3 -> text.append("\\ud83d\\ude00");
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    text.append('"');
  }
}
