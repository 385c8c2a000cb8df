package dev.penstock.io.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.csv.CsvDialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class RecordFramerTest {
  private static final CsvDialect RFC = CsvDialect.rfc4180();

  @Test
  public void linesOfEveryKindEndRecordsAlsoMixed() {
    expect("a,b\nc,d\r\ne,f\rg,h", 2, "0 a,b", "4 c,d", "9 e,f", "13 g,h");
    expect("a,b\r\r\n\n\rc,d\r", 2, "0 a,b", "8 c,d");
    expect("", 2);
    expect("\n\r\n", 2);
  }

  @Test
  public void quotedFieldsMayHoldLineEndsDelimitersAndDoubledQuotes() {
    expect("\"a\nb\r\n\",\"c,\"\"d\"\"\"\r\ne,f\n", 2, "0 \"a\nb\r\n\",\"c,\"\"d\"\"\"", "19 e,f");
    expect("\"\",\"\"\n\"\",\n", 2, "0 \"\",\"\"", "6 \"\",");
  }

  @Test
  public void aStrayQuoteCostsItsOwnLineOnly() {
    expect("1,5\" pipe\n2,b\n", 2, "0 1,5\" pipe CSV_STRAY_QUOTE", "10 2,b");
    expect("1,\"a\"b\n2,b\n", 2, "0 1,\"a\"b CSV_STRAY_QUOTE", "7 2,b");
    expect("1,\"a\" \r\n2,b\n", 2, "0 1,\"a\"  CSV_STRAY_QUOTE", "8 2,b");
    expect("1, \"a\"\r2,b\n", 2, "0 1, \"a\" CSV_STRAY_QUOTE", "7 2,b");
    assertThat(
        frames("1,5\" pipe", 2).get(0).faults().get(0).message(),
        containsString("A quote in field 2 neither opens nor closes it (byte 3 of the record)"));
  }

  @Test
  public void anUnclosedQuoteSwallowsNoneOfTheGoodLinesBehindIt() {
    expect("1,\"a\n2,b\n3,c\n", 2, "0 1,\"a CSV_UNCLOSED_QUOTE", "5 2,b", "9 3,c");
    expect("1,\"a\n2,\"b\"\n", 2, "0 1,\"a CSV_UNCLOSED_QUOTE", "5 2,\"b\"");
    expect("1,a\n2,\"b", 2, "0 1,a", "4 2,\"b CSV_UNCLOSED_QUOTE");
    expect("1,\"a\r\n2,\"\"\r\n", 2, "0 1,\"a CSV_UNCLOSED_QUOTE", "6 2,\"\"");
  }

  @Test
  public void aRecordOfTheWrongWidthWhoseSecondLineIsARecordIsAnUnclosedQuote() {
    expect(
        "1,\"a\n2,b,c\n3,d\",x,y\n4,e,f\n",
        3,
        "0 1,\"a CSV_UNCLOSED_QUOTE",
        "5 2,b,c",
        "11 3,d\",x,y CSV_STRAY_QUOTE",
        "20 4,e,f");
    expect("1,\"a\nb\",2,3\n4,e,f\n", 3, "0 1,\"a\nb\",2,3 CSV_FIELD_COUNT", "12 4,e,f");
  }

  @Test
  public void aWrongFieldCountSaysWhatWasExpectedAndFound() {
    expect(
        "1,a\n2\n3,a,b\n4,d\n",
        2,
        "0 1,a",
        "4 2 CSV_FIELD_COUNT",
        "6 3,a,b CSV_FIELD_COUNT",
        "12 4,d");
    assertEquals(
        "Expected 2 fields, as the columns, but found 3",
        frames("3,a,b", 2).get(0).faults().get(0).message());
  }

  @Test
  public void aNulIsFoundInsideAndOutsideOfQuotes() {
    expect("1,a\0\n2,\"\0\"\n3,c\n", 2, "0 1,a\0 CSV_NUL", "5 2,\"\0\" CSV_NUL", "11 3,c");
    expect("1\0\n2,b", 2, "0 1\0 CSV_NUL+CSV_FIELD_COUNT", "3 2,b");
    expect("1,\"\0\n2,b", 2, "0 1,\"\0 CSV_UNCLOSED_QUOTE+CSV_NUL", "5 2,b");
  }

  @Test
  public void bytesThatAreNoTextAreRejectedInEveryEncoding() {
    expect(bytes("1,\u00E9\n2,b\n", ISO_8859_1), RFC, 2, "0 1,\u00E9 CSV_ENCODING", "4 2,b");
    for (int undefined : new int[] {0x81, 0x8D, 0x8F, 0x90, 0x9D}) {
      byte[] text = bytes("1,?\n2,\u00DC", ISO_8859_1);
      text[2] = (byte) undefined;
      List<Frames> frames = Frames.of(text, RFC.withCharset("windows-1252"), 2);
      assertEquals("CSV_ENCODING", frames.get(0).codes());
      assertEquals(List.of("2", "\u00DC"), frames.get(1).values());
    }
    List<Frames> lone = Frames.of(bytes("1,\uD800\n2,b", UTF_16LE, 0xD8), utf16("LE"), 2);
    assertEquals("CSV_ENCODING", lone.get(0).codes());
    assertEquals(List.of("2", "b"), lone.get(1).values());
    byte[] odd = Arrays.copyOf(bytes("1,a\n2,b", UTF_16BE), 13);
    List<Frames> frames = Frames.of(odd, utf16("BE"), 2);
    assertEquals("8 CSV_ENCODING", frames.get(1).offset() + " " + frames.get(1).codes());
    assertEquals(5, frames.get(1).payload().length);
  }

  @Test
  public void everyMalformedUtf8SequenceIsFoundAtItsByte() {
    int[][] malformed = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xC3},
      {0xE0, 0x9F, 0xBF},
      {0xE2, 0x82},
      {0xED, 0xA0, 0x80},
      {0xF0, 0x8F, 0xBF, 0xBF},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xFF}
    };
    for (int[] sequence : malformed) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      text.writeBytes(bytes("\u20AC,", UTF_8));
      Arrays.stream(sequence).forEach(text::write);
      text.writeBytes(bytes("\n2,b\n", UTF_8));
      List<Frames> frames = Frames.of(text.toByteArray(), RFC, 2);
      assertEquals("CSV_ENCODING", frames.get(0).codes());
      assertThat(
          frames.get(0).faults().get(0).message(),
          containsString(
              String.format(java.util.Locale.ROOT, "Byte 4 of the record (0x%02X)", sequence[0])));
      assertEquals(List.of("2", "b"), frames.get(1).values());
    }
    expect(
        "\u0080,\u07FF\u0800\uD7FF\uE000\uFFFF\uD800\uDC00\uDBFF\uDFFF\n",
        2,
        "0 \u0080,\u07FF\u0800\uD7FF\uE000\uFFFF\uD800\uDC00\uDBFF\uDFFF");
  }

  @Test
  public void aByteOrderMarkIsSkippedAndCountsInOffsets() {
    expect("\uFEFF1,a\n2,b", 2, "3 1,a", "7 2,b");
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      byte[] text = bytes("\uFEFF1,\u20AC\n\"2\n\",b\r\n", charset);
      for (String name : List.of("UTF-16", charset.name())) {
        List<Frames> frames = Frames.of(text, RFC.withCharset(name), 2);
        assertEquals(List.of("1", "\u20AC"), frames.get(0).values());
        assertEquals(List.of("2\n", "b"), frames.get(1).values());
        assertEquals(2, frames.get(0).offset());
        assertEquals(10, frames.get(1).offset());
      }
    }
    assertEquals(
        List.of("1", "a"),
        Frames.of(bytes("1,a\n", UTF_16BE), RFC.withCharset("UTF-16"), 2).get(0).values());
  }

  @Test
  public void aByteOrderMarkThatContradictsTheDialectStopsTheRun() {
    Exception wrong =
        assertThrows(FileInputException.class, () -> Frames.of(bytes("\uFEFFa", UTF_16LE), RFC, 1));
    assertEquals(
        "f.csv begins with the byte-order mark of UTF-16LE but is to be read as UTF-8;"
            + " use --charset=UTF-16LE",
        wrong.getMessage());
    assertThrows(
        FileInputException.class,
        () -> Frames.of(bytes("\uFEFFa", UTF_8), RFC.withCharset("windows-1252"), 1));
    assertThrows(
        FileInputException.class, () -> Frames.of(bytes("\uFEFFa", UTF_16LE), utf16("BE"), 1));
  }

  @Test
  public void aRecordAtTheLimitIsGoodAndOneByteMoreIsTooLarge() {
    CsvDialect small = RFC.withMaxRecordBytes(6);
    expect(bytes("12,456\n", UTF_8), small, 2, "0 12,456");
    expect(bytes("12,456", UTF_8), small, 2, "0 12,456");
    expect(bytes("12,456\r\n1,2\n", UTF_8), small, 2, "0 12,456", "8 1,2");
    expect(bytes("12,4567\n1,2\n", UTF_8), small, 2, "0 12,4567 CSV_RECORD_TOO_LARGE", "8 1,2");
    expect(bytes("12,4567", UTF_8), small, 2, "0 12,4567 CSV_RECORD_TOO_LARGE");
  }

  @Test
  public void aTooLargeRecordEndsWhereTheGrammarSaysWhenThatIsNear() {
    CsvDialect small = RFC.withMaxRecordBytes(8);
    expect(
        bytes("1234567890,\"a\nb\"\n1,2\n", UTF_8),
        small,
        2,
        "0 1234567890,\"a\nb\" CSV_RECORD_TOO_LARGE",
        "17 1,2");
    expect(
        bytes("1234567890,\"a\nb,c\n1,2\n", UTF_8),
        small,
        2,
        "0 1234567890,\"a CSV_RECORD_TOO_LARGE",
        "14 b,c",
        "18 1,2");
  }

  @Test
  public void theSizeOfTheBufferDoesNotDecideWhatIsKeptOfARecordOverTheSmallestLimit() {
    CsvDialect smallest = RFC.withMaxRecordBytes(1);
    for (int buffer : new int[] {4, 5, 6, 64}) {
      List<Frames> frames = Frames.of(bytes("12345", UTF_8), smallest, 1, buffer);
      assertEquals("0 12345 CSV_RECORD_TOO_LARGE", frames.get(0).describe(UTF_8));
      assertEquals(1, frames.size());
    }
  }

  @Test
  public void aTooLargeRecordIsNeverCutWhereItIsNoLargerThanTheLimit() {
    CsvDialect small = RFC.withMaxRecordBytes(8);
    String rest = "c,d\ne,f\n".repeat(4);
    List<Frames> frames =
        Frames.of(bytes("\"2345678\na\",\"b\n" + rest, UTF_8), small, 2, RecordFramer.BUFFER_BYTES);
    assertEquals("0 \"2345678\na\",\"b CSV_RECORD_TOO_LARGE", frames.get(0).describe(UTF_8));
    assertEquals(
        "The record has 14 bytes, more than the limit of 8",
        frames.get(0).faults().get(0).message());
    assertEquals("15 c,d", frames.get(1).describe(UTF_8));
    frames = Frames.of(bytes("\"2345678\r\n\",\"b\r\n" + rest, UTF_8), small, 2, 64);
    assertEquals("0 \"2345678\r\n\",\"b CSV_RECORD_TOO_LARGE", frames.get(0).describe(UTF_8));
    assertEquals("16 c,d", frames.get(1).describe(UTF_8));
  }

  @Test
  public void ofAnEnormousRecordOnlyTheBeginningIsKeptAndReadingGoesOnBehindIt() {
    CsvDialect small = RFC.withMaxRecordBytes(8);
    String enormous = "x".repeat(1000);
    for (int buffer : new int[] {16, 17, 64, 4096}) {
      List<Frames> frames =
          Frames.of(bytes("1,2\n" + enormous + "\r\n3,4\n", UTF_8), small, 2, buffer);
      assertEquals(3, frames.size());
      assertEquals("CSV_RECORD_TOO_LARGE", frames.get(1).codes());
      assertArrayEquals(bytes("x".repeat(32), UTF_8), frames.get(1).payload());
      assertEquals(
          "The record has 1000 bytes, more than the limit of 8; the payload holds its first 32"
              + " bytes",
          frames.get(1).faults().get(0).message());
      assertEquals("1006 3,4", frames.get(2).describe(UTF_8));
    }
  }

  @Test
  public void aQuoteThatStaysOpenUpToTheLimitCostsItsFirstLine() {
    CsvDialect small = RFC.withMaxRecordBytes(10);
    expect(
        bytes("1,\"a\n2,b\n3,c\n4,d\n5,e\"\n6,f\n", UTF_8),
        small,
        2,
        "0 1,\"a CSV_UNCLOSED_QUOTE",
        "5 2,b",
        "9 3,c",
        "13 4,d",
        "17 5,e\" CSV_STRAY_QUOTE",
        "22 6,f");
  }

  @Test(timeout = 120_000)
  public void hostileQuotesAreReadInLinearTime() {
    String[] units = {
      "\"",
      "\"\n",
      "\"a\n",
      "\",\"\n",
      "\"\"\"\n",
      "\"\"\n",
      "a\"\n",
      "\n\",",
      "\",\"a\n",
      "\"\\\n",
      "\\\"\n",
      ",\"\n\"",
      "\"a,\"\"\n",
      "x,y\nx,\"\n"
    };
    List<CsvDialect> dialects = List.of(RFC, RFC.withEscape('\\'), RFC.withMaxRecordBytes(50_000));
    for (String unit : units) {
      byte[] text = bytes("\"x\n" + unit.repeat(1_000_000 / unit.length()), UTF_8);
      for (CsvDialect dialect : dialects) {
        RecordFramer framer =
            new RecordFramer(
                Channels.newChannel(new ByteArrayInputStream(text)), dialect, "f.csv", 4096);
        framer.expectFields(2);
        long reached = 0;
        while (framer.next()) {
          assertThat(framer.offset(), greaterThanOrEqualTo(reached));
          reached = framer.offset() + framer.payload().length;
        }
        assertThat(unit, reached, greaterThan(0L));
      }
    }
  }

  @Test
  public void everyDialectOptionShapesRecords() {
    CsvDialect odd = RFC.withDelimiter('\t').withQuote('\'').withEscape('\\');
    List<Frames> frames = Frames.of(bytes("'it\\'s\t\\\\''x\n'\t\"b\"\n'c'\t\\d", UTF_8), odd, 2);
    assertEquals(List.of("it's\t\\'x\n", "\"b\""), frames.get(0).values());
    assertEquals(List.of("c", "\\d"), frames.get(1).values());
    CsvDialect unquoted = RFC.withQuote('\0');
    assertEquals(
        List.of("\"a", "b\""), Frames.of(bytes("\"a,b\"\n", UTF_8), unquoted, 2).get(0).values());
    CsvDialect wide = RFC.withDelimiter('\u00A6').withQuote('\u00FE');
    for (String charset : List.of("UTF-8", "UTF-16LE", "windows-1252", "ISO-8859-1")) {
      byte[] text =
          bytes("\u00FEa\u00A6\u00FE\u00FE\n\u00FE\u00A6\u00E9\u00A7\n", Charset.forName(charset));
      Frames frame = Frames.of(text, wide.withCharset(charset), 2).get(0);
      assertEquals(List.of("a\u00A6\u00FE\n", "\u00E9\u00A7"), frame.values());
    }
  }

  private static CsvDialect utf16(String order) {
    return RFC.withCharset("UTF-16" + order);
  }

  private static List<Frames> frames(String text, int fields) {
    return Frames.of(bytes(text, UTF_8), RFC, fields);
  }

  private static void expect(String text, int fields, String... expected) {
    byte[] bytes = bytes(text, UTF_8);
    for (int buffer : new int[] {4, 5, 16, RecordFramer.BUFFER_BYTES}) {
      assertEquals(
          "buffer of " + buffer,
          List.of(expected),
          Frames.of(bytes, RFC, fields, buffer).stream().map(f -> f.describe(UTF_8)).toList());
    }
  }

  private static void expect(byte[] text, CsvDialect dialect, int fields, String... expected) {
    Charset shown =
        Arrays.stream(expected).anyMatch(e -> e.contains("\u00E9")) ? ISO_8859_1 : UTF_8;
    assertEquals(
        List.of(expected),
        Frames.of(text, dialect, fields).stream().map(f -> f.describe(shown)).toList());
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  /** Little-endian text whose first replaced character becomes a lone high surrogate. */
  private static byte[] bytes(String text, Charset charset, int surrogate) {
    byte[] bytes = text.replace('\uD800', '?').getBytes(charset);
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      if (bytes[i] == '?') {
        bytes[i] = 0;
        bytes[i + 1] = (byte) surrogate;
      }
    }
    return bytes;
  }
}
