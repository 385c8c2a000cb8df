package dev.penstock.pipelines.infer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.ContractField;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.csv.CsvDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A column with a few values of another kind is a text, and the contract says what it nearly is.
 */
public class NearlyOneTypeTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String contract = "";

  private ContractField inferred(IntFunction<String> value) throws IOException {
    return inferred(100, value);
  }

  private ContractField inferred(int records, IntFunction<String> value) throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 1; i <= records; i++) {
      text.append('"').append(value.apply(i)).append("\",r\n");
    }
    return inferred(text.toString());
  }

  private ContractField inferred(String text) throws IOException {
    Path file = Files.writeString(folder.getRoot().toPath().resolve("sample.csv"), text);
    DialectGuess layout = new DialectGuess(CsvDialect.rfc4180(), List.of(), false);
    contract = new Inference(file.toString(), "sample", 0, layout).contract();
    return DataContract.parse(contract, "inferred").fields().get(0);
  }

  private void assertText(String note, ContractField field) {
    assertEquals("string", field.logicalType().keyword());
    assertTrue(contract, contract.contains("; " + note + "; "));
  }

  private static String time(int i) {
    return String.format("2026-03-%02dT10:00:%02dZ", 1 + i % 28, i % 60);
  }

  @Test
  public void timestampsAndAFewOtherValues() throws IOException {
    assertText(
        "98 of 100 values are timestamps, 2 are not, the first: 'n/a' (record 17)",
        inferred(i -> i == 17 ? "n/a" : i == 50 ? "2026-03-01T99:00:00Z" : time(i)));
    assertTrue(contract, contract.contains("; 3 to 20 characters; "));
    assertTrue(contract, contract.contains("maxLength: 50"));
  }

  @Test
  public void datesOfAPatternThoughTheFirstValuesAreNone() throws IOException {
    assertText(
        "180 of 200 values are dates written as dd.MM.yyyy, 20 are not, the first: 'unknown' (record"
            + " 1)",
        inferred(
            200,
            i -> i <= 20 ? "unknown" : String.format("%02d.%02d.2026", 1 + i % 28, 1 + i % 12)));
  }

  @Test
  public void daysAndMonthsThatOneValueSwaps() throws IOException {
    assertText(
        "99 of 100 values are dates written as MM/dd/yyyy, 1 is not: '13/01/2026' (record 1)",
        inferred(
            i -> i == 1 ? "13/01/2026" : String.format("%02d/%02d/2026", 1 + i % 12, i % 28 + 1)));
  }

  @Test
  public void numbersAndAFewOtherValues() throws IOException {
    assertText(
        "95 of 100 values are whole numbers, 5 are not, the first: '-' (record 20)",
        inferred(i -> i % 20 == 0 ? "-" : String.valueOf(i * 31)));
    assertText(
        "99 of 100 values are numbers, 1 is not: '12,5' (record 3)",
        inferred(i -> i == 3 ? "12,5" : i + ".5"));
  }

  @Test
  public void booleansAndAFewOtherValues() throws IOException {
    assertText(
        "96 of 100 values are booleans, 4 are not, the first: 'maybe' (record 25)",
        inferred(i -> i % 25 == 0 ? "maybe" : i % 2 == 0 ? "yes" : "no"));
  }

  @Test
  public void theRecordIsCountedAsTheLoadCountsIt() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n1,2,3\n");
    for (int i = 2; i <= 60; i++) {
      text.append(i == 40 ? "forty" : String.valueOf(i)).append(",r\n");
    }
    assertText(
        "58 of 59 values are whole numbers, 1 is not: 'forty' (record 40)",
        inferred(text.toString()));
  }

  @Test
  public void nothingIsSaidOfAColumnThatIsNotNearlyOfOneType() throws IOException {
    List<IntFunction<String>> columns =
        List.of(
            i -> i % 9 == 0 ? "n/a" : time(i),
            i -> i % 9 == 0 ? "n/a" : String.valueOf(i),
            // Codes, one of which would lose a zero.
            i -> i == 7 ? "007" : i == 8 ? "x" : String.valueOf(100 + i),
            // Words that are truth values in pairs only.
            i -> i % 20 == 0 ? "z" : "n");
    for (IntFunction<String> column : columns) {
      assertEquals("string", inferred(column).logicalType().keyword());
      assertFalse(contract, contract.contains(" values are "));
    }
  }

  @Test
  public void wholeNumbersThatFitInto64BitsAreIntegers() throws IOException {
    assertEquals("integer BIGINT", type("9223372036854775807\n-9223372036854775808\n"));
    assertEquals("integer BIGINT", type("2144415922528452715\n1\n"));
    assertEquals("number DECIMAL(22,0)", type("9223372036854775808\n1\n"));
    assertEquals("number DECIMAL(22,0)", type("-9223372036854775809\n1\n"));
    assertEquals("string", type("0144415922528452715\n1144415922528452715\n"));
  }

  private String type(String values) throws IOException {
    ContractField field = inferred("x\n" + values);
    return field.logicalType().keyword() + field.physicalType().map(type -> " " + type).orElse("");
  }
}
