package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.field;
import static dev.penstock.transforms.contract.Contracts.problems;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What a contract says of change events. */
@RunWith(JUnit4.class)
public final class ChangePropertiesTest {

  private static String custom(String property, String value) {
    return "customProperties: [{property: " + property + ", value: " + value + "}]";
  }

  @Test
  public void aFieldMayBeTakenFromTheEvent() {
    for (ChangeMetadata metadata : ChangeMetadata.values()) {
      for (LogicalType type : metadata.types()) {
        assertEquals(
            Optional.of(metadata),
            field("logicalType: " + type.keyword(), custom("changeMetadata", metadata.keyword()))
                .changeMetadata());
      }
    }
    assertEquals(Optional.empty(), field("logicalType: string").changeMetadata());
  }

  @Test
  public void encodingsAreReadWhereTheyHaveAMeaning() {
    assertEquals(
        Optional.of(TemporalEncoding.DAYS),
        field("logicalType: date", custom("temporalEncoding", "days")).temporalEncoding());
    assertEquals(
        Optional.of(TemporalEncoding.NANOS),
        field(
                "logicalType: array",
                "items: {logicalType: timestamp, " + custom("temporalEncoding", "nanos") + "}")
            .items()
            .orElseThrow()
            .temporalEncoding());
    assertEquals(
        Optional.of(DecimalEncoding.BASE64),
        field("logicalType: number", custom("decimalEncoding", "base64")).decimalEncoding());
  }

  @Test
  public void theSummaryTellsWhatWasUnderstood() {
    String summary =
        Contracts.parse(
                "- {name: op, logicalType: string, " + custom("changeMetadata", "op") + "}",
                "- {name: at, logicalType: date, " + custom("temporalEncoding", "days") + "}",
                "- {name: no, logicalType: number, " + custom("decimalEncoding", "text") + "}")
            .summary();

    assertTrue(summary, summary.contains("string, the change's op"));
    assertTrue(summary, summary.contains("date, numbers in days"));
    assertTrue(summary, summary.contains("number, texts in text (exact)"));
  }

  @Test
  public void whatIsNoSuchValueIsAnErrorWithItsLine() {
    String at = "t.yaml:10: schema[t].properties[f].customProperties[0].value: ";
    assertEquals(
        List.of(at + "'opp' is not a value of changeMetadata. Fix: did you mean 'op'?"),
        problems("logicalType: string", custom("changeMetadata", "opp")));
    assertEquals(
        List.of(
            at
                + "'seconds' is not a value of temporalEncoding. Fix: use one of days, millis,"
                + " micros, nanos."),
        problems("logicalType: date", custom("temporalEncoding", "seconds")));
    assertEquals(
        List.of(
            "t.yaml:10: schema[t].properties[f].customProperties[0]: the value of decimalEncoding"
                + " is missing. Fix: give one of text, base64."),
        problems("logicalType: number", custom("decimalEncoding", "null")));
  }

  @Test
  public void whatDoesNotFitTheTypeIsAnError() {
    String at = "t.yaml:10: schema[t].properties[f].customProperties[0].value: ";
    assertEquals(
        List.of(at + "version does not fit into the type string. Fix: use 'logicalType: integer'."),
        problems("logicalType: string", custom("changeMetadata", "version")));
    assertEquals(
        List.of(
            at
                + "temporalEncoding has no meaning for the type integer. Fix: remove it, or use a"
                + " logicalType of date, time, timestamp."),
        problems("logicalType: integer", custom("temporalEncoding", "millis")));
    assertEquals(
        List.of(
            at
                + "days do not make a timestamp. Fix: use millis, micros or nanos, or"
                + " 'logicalType: date'."),
        problems("logicalType: timestamp", custom("temporalEncoding", "days")));
    assertEquals(
        List.of(
            at
                + "decimalEncoding has no meaning for the type boolean. Fix: remove it, or use a"
                + " logicalType of integer, number."),
        problems("logicalType: boolean", custom("decimalEncoding", "text")));
  }

  @Test
  public void onlyColumnsAreTakenFromTheEvent() {
    assertEquals(
        List.of(
            "t.yaml:10: schema[t].properties[f].properties[op].customProperties[0].value: only a"
                + " top-level property can have changeMetadata. Fix: move it to such a property."),
        problems(
            "logicalType: object",
            "properties: [{name: op, logicalType: string, "
                + custom("changeMetadata", "op")
                + "}]"));
  }
}
