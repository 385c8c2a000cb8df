package dev.penstock.io.file;

import dev.penstock.transforms.csv.CsvDialect;
import dev.penstock.transforms.csv.CsvFaults;
import dev.penstock.transforms.deadletter.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A second, slow reading of CSV bytes that shares no code with the first. */
final class CsvOracle {
  private static final Pattern SIZE = Pattern.compile("The record has (\\d+) bytes");

  private final byte[] file;
  private final CsvDialect dialect;
  private final Charset charset;
  private final int markBytes;

  CsvOracle(byte[] file, CsvDialect dialect) {
    this.file = file;
    this.dialect = dialect;
    String mark = mark(file);
    boolean marked = !mark.isEmpty();
    boolean open = dialect.charset().equals("UTF-16");
    charset = Charset.forName(open ? (marked ? mark : "UTF-16BE") : dialect.charset());
    markBytes = marked ? (mark.equals("UTF-8") ? 3 : 2) : 0;
  }

  /** Whether the file begins with the byte-order mark of a character set it is not read in. */
  static boolean contradictsItsMark(byte[] file, CsvDialect dialect) {
    String mark = mark(file);
    return !mark.isEmpty()
        && !mark.equals(dialect.charset())
        && !(mark.startsWith("UTF-16") && dialect.charset().equals("UTF-16"));
  }

  private static String mark(byte[] file) {
    String start = new String(file, 0, Math.min(3, file.length), StandardCharsets.ISO_8859_1);
    return start.startsWith("þÿ")
        ? "UTF-16BE"
        : start.startsWith("ÿþ") ? "UTF-16LE" : start.equals("ï»¿") ? "UTF-8" : "";
  }

  /**
   * The records tile the file: mark, blank lines, then each record, its line end and blank lines,
   * up to the last byte.
   */
  void accountForEveryByte(List<Frames> frames) {
    int reached = markBytes;
    boolean first = true;
    for (Frames frame : frames) {
      int from = (int) frame.offset();
      int gap = lineEnds(reached);
      check(from == gap, frame, "begins at " + from + " but " + gap + " is next");
      check(first || gap > reached, frame, "begins without a line end before it");
      int length = frame.payload().length;
      check(length > 0, frame, "is empty");
      check(
          Arrays.equals(frame.payload(), Arrays.copyOfRange(file, from, from + length)),
          frame,
          "has other bytes than the file");
      reached = from + size(frame);
      first = false;
    }
    if (lineEnds(reached) != file.length) {
      throw new AssertionError(
          "Nobody has the bytes from " + reached + " to " + file.length + " of " + dialect);
    }
  }

  /** Bytes of a record; the payload of an enormous one has only the first of them. */
  private static int size(Frames frame) {
    for (Reason fault : frame.faults()) {
      if (fault.code().equals(CsvFaults.RECORD_TOO_LARGE)) {
        Matcher size = SIZE.matcher(fault.message());
        check(size.find(), frame, "does not tell its size");
        return Integer.parseInt(size.group(1));
      }
    }
    return frame.payload().length;
  }

  /** Where the line ends that begin here end. */
  private int lineEnds(int from) {
    byte[] lineFeed = "\n".getBytes(charset);
    byte[] carriageReturn = "\r".getBytes(charset);
    int i = from;
    while (startsWith(lineFeed, i) || startsWith(carriageReturn, i)) {
      i += lineFeed.length;
    }
    return i;
  }

  private boolean startsWith(byte[] bytes, int from) {
    int to = from + bytes.length;
    return to <= file.length && Arrays.equals(bytes, Arrays.copyOfRange(file, from, to));
  }

  /** The fields of a good record, character by character. */
  List<String> fields(byte[] record) {
    String text;
    try {
      text = charset.newDecoder().decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("A good record is no text in " + charset, e);
    }
    if (text.indexOf('\0') >= 0) {
      throw new AssertionError("A good record has a NUL: " + text);
    }
    List<String> fields = new ArrayList<>();
    int i = 0;
    while (i <= text.length()) {
      StringBuilder field = new StringBuilder();
      boolean quoted = dialect.quote() != '\0' && is(text, i, dialect.quote());
      i = quoted ? quoted(text, i + 1, field) : unquoted(text, i, field);
      fields.add(field.toString());
      if (i < text.length() && text.charAt(i) != dialect.delimiter()) {
        throw new AssertionError("A good record goes on after a quote at " + i + ": " + text);
      }
      i++;
    }
    return fields;
  }

  private int unquoted(String text, int from, StringBuilder field) {
    int i = from;
    while (i < text.length() && text.charAt(i) != dialect.delimiter()) {
      char c = text.charAt(i++);
      if (c == '\n' || c == '\r' || (c == dialect.quote() && c != '\0')) {
        throw new AssertionError("A good record has U+" + (int) c + " at " + i + ": " + text);
      }
      field.append(c);
    }
    return i;
  }

  private int quoted(String text, int from, StringBuilder field) {
    boolean escapes = dialect.escape() != '\0' && dialect.escape() != dialect.quote();
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean escaped = escapes && c == dialect.escape() && i + 1 < text.length();
      if (c == dialect.quote()) {
        if (!is(text, i + 1, dialect.quote())) {
          return i + 1;
        }
        escaped = true;
      }
      field.append(escaped ? text.charAt(i + 1) : c);
      i += escaped ? 2 : 1;
    }
    throw new AssertionError("A good record has an open quote: " + text);
  }

  private static boolean is(String text, int place, char c) {
    return place < text.length() && text.charAt(place) == c;
  }

  private static void check(boolean holds, Frames frame, String otherwise) {
    if (!holds) {
      throw new AssertionError("The record " + frame + " " + otherwise);
    }
  }
}
