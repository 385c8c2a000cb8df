package dev.penstock.io.file;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.csv.CsvDialect;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Random records and random bytes; each failure names its seed. */
@RunWith(JUnit4.class)
public class CsvRoundTripTest {
  private static final String[] PIECES = {
    "a", "0", " ", ",", ";", "\t", "|", "\"", "\"\"", "'", "\\", "\n", "\r", "\r\n", "é", "ß", "þ"
  };
  private static final String[] UNICODE = {"€", "中", "😀", "\uFEFF", "\u0085", "\u2028", "א"};
  private static final char[] DELIMITERS = {',', ';', '\t', '|', ' ', '¦', '\u0001'};
  private static final char[] QUOTES = {'"', '\'', 'þ'};
  private static final char[] ESCAPES = {'\0', '\\', '^', '"'};
  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

  @Test
  public void whatIsWrittenIsReadInEveryDialect() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      CsvDialect dialect = dialect(random);
      int fields = 2 + random.nextInt(4);
      Written written = new Written(dialect, random);
      for (int i = random.nextInt(12); i >= 0; i--) {
        written.record(fields);
      }
      List<Frames> frames =
          Frames.of(written.bytes.toByteArray(), dialect, fields, 4 + random.nextInt(60));
      String hint = "seed " + seed + ", " + dialect;
      assertEquals(hint, written.values, frames.stream().map(Frames::values).toList());
      assertEquals(hint, written.offsets, frames.stream().map(Frames::offset).toList());
      for (int i = 0; i < frames.size(); i++) {
        assertArrayEquals(hint, written.payloads.get(i), frames.get(i).payload());
      }
    }
  }

  @Test
  public void everyByteOfRandomInputIsAccountedForWhateverTheBufferSize() {
    String alphabet = "aab,,\"\"\"\n\n\r'\\\u0000";
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      CsvDialect dialect = dialect(random).withMaxRecordBytes(1 + random.nextInt(60));
      byte[] bytes = new byte[random.nextInt(200)];
      for (int i = 0; i < bytes.length; i++) {
        boolean any = random.nextInt(20) == 0;
        bytes[i] =
            (byte) (any ? random.nextInt(256) : alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (bytes.length > 1 && (bytes[0] & 0xFE) == 0xFE) {
        bytes[0] = 'a';
      }
      int fields = random.nextInt(4) - 1;
      List<Frames> frames = Frames.of(bytes, dialect, fields);
      String hint = "seed " + seed + ", " + dialect;
      accountFor(hint, bytes, frames, dialect);
      List<Frames> again = Frames.of(bytes, dialect, fields, 4 + random.nextInt(20));
      assertEquals(hint, describe(frames), describe(again));
    }
  }

  /** Between the records of a file there are only line ends, or the rest of an enormous record. */
  private static void accountFor(
      String hint, byte[] bytes, List<Frames> frames, CsvDialect dialect) {
    long reached = 0;
    boolean cut = false;
    for (Frames frame : frames) {
      int from = (int) frame.offset();
      int to = from + frame.payload().length;
      assertTrue(hint, from >= reached && frame.payload().length > 0);
      assertArrayEquals(hint, Arrays.copyOfRange(bytes, from, to), frame.payload());
      assertTrue(hint, cut || onlyLineEnds(bytes, (int) reached, from));
      cut = frame.payload().length >= 4 * dialect.maxRecordBytes() - 1;
      reached = to;
    }
    assertTrue(hint, cut || onlyLineEnds(bytes, (int) reached, bytes.length));
  }

  private static boolean onlyLineEnds(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static List<String> describe(List<Frames> frames) {
    return frames.stream()
        .map(frame -> frame.offset() + ":" + Arrays.hashCode(frame.payload()) + frame.faults())
        .toList();
  }

  private static CsvDialect dialect(Random random) {
    while (true) {
      String charset = CsvDialect.charsets().get(random.nextInt(CsvDialect.charsets().size()));
      CsvDialect dialect =
          CsvDialect.rfc4180()
              .withDelimiter(DELIMITERS[random.nextInt(DELIMITERS.length)])
              .withQuote(QUOTES[random.nextInt(QUOTES.length)])
              .withEscape(ESCAPES[random.nextInt(ESCAPES.length)])
              .withCharset(charset);
      if (dialect.problems().isEmpty()) {
        return dialect;
      }
    }
  }

  /** Writes records as another program would, and remembers them. */
  private static final class Written {
    private final CsvDialect dialect;
    private final Random random;
    private final Charset charset;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<List<String>> values = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();

    Written(CsvDialect dialect, Random random) {
      this.dialect = dialect;
      this.random = random;
      boolean marked = dialect.charset().startsWith("UTF") && random.nextBoolean();
      boolean little = marked && dialect.charset().equals("UTF-16") && random.nextBoolean();
      String name = dialect.charset().equals("UTF-16") ? "UTF-16BE" : dialect.charset();
      charset = Charset.forName(little ? "UTF-16LE" : name);
      bytes.writeBytes((marked ? "\uFEFF" : "").getBytes(charset));
    }

    void record(int fields) {
      List<String> record = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < fields; i++) {
        String value = value();
        record.add(value);
        text.append(i == 0 ? "" : dialect.delimiter()).append(written(value));
      }
      values.add(record);
      offsets.add((long) bytes.size());
      byte[] payload = text.toString().getBytes(charset);
      payloads.add(payload);
      bytes.writeBytes(payload);
      for (int i = random.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
        bytes.writeBytes(LINE_ENDS[random.nextInt(LINE_ENDS.length)].getBytes(charset));
      }
    }

    private String value() {
      StringBuilder value = new StringBuilder();
      boolean unicode = dialect.charset().startsWith("UTF");
      for (int i = random.nextInt(6); i > 0; i--) {
        String[] from = unicode && random.nextInt(4) == 0 ? UNICODE : PIECES;
        value.append(from[random.nextInt(from.length)]);
      }
      return value.toString();
    }

    private String written(String value) {
      char quote = dialect.quote();
      boolean plain = value.chars().noneMatch(c -> special((char) c));
      // A mark at the very start of a file would be taken for its byte-order mark.
      if (plain && !value.startsWith("\uFEFF") && random.nextBoolean()) {
        return value;
      }
      char escape = dialect.escape() == '\0' ? quote : dialect.escape();
      StringBuilder text = new StringBuilder().append(quote);
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean doubled = c == quote && random.nextBoolean();
        text.append(doubled ? "" + quote : c == quote || c == escape ? "" + escape : "").append(c);
      }
      return text.append(quote).toString();
    }

    private boolean special(char c) {
      return c == dialect.quote() || c == dialect.delimiter() || c == '\n' || c == '\r';
    }
  }
}
