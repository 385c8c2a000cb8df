package dev.penstock.transforms.csv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

@RunWith(JUnit4.class)
public class CsvDialectTest {
  private static final CsvDialect RFC = CsvDialect.rfc4180();

  @Test
  public void theDefaultIsRfc4180() {
    assertEquals(
        "CsvDialect{delimiter=,, quote=\", escape=\0, charset=UTF-8, header=true,"
            + " maxRecordBytes=8388608}",
        RFC.toString());
    assertEquals(List.of(), RFC.problems());
    assertEquals(RFC, RFC.check());
  }

  @Test
  public void everySettingCanBeChanged() {
    CsvDialect changed =
        RFC.withDelimiter(';')
            .withQuote('\'')
            .withEscape('\\')
            .withCharset("utf-16le")
            .withHeader(false)
            .withMaxRecordBytes(100);
    assertEquals(
        "CsvDialect{delimiter=;, quote=', escape=\\, charset=UTF-16LE, header=false,"
            + " maxRecordBytes=100}",
        changed.check().toString());
  }

  @Test
  public void aBadValueIsRefusedAtOnceAndNamed() {
    refuses("U+000A cannot be the delimiter", () -> RFC.withDelimiter('\n'));
    refuses("U+000D cannot be the quote", () -> RFC.withQuote('\r'));
    refuses("U+D800 cannot be the escape", () -> RFC.withEscape('\uD800'));
    refuses("delimiter cannot be none", () -> RFC.withDelimiter('\0'));
    refuses("'latin-9' is not supported; use one of [UTF-8", () -> RFC.withCharset("latin-9"));
    refuses("limit is 0 bytes", () -> RFC.withMaxRecordBytes(0));
    refuses("limit is 67108865 bytes", () -> RFC.withMaxRecordBytes(67_108_865));
  }

  @Test
  public void settingsThatDoNotFitTogetherAreToldTogetherInWhateverOrderTheyCame() {
    assertEquals(RFC, RFC.withQuote(',').withDelimiter('"').withDelimiter(',').withQuote('"'));
    CsvDialect wrong = RFC.withDelimiter('€').withEscape('€').withQuote('€');
    assertEquals(
        List.of(
            "Delimiter and quote are both '€'; they must differ",
            "Delimiter and escape are both '€'; they must differ"),
        wrong.problems());
    refuses("CSV dialect: Delimiter and quote", wrong::check);
    assertEquals(
        List.of("The character '€' does not exist in ISO-8859-1"),
        RFC.withDelimiter('€').withCharset("ISO-8859-1").problems());
    assertEquals(
        List.of("The escape '\\' works inside quoted fields, but the quote is none"),
        RFC.withQuote('\0').withEscape('\\').problems());
    assertEquals(List.of(), RFC.withEscape('"').problems());
  }

  @Test
  public void flagsNameCharactersByThemselvesOrInWords() {
    assertEquals('\t', CsvDialect.character("tab"));
    assertEquals('\t', CsvDialect.character("\\t"));
    assertEquals('|', CsvDialect.character("PIPE"));
    assertEquals('\0', CsvDialect.character("none"));
    assertEquals('¦', CsvDialect.character("¦"));
    refuses("'::' is not one character; give", () -> CsvDialect.character("::"));
  }

  private static void refuses(String message, ThrowingRunnable call) {
    Exception refusal = assertThrows(IllegalArgumentException.class, call);
    assertThat(refusal.getMessage(), containsString(message));
  }
}
