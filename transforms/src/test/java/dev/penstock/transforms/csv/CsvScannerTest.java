package dev.penstock.transforms.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.csv.CsvScanner.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class CsvScannerTest {
  private final CsvScanner scanner = CsvScanner.of(CsvDialect.rfc4180(), CsvEncoding.UTF_8);

  @Test
  public void theRulesOfRfc4180() {
    splits("aaa,bbb,ccc", "aaa", "bbb", "ccc");
    splits("\"aaa\",\"bbb\",\"ccc\"", "aaa", "bbb", "ccc");
    splits("\"aaa\",\"b\r\nbb\",\"ccc\"", "aaa", "b\r\nbb", "ccc");
    splits("\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa", "b\"bb", "ccc");
    splits(" a , b ", " a ", " b ");
    splits(",", "", "");
    splits("", "");
    splits("\"\"\"\"", "\"");
    splits("\",\",\"\"", ",", "");
    splits("ä,\"€\"\"😀\"", "ä", "€\"😀");
  }

  @Test
  public void aRecordEndsAtItsLineEndAndTheNextBeginsBehindIt() {
    byte[] text = "a,b\r\nc\rd\n".getBytes(UTF_8);
    assertEquals(Status.COMPLETE, scanner.scan(text, 0, text.length, true));
    assertEquals("3 5", scanner.end() + " " + scanner.next());
    assertEquals(Status.COMPLETE, scanner.scan(text, 5, text.length, true));
    assertEquals("6 7", scanner.end() + " " + scanner.next());
    assertEquals(Status.COMPLETE, scanner.scan(text, 7, text.length, false));
    assertEquals("8 9", scanner.end() + " " + scanner.next());
  }

  @Test
  public void bytesThatMayGoOnAreNotCalledARecord() {
    assertEquals(Status.MORE, scan("a,b", false));
    assertEquals(Status.MORE, scan("a,b\r", false));
    assertEquals(Status.COMPLETE, scan("a,b\r", true));
    assertEquals(Status.IN_QUOTES, scan("a,\"b", false));
    assertEquals(Status.IN_QUOTES, scan("a,\"b\"", false));
    assertEquals(Status.COMPLETE, scan("a,\"b\"", true));
    assertEquals(Status.IN_QUOTES, scan("a,\"b\"\"", true));
  }

  @Test
  public void aStrayQuoteIsFoundAtItsByte() {
    assertEquals(Status.STRAY_QUOTE, scan("a,b\"c", true));
    assertEquals(3, scanner.faultAt());
    assertEquals(Status.STRAY_QUOTE, scan("\"a\"b", true));
    assertEquals(3, scanner.faultAt());
  }

  @Test
  public void whatTheReaderAsksAboutARecordIsSeenOnTheWay() {
    assertEquals(Status.COMPLETE, scan("a,\"\n\0\",\u00E9", true));
    assertTrue(scanner.hasNul());
    assertFalse(scanner.ascii());
    assertEquals(3, scanner.firstLineEnd());
    assertTrue(scanner.quoted(1));
    assertFalse(scanner.quoted(0));
    assertEquals(Status.COMPLETE, scan("a,b", true));
    assertFalse(scanner.hasNul());
    assertTrue(scanner.ascii());
    assertEquals(-1, scanner.firstLineEnd());
  }

  @Test
  public void moreFieldsThanAreKeptAreStillCounted() {
    assertEquals(Status.COMPLETE, scan(",".repeat(100_000), true));
    assertEquals(100_001, scanner.fieldCount());
    assertTrue(scanner.empty(CsvScanner.MAX_FIELDS - 1));
  }

  private Status scan(String text, boolean last) {
    byte[] bytes = text.getBytes(UTF_8);
    return scanner.scan(bytes, 0, bytes.length, last);
  }

  private void splits(String record, String... fields) {
    assertEquals(record, Status.COMPLETE, scan(record, true));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < scanner.fieldCount(); i++) {
      found.add(scanner.text(i));
    }
    assertEquals(List.of(fields), found);
  }
}
