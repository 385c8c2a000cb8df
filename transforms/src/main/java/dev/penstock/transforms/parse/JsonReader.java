package dev.penstock.transforms.parse;

import com.fasterxml.jackson.core.JsonToken;
import dev.penstock.transforms.deadletter.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259) token by token, out of bytes in UTF-8. It makes nothing of a text
 * or number before it is asked, so that passing over a value costs no more than looking at its
 * bytes, eight at a time; it tells whether other bytes than ASCII were among them, but not whether
 * these are well formed. Reused; one instance serves one thread.
 *
 * <pre>{@code
 * reader.reset(bytes, from, to);
 * for (JsonToken token = reader.nextToken(); token != null; token = reader.nextToken()) {
 *   …
 * }
 * }</pre>
 */
final class JsonReader {
  /** Objects and arrays in each other; no contract comes near it. */
  static final int MAX_NESTING = 200;

  /** Digits and sign that always fit into 64 bits. */
  private static final int LONG_DIGITS = 18;

  private final JsonNames names = new JsonNames();
  private final boolean[] objects = new boolean[MAX_NESTING + 1];
  private byte[] bytes = {};
  private int start;
  private int end;

  /** Index of the next byte to look at. */
  private int at;

  private int depth;
  private @Nullable JsonToken token;
  private int tokenFrom;

  // Of a text, name or number: where it stands, without quotes, and whether it has escapes.
  private int from;
  private int to;
  private boolean escaped;

  private JsonName name = JsonNames.unknown("");
  private int members;

  /** Whether the names and texts so far were ASCII, or those of earlier texts. */
  private boolean ascii;

  /** Value of the last number, if it is a whole one and short. */
  private long number;

  /** A text that is no JSON, and why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    Unreadable(Reason reason) {
      super(reason.message());
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }

    /** It is thrown and caught in a record, and a stack would cost more than the record. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /** Begins a text. */
  void reset(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    start = newFrom;
    end = newTo;
    at = newFrom;
    depth = 0;
    members = 0;
    token = null;
    ascii = true;
    if (newTo - newFrom >= 3
        && newBytes[newFrom] == (byte) 0xEF
        && newBytes[newFrom + 1] == (byte) 0xBB
        && newBytes[newFrom + 2] == (byte) 0xBF) {
      at += 3;
    }
  }

  /**
   * Goes to the next token.
   *
   * @return null at the end of the text
   */
  @Nullable JsonToken nextToken() throws Unreadable {
    token = read(token);
    return token;
  }

  /**
   * In an object, goes to the next member's name, and tells whether there is one; to be called at
   * the object's beginning and at the end of a member's value.
   */
  boolean nextMember() throws Unreadable {
    JsonName expected = names.expected(members);
    if (expected != null && at < end) {
      // Mostly there is no white space, and the names are those of the text before.
      int first = bytes[at] == ',' && token != JsonToken.START_OBJECT ? at + 1 : at;
      if ((first > at || token == JsonToken.START_OBJECT) && expected.isAt(bytes, first, end)) {
        members++;
        take(expected, first);
        token = JsonToken.FIELD_NAME;
        return true;
      }
    }
    token = read(token);
    return token == JsonToken.FIELD_NAME;
  }

  /** In an object, goes to the next member's name if it is this one; else stays. */
  boolean nextMember(JsonName expected) {
    int first = at;
    if (token != JsonToken.START_OBJECT) {
      if (at == end || bytes[at] != ',') {
        return false;
      }
      first++;
    }
    if (!expected.isAt(bytes, first, end)) {
      return false;
    }
    members++;
    take(expected, first);
    token = JsonToken.FIELD_NAME;
    return true;
  }

  /** In an object, goes to its end if it is the next byte; else stays. */
  boolean endObject() {
    if (at == end || bytes[at] != '}') {
      return false;
    }
    tokenFrom = at++;
    depth--;
    token = JsonToken.END_OBJECT;
    return true;
  }

  private void take(JsonName expected, int first) {
    tokenFrom = first;
    at = first + expected.length();
    name = expected;
  }

  /** At a member's name, goes to its value. */
  JsonToken nextValue() throws Unreadable {
    JsonToken value = value(firstByte());
    token = value;
    return value;
  }

  private @Nullable JsonToken read(@Nullable JsonToken last) throws Unreadable {
    int c = firstByte();
    if (last == JsonToken.FIELD_NAME) {
      return value(c);
    }
    if (depth == 0) {
      if (last == null && c >= 0) {
        return value(c);
      }
      if (c >= 0) {
        throw malformed(at);
      }
      return null;
    }
    boolean inObject = objects[depth];
    if (c == (inObject ? '}' : ']')) {
      tokenFrom = at++;
      depth--;
      return inObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    }
    if (last != JsonToken.START_OBJECT && last != JsonToken.START_ARRAY) {
      if (c != ',') {
        throw c < 0 ? cutOff() : malformed(at);
      }
      at++;
      c = firstByte();
    }
    return inObject ? member(c) : value(c);
  }

  /** The token that the reader stands at. */
  JsonToken currentToken() {
    if (token == null) {
      throw new IllegalStateException("There is no token");
    }
    return token;
  }

  /** Name of the member that the reader stands at, or at the value of which it stands. */
  JsonName currentName() {
    return name;
  }

  /** At the beginning of an object or array, goes to its end; else stays. */
  void skipChildren() throws Unreadable {
    if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
      return;
    }
    int outer = depth - 1;
    while (depth > outer) {
      token = read(token);
    }
  }

  /** At the beginning of an object, goes to the end of this shape if it has it; else stays. */
  boolean skip(JsonShape shape) {
    int behind = shape.match(bytes, tokenFrom, end);
    if (behind < 0) {
      return false;
    }
    token = JsonToken.END_OBJECT;
    tokenFrom = behind - 1;
    at = behind;
    depth -= shape.closed();
    members += shape.members();
    ascii &= shape.isAscii();
    return true;
  }

  /** The text of a string, the digits of a number, or the word of another value. */
  String getText() {
    if (token == JsonToken.VALUE_STRING) {
      return text();
    }
    return new String(bytes, tokenFrom, at - tokenFrom, StandardCharsets.US_ASCII);
  }

  private String text() {
    return JsonStrings.text(bytes, from, to, escaped);
  }

  /** Bytes of a text as it is written, which are no fewer than those that it stands for. */
  int textBytes() {
    return to - from;
  }

  /** Whether {@link #getText} is that with these bytes in UTF-8. */
  boolean textIs(byte[] utf8) {
    boolean string = token == JsonToken.VALUE_STRING;
    if (string && escaped) {
      // An escape is longer than what it stands for.
      return to - from > utf8.length && text().equals(new String(utf8, StandardCharsets.UTF_8));
    }
    int first = string ? from : tokenFrom;
    if ((string ? to : at) - first != utf8.length) {
      return false;
    }
    for (int i = 0; i < utf8.length; i++) {
      if (bytes[first + i] != utf8[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number that the string's few digits are, with a point among them; null for others. */
  @Nullable BigDecimal pointedDecimal() {
    return escaped || to - from > LONG_DIGITS ? null : JsonStrings.decimal(bytes, from, to);
  }

  /** Whether the whole number that the reader stands at is surely within 64 bits. */
  boolean isShort() {
    int length = to - from;
    // Nineteen digits fit twice into 64 bits, and once where the sign has not turned.
    return length <= LONG_DIGITS
        || (length == LONG_DIGITS + 1 && number >= 0 && bytes[from] != '-');
  }

  /** The whole number that the reader stands at, of which {@link #isShort} is true. */
  long getLongValue() {
    return bytes[from] == '-' ? -number : number;
  }

  /** Index of the first byte of the current token. */
  int tokenFrom() {
    return tokenFrom;
  }

  /** Index behind the last byte of the current token. */
  int tokenTo() {
    return at;
  }

  /** A copy of the bytes from an index to the end of the current token. */
  byte[] bytesFrom(int first) {
    return Arrays.copyOfRange(bytes, first, at);
  }

  /** Names of members up to the current token, in all objects of the text. */
  int members() {
    return members;
  }

  /**
   * Whether all bytes so far were ASCII, but for names and {@linkplain JsonShape shapes} that were
   * known before.
   */
  boolean isAscii() {
    return ascii;
  }

  /** Offset in the text of what follows its one value, or -1 when nothing does. */
  int trailing() {
    return firstByte() < 0 ? -1 : at - start;
  }

  /** Goes to the next byte that is no white space, and returns it, or -1 at the end. */
  private int firstByte() {
    if (at < end && bytes[at] > ' ') {
      return bytes[at];
    }
    return firstBehindSpace();
  }

  private int firstBehindSpace() {
    while (at < end) {
      byte c = bytes[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xFF;
      }
      at++;
    }
    return -1;
  }

  private JsonToken member(int c) throws Unreadable {
    if (c != '"') {
      throw c < 0 ? cutOff() : malformed(at);
    }
    int n = members++;
    JsonName expected = names.expected(n);
    if (expected != null && expected.isAt(bytes, at, end)) {
      take(expected, at);
      return JsonToken.FIELD_NAME;
    }
    var unused = string();
    name = escaped ? JsonNames.unknown(text()) : names.of(bytes, from, to, n);
    int colon = firstByte();
    if (colon != ':') {
      throw colon < 0 ? cutOff() : malformed(at);
    }
    at++;
    return JsonToken.FIELD_NAME;
  }

  private JsonToken value(int c) throws Unreadable {
    return switch (c) {
      case '"' -> string();
      case '{' -> open(true);
      case '[' -> open(false);
      case 't' -> word("true", JsonToken.VALUE_TRUE);
      case 'f' -> word("false", JsonToken.VALUE_FALSE);
      case 'n' -> word("null", JsonToken.VALUE_NULL);
      case -1 -> throw cutOff();
      default -> number();
    };
  }

  private JsonToken open(boolean object) throws Unreadable {
    if (depth == MAX_NESTING) {
      throw new Unreadable(JsonFaults.nesting(MAX_NESTING));
    }
    tokenFrom = at++;
    objects[++depth] = object;
    return object ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
  }

  private JsonToken word(String word, JsonToken found) throws Unreadable {
    tokenFrom = at;
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == end) {
        throw cutOff();
      }
      if (bytes[at] != word.charAt(i)) {
        throw malformed(at);
      }
    }
    return found;
  }

  private JsonToken number() throws Unreadable {
    tokenFrom = at;
    from = at;
    if (bytes[at] == '-') {
      at++;
    }
    number = 0;
    if (at < end && bytes[at] == '0') {
      // No digit may follow; what is there instead of a comma or a brace, the next token finds.
      at++;
    } else {
      digits();
    }
    to = at;
    boolean whole = at == end || (bytes[at] != '.' && (bytes[at] | ' ') != 'e');
    return whole ? JsonToken.VALUE_NUMBER_INT : fractionOrExponent();
  }

  private JsonToken fractionOrExponent() throws Unreadable {
    if (bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits();
    }
    return JsonToken.VALUE_NUMBER_FLOAT;
  }

  /** Passes over one digit or more. */
  private void digits() throws Unreadable {
    int i = at;
    long value = 0;
    for (; end - i >= JsonDigits.AT_ONCE && JsonDigits.areAt(bytes, i); i += JsonDigits.AT_ONCE) {
      value = value * JsonDigits.FACTOR + JsonDigits.at(bytes, i);
    }
    for (; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    if (i == at) {
      throw at == end ? cutOff() : malformed(at);
    }
    number = value;
    at = i;
  }

  /** Passes over a text in quotes. */
  private JsonToken string() throws Unreadable {
    tokenFrom = at;
    from = at + 1;
    escaped = false;
    int i = from;
    while (true) {
      i = JsonStrings.special(bytes, i, end);
      if (i == end) {
        throw cutOff();
      }
      byte c = bytes[i];
      if (c == '"') {
        to = i;
        at = i + 1;
        ascii &= JsonStrings.isAscii(bytes, from, i);
        return JsonToken.VALUE_STRING;
      }
      if (c != '\\') {
        throw malformed(i);
      }
      escaped = true;
      i = behindEscape(i + 1);
    }
  }

  /** Index behind the escape of which the backslash stands in front of i. */
  private int behindEscape(int i) throws Unreadable {
    if (i == end) {
      throw cutOff();
    }
    switch (bytes[i]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return i + 1;
      }
      case 'u' -> {
        for (int k = i + 1; k <= i + 4; k++) {
          if (k == end) {
            throw cutOff();
          }
          if (Character.digit(bytes[k], 16) < 0) {
            throw malformed(k);
          }
        }
        return i + 5;
      }
      default -> throw malformed(i);
    }
  }

  private static Unreadable cutOff() {
    return new Unreadable(JsonFaults.cutOff());
  }

  private Unreadable malformed(int index) {
    return new Unreadable(JsonFaults.malformed(index - (long) start));
  }
}
