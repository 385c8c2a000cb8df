package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.change;
import static dev.penstock.transforms.parse.DebeziumEvents.insert;
import static dev.penstock.transforms.parse.DebeziumEvents.reasons;
import static dev.penstock.transforms.parse.DebeziumValues.base64;
import static dev.penstock.transforms.parse.DebeziumValues.decimal;
import static dev.penstock.transforms.parse.DebeziumValues.faults;
import static dev.penstock.transforms.parse.DebeziumValues.named;
import static dev.penstock.transforms.parse.DebeziumValues.property;
import static dev.penstock.transforms.parse.DebeziumValues.typed;
import static dev.penstock.transforms.parse.DebeziumValues.typedFaults;
import static dev.penstock.transforms.parse.DebeziumValues.value;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.deadletter.Reason;
import java.math.BigDecimal;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Numbers in change events, in every mode. */
@RunWith(JUnit4.class)
public class DebeziumNumbersTest {
  @Test
  public void anAmountIsTheSameInEveryDecimalMode() {
    String amount = "logicalType: number, physicalType: 'DECIMAL(10,2)'";
    BigDecimal expected = new BigDecimal("999.99");

    assertEquals(expected, value(amount, "999.99"));
    assertEquals(expected, value(amount, "\"999.99\""));
    assertEquals(expected, value(amount, "\"AYaf\""));
    assertEquals(expected, value(amount, "{\"scale\":2,\"value\":\"AYaf\"}"));
    assertEquals(expected, typed(amount, "\"type\":\"double\"", "999.99"));
    assertEquals(expected, typed(amount, "\"type\":\"string\"", "\"999.99\""));
    assertEquals(expected, typed(amount, decimal(2), "\"AYaf\""));
    assertEquals(
        expected,
        typed(
            amount,
            named("struct", "io.debezium.data.VariableScaleDecimal"),
            "{\"value\":\"AYaf\",\"scale\":2}"));
  }

  @Test
  public void decimalsAreExactAtEverySizeAndSign() {
    String number = "logicalType: number, physicalType: 'DECIMAL(38,10)'";
    for (String text :
        List.of(
            "0.0000000000",
            "-0.0000000001",
            "-1.0000000000",
            "12.3400000000",
            "9007199254740993.0000000001",
            "9999999999999999999999999999.9999999999",
            "-9999999999999999999999999999.9999999999")) {
      BigDecimal expected = new BigDecimal(text);
      String bytes = base64(expected.unscaledValue().toString());
      assertEquals(expected, value(number, text));
      assertEquals(expected, value(number, "\"" + text + "\""));
      assertEquals(expected, typed(number, decimal(10), bytes));
      assertEquals(expected, value(number + property("decimalEncoding", "base64"), bytes));
      assertEquals(expected, value(number, "{\"scale\":10,\"value\":" + bytes + "}"));
    }
  }

  @Test
  public void textsAreNumbersByTheSameRulesHoweverShortTheyAre() {
    String number = "logicalType: number, physicalType: 'DECIMAL(38,10)'";
    for (String text :
        List.of("1.5", "-1.5", "+1.5", ".5", "-.5", "5.", "0.0", "-0.10", " 2.50 ", "1.5e3")) {
      assertEquals(new BigDecimal(text.strip()), value(number, "\"" + text + "\""));
    }
    assertEquals(new BigDecimal("1234567890123456.7"), value(number, "\"1234567890123456.7\""));
    assertEquals(new BigDecimal("12345678901234567.8"), value(number, "\"12345678901234567.8\""));
    for (String text :
        List.of(".", "-", "-.", "1.2.3", "1.5-", "1,5", "1.5x", "--1.5", "1.\\u0035x")) {
      assertEquals(text, List.of("TYPE_NUMBER"), codes(faults(number, "\"" + text + "\"")));
    }
    assertEquals(new BigDecimal("1.5"), value(number, "\"1.\\u0035\""));
  }

  private static List<String> codes(List<Reason> reasons) {
    return reasons.stream().map(Reason::code).toList();
  }

  @Test
  public void theScaleOfTheSchemaCountsMoreThanThatOfTheContract() {
    assertEquals(
        new BigDecimal("99.999"),
        typed("logicalType: number, physicalType: 'DECIMAL(10,2)'", decimal(3), "\"AYaf\""));
    assertEquals(new BigDecimal("999.99"), typed("logicalType: number", decimal(2), "\"AYaf\""));
  }

  @Test
  public void wholeNumbersEndWhereSixtyFourBitsEnd() {
    for (String text :
        List.of(
            "999999999999999999",
            "1000000000000000000",
            "9223372036854775806",
            "9223372036854775807",
            "-9223372036854775807",
            "-9223372036854775808")) {
      assertEquals(Long.valueOf(text), value("logicalType: integer", text));
      assertEquals(
          Long.valueOf(text),
          change(
                  ParseDebezium.to(Contracts.of("name: f, logicalType: integer")),
                  insert("{\"f\":1}").replace("\"lsn\":7", "\"lsn\":" + text))
              .version());
    }
    for (String text :
        List.of(
            "9223372036854775808",
            "9999999999999999999",
            "-9223372036854775809",
            "10000000000000000000")) {
      assertEquals(List.of("TYPE_INTEGER"), codes(faults("logicalType: integer", text)));
      assertEquals(
          List.of("CHANGE_METADATA"),
          codes(
              reasons(
                  ParseDebezium.to(Contracts.of("name: f, logicalType: integer")),
                  insert("{\"f\":1}").replace("\"lsn\":7", "\"lsn\":" + text))));
    }
  }

  @Test
  public void wholeNumbersKeepAllTheirBits() {
    assertEquals(Long.MAX_VALUE, value("logicalType: integer", "9223372036854775807"));
    assertEquals(9007199254740993L, value("logicalType: integer", "9007199254740993"));
    assertEquals(99999L, value("logicalType: integer", "\"AYaf\""));
    assertEquals(100L, typed("logicalType: integer", decimal(2), base64("10000")));
    assertEquals(
        List.of(Reason.of("TYPE_INTEGER", "f", "f: '999.99' is not a whole number")),
        typedFaults("logicalType: integer", decimal(2), "\"AYaf\""));
  }

  @Test
  public void aTextThatIsANumberInTwoWaysIsRejectedUntilTheContractDecides() {
    String number = "logicalType: number, physicalType: 'DECIMAL(10,2)'";
    List<Reason> either =
        List.of(
            Reason.of(
                "CHANGE_DECIMAL",
                "f",
                "f: the text may be a number in digits or in Base64; give the field the custom"
                    + " property decimalEncoding (text or base64) in the contract, or set"
                    + " decimal.handling.mode=string and the property to text"));

    assertEquals(either, faults(number, "\"1234\""));
    assertEquals(either, faults(number, "\"12e4\""));
    assertEquals(
        new BigDecimal("1234"), value(number + property("decimalEncoding", "text"), "\"1234\""));
    assertEquals(
        new BigDecimal("-26588.24"),
        value(number + property("decimalEncoding", "base64"), "\"1234\""));
    assertEquals(new BigDecimal("1234"), typed(number, "\"type\":\"string\"", "\"1234\""));
    assertEquals(new BigDecimal("-26588.24"), typed(number, decimal(2), "\"1234\""));
    assertEquals(new BigDecimal("12345"), value(number, "\"12345\""));
    assertEquals(new BigDecimal("12.3"), value(number, "\"12.3\""));
  }

  @Test
  public void bytesOfANumberWithoutAScaleAreRejected() {
    assertEquals(
        List.of(
            Reason.of(
                "CHANGE_DECIMAL",
                "f",
                "f: the number is in Base64, without its scale; give the field a physicalType such"
                    + " as DECIMAL(12,2) in the contract, or turn schemas on at the source")),
        faults("logicalType: number", "\"AYaf\""));
    assertEquals(
        "CHANGE_DECIMAL",
        faults("logicalType: number, physicalType: DOUBLE", "\"AYaf\"").get(0).code());
  }

  @Test
  public void whatIsNoDecimalSaysSoWithoutMaskedValues() {
    String number = "logicalType: number, physicalType: 'DECIMAL(10,2)'";
    assertEquals(
        List.of(Reason.of("TYPE_NUMBER", "f", "f: 'AYa' is not a number")),
        faults(number, "\"AYa\""));
    assertEquals(
        List.of(Reason.of("TYPE_NUMBER", "f", "f: '9.99' is not a decimal in Base64")),
        typedFaults(number, decimal(2), "\"9.99\""));
    assertEquals(
        List.of(Reason.of("TYPE_NUMBER", "f", "f: 'A=Yf' is not a decimal in Base64")),
        typedFaults(number, decimal(2), "\"A=Yf\""));
    assertEquals(
        List.of(
            Reason.of("TYPE_NUMBER", "f", "f: *** is not an object of scale and value in Base64")),
        faults(number + ", classification: restricted", "{\"scale\":2}"));
    assertEquals(
        List.of("TYPE_NUMBER"),
        faults(number, "{\"scale\":99999999999,\"value\":\"AYaf\"}").stream()
            .map(Reason::code)
            .toList());
  }

  @Test
  public void aDecimalForATextIsWrittenInDigitsWhereTheSchemaTells() {
    assertEquals("999.99", typed("logicalType: string", decimal(2), "\"AYaf\""));
    assertEquals("AYaf", value("logicalType: string", "\"AYaf\""));
  }
}
