package dev.penstock.transforms.validate;

import static dev.penstock.transforms.validate.Sample.contract;
import static dev.penstock.transforms.validate.Sample.reasons;
import static dev.penstock.transforms.validate.Sample.texts;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.deadletter.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

/** What each kind of rule accepts and how it says no. */
public class RuleKindsTest {
  private static final List<String> NONE = List.of();

  private static void accepts(DataContract contract, @Nullable Object... values) {
    for (Object value : values) {
      assertEquals(NONE, texts(contract, value));
    }
  }

  @Test
  public void aRequiredFieldNeedsAValue() {
    DataContract contract = contract("- {name: loan_id, logicalType: integer, required: true}");

    accepts(contract, 0L);
    assertEquals(
        List.of(
            Reason.of("REQUIRED", "loan_id", "loan_id: a value is required, but there is none")),
        reasons(contract, (Object) null));
  }

  @Test
  public void missingValuesAreThoseTheContractNames() {
    DataContract contract =
        contract(
            """
            - name: code
              logicalType: string
              quality:
                - {metric: missingValues, mustBe: 0, arguments: {missingValues: ['', 'N/A']}}
            """);

    accepts(contract, "x", "n/a");
    assertEquals(
        List.of("NOT_MISSING code: 'N/A' counts as missing (missing are: null, '', 'N/A')"),
        texts(contract, "N/A"));
    assertEquals(
        List.of("NOT_MISSING code: null counts as missing (missing are: null, '', 'N/A')"),
        texts(contract, (Object) null));
  }

  @Test
  public void missingNumbersAreComparedAsNumbers() {
    DataContract contract =
        contract(
            """
            - name: n
              logicalType: integer
              quality:
                - {metric: missingValues, mustBe: 0, arguments: {missingValues: ['-1', 'N/A']}}
            """);

    accepts(contract, 1L);
    assertEquals(1, texts(contract, -1L).size());
  }

  @Test
  public void lengthsAreCountedInCodePoints() {
    DataContract contract =
        contract(
            "- {name: s, logicalType: string, logicalTypeOptions: {minLength: 2, maxLength: 3}}");

    accepts(contract, "ab", "abc", "😀😀", "😀😀😀", null);
    assertEquals(List.of("MIN_LENGTH s: '😀' is shorter than 2 characters"), texts(contract, "😀"));
    assertEquals(
        List.of("MAX_LENGTH s: '😀😀😀😀' is longer than 3 characters"),
        texts(contract, "😀😀😀😀"));
  }

  @Test
  public void aPatternIsSearchedFor() {
    DataContract contract =
        contract("- {name: s, logicalType: string, logicalTypeOptions: {pattern: '[0-9]{2}'}}");

    accepts(contract, "a12b", null);
    assertEquals(
        List.of("PATTERN s: 'a1b2' does not match the pattern [0-9]{2}"), texts(contract, "a1b2"));
  }

  @Test
  public void anAnchoredPatternEndsAtTheVeryEnd() {
    DataContract contract =
        contract("- {name: s, logicalType: string, logicalTypeOptions: {pattern: '^[A-Z]{2}$'}}");

    accepts(contract, "KE");
    assertEquals(
        List.of("PATTERN s: 'KE\\n' does not match the pattern ^[A-Z]{2}$"),
        texts(contract, "KE\n"));
  }

  @Test
  public void boundsOfWholeNumbersIncludeOrExclude() {
    DataContract inclusive =
        contract("- {name: n, logicalType: integer, logicalTypeOptions: {minimum: 1, maximum: 9}}");
    DataContract exclusive =
        contract(
            "- {name: n, logicalType: integer, logicalTypeOptions: {exclusiveMinimum: 1,"
                + " exclusiveMaximum: 9}}");

    accepts(inclusive, 1L, 9L, null);
    assertEquals(List.of("MINIMUM n: 0 is below the minimum 1"), texts(inclusive, 0L));
    assertEquals(List.of("MAXIMUM n: 10 is above the maximum 9"), texts(inclusive, 10L));
    accepts(exclusive, 2L, 8L);
    assertEquals(List.of("EXCLUSIVE_MINIMUM n: 1 is not above 1"), texts(exclusive, 1L));
    assertEquals(List.of("EXCLUSIVE_MAXIMUM n: 9 is not below 9"), texts(exclusive, 9L));
  }

  @Test
  public void boundsOfDecimalsAreExact() {
    DataContract contract =
        contract(
            "- {name: n, logicalType: number, logicalTypeOptions: {minimum: 0.1,"
                + " exclusiveMaximum: 1}}");

    accepts(contract, new BigDecimal("0.10"), new BigDecimal("0.99999999999999999999"), null);
    assertEquals(
        List.of("MINIMUM n: 0.09999999999999999999 is below the minimum 0.1"),
        texts(contract, new BigDecimal("0.09999999999999999999")));
    assertEquals(1, texts(contract, new BigDecimal("1.000")).size());
  }

  @Test
  public void boundsOfDoublesAreRoundedAsTheDataIs() {
    DataContract contract =
        contract(
            "- {name: n, logicalType: number, physicalType: DOUBLE, logicalTypeOptions:"
                + " {minimum: 0, maximum: 0.1}}");

    accepts(contract, 0.1, -0.0, null);
    assertEquals(List.of("MAXIMUM n: 0.2 is above the maximum 0.1"), texts(contract, 0.2));
    assertEquals(2, texts(contract, Double.NaN).size());
    assertEquals(1, texts(contract, Double.NEGATIVE_INFINITY).size());
  }

  @Test
  public void datesAndTimesHaveBoundsToo() {
    DataContract dates =
        contract("- {name: d, logicalType: date, logicalTypeOptions: {minimum: '2020-02-29'}}");
    DataContract times =
        contract("- {name: t, logicalType: time, logicalTypeOptions: {maximum: '12:00:00'}}");
    DataContract stamps =
        contract(
            "- {name: ts, logicalType: timestamp, logicalTypeOptions:"
                + " {exclusiveMaximum: '2024-01-01T00:00:00Z'}}");

    accepts(dates, LocalDate.of(2020, 2, 29));
    assertEquals(
        List.of("MINIMUM d: 2020-02-28 is below the minimum 2020-02-29"),
        texts(dates, LocalDate.of(2020, 2, 28)));
    accepts(times, LocalTime.NOON);
    assertEquals(
        List.of("MAXIMUM t: 12:00:01 is above the maximum 12:00"),
        texts(times, LocalTime.of(12, 0, 1)));
    accepts(stamps, Instant.parse("2023-12-31T23:59:59.999999Z"));
    assertEquals(
        List.of("EXCLUSIVE_MAXIMUM ts: 2024-01-01T00:00:00Z is not below 2024-01-01T00:00:00Z"),
        texts(stamps, Instant.parse("2024-01-01T00:00:00Z")));
  }

  @Test
  public void multiplesAreExact() {
    DataContract whole =
        contract("- {name: n, logicalType: integer, logicalTypeOptions: {multipleOf: 5}}");
    DataContract cents =
        contract("- {name: n, logicalType: number, logicalTypeOptions: {multipleOf: 0.01}}");

    accepts(whole, 0L, 5L, -10L, null);
    assertEquals(List.of("MULTIPLE_OF n: 7 is not a multiple of 5"), texts(whole, 7L));
    accepts(cents, new BigDecimal("1.230"));
    assertEquals(1, texts(cents, new BigDecimal("1.235")).size());
  }

  @Test
  public void aDecimalMustFitItsDigits() {
    DataContract contract =
        contract("- {name: n, logicalType: number, physicalType: 'DECIMAL(5,2)'}");

    accepts(contract, new BigDecimal("999.99"), new BigDecimal("-999.990000"), BigDecimal.ZERO);
    accepts(contract, new BigDecimal("0.01"), new BigDecimal("1E+2"), new BigDecimal("0E-10"));
    assertEquals(
        List.of("PRECISION n: 1000.00 has more digits than DECIMAL(5,2) holds"),
        texts(contract, new BigDecimal("1000.00")));
    assertEquals(1, texts(contract, new BigDecimal("0.001")).size());
    assertEquals(1, texts(contract, new BigDecimal("1E+3")).size());
  }

  @Test
  public void anEnumListsItsValuesInTheMessage() {
    DataContract contract =
        contract(
            """
            - name: status
              logicalType: string
              quality:
                - {metric: invalidValues, mustBe: 0, arguments: {validValues: [funded, expired]}}
            """);

    accepts(contract, "funded", null);
    assertEquals(
        List.of("ENUM status: 'Funded' is none of the values 'funded', 'expired'"),
        texts(contract, "Funded"));
  }

  @Test
  public void numbersOfAnEnumAreComparedByValue() {
    DataContract contract =
        contract(
            """
            - name: n
              logicalType: number
              quality:
                - {metric: invalidValues, mustBe: 0, arguments: {validValues: [1.0, 2.5]}}
            """);

    accepts(contract, new BigDecimal("1"), new BigDecimal("2.500"));
    assertEquals(1, texts(contract, new BigDecimal("2.51")).size());
  }

  @Test
  public void itemsAreCountedAndCompared() {
    DataContract contract =
        contract(
            """
            - name: tags
              logicalType: array
              logicalTypeOptions: {minItems: 2, maxItems: 20, uniqueItems: true}
              items: {name: tag, logicalType: string, logicalTypeOptions: {maxLength: 3}}
            """);

    accepts(contract, List.of("a", "b"), null);
    assertEquals(
        List.of("MIN_ITEMS tags: list of 1 item has fewer than 2 items"),
        texts(contract, List.of("a")));
    assertEquals(
        List.of("UNIQUE_ITEMS tags: list of 2 items has an item twice"),
        texts(contract, List.of("a", "a")));
    assertEquals(
        List.of("MAX_LENGTH tags[1]: 'long' is longer than 3 characters"),
        texts(contract, Arrays.asList("a", "long", "longer", null)));
    String[] many = new String[21];
    Arrays.setAll(many, i -> "t" + i % 20);
    assertEquals(
        List.of(
            "MAX_ITEMS tags: list of 21 items has more than 20 items",
            "UNIQUE_ITEMS tags: list of 21 items has an item twice"),
        texts(contract, List.of(many)));
  }

  @Test
  public void nestedFieldsHaveRulesButNotInsideAnObjectThatIsNull() {
    DataContract contract =
        contract(
            """
            - name: place
              logicalType: object
              properties:
                - {name: town, logicalType: string, required: true}
                - {name: people, logicalType: integer, logicalTypeOptions: {minimum: 0}}
            """);
    Row bad = Row.withSchema(placeSchema(contract)).addValues(null, -1L).build();

    accepts(contract, (Object) null);
    assertEquals(
        List.of(
            Reason.of(
                "REQUIRED", "place.town", "place.town: a value is required, but there is none"),
            Reason.of("MINIMUM", "place.people", "place.people: -1 is below the minimum 0")),
        reasons(contract, bad));
  }

  @Test
  public void propertiesOfAnObjectAreCounted() {
    DataContract contract =
        contract(
            """
            - name: place
              logicalType: object
              logicalTypeOptions: {minProperties: 1, maxProperties: 1, required: [town]}
              properties:
                - {name: town, logicalType: string}
                - {name: people, logicalType: integer}
            """);
    Row none = Row.withSchema(placeSchema(contract)).addValues(null, null).build();
    Row both = Row.withSchema(placeSchema(contract)).addValues("x", 1L).build();

    assertEquals(
        List.of(
            "MIN_PROPERTIES place: object with the properties town, people has fewer than"
                + " 1 property with a value",
            "REQUIRED_PROPERTIES place: object with the properties town, people lacks one of its"
                + " required properties 'town'"),
        texts(contract, none).stream().sorted().toList());
    assertEquals(1, texts(contract, both).size());
    assertTrue(texts(contract, both).get(0).startsWith("MAX_PROPERTIES place: "));
  }

  private static org.apache.beam.sdk.schemas.Schema placeSchema(DataContract contract) {
    return java.util.Objects.requireNonNull(
        contract.rowSchema().getField("place").getType().getRowSchema());
  }

  @Test
  public void allBrokenRulesOfARowAreReportedInTheContractsOrder() {
    DataContract contract =
        contract(
            """
            - {name: b, logicalType: string, required: true}
            - {name: a, logicalType: string, logicalTypeOptions: {maxLength: 2, pattern: '^x'}}
            - {name: c, logicalType: integer, logicalTypeOptions: {minimum: 0}}
            """);

    assertEquals(
        List.of("REQUIRED b", "MAX_LENGTH a", "PATTERN a", "MINIMUM c"),
        reasons(contract, null, "abc", -1L).stream()
            .map(reason -> reason.code() + " " + reason.field())
            .toList());
  }

  @Test
  public void restrictedValuesNeverAppear() {
    DataContract contract =
        contract(
            """
            - name: ssn
              logicalType: string
              classification: Restricted
              logicalTypeOptions: {maxLength: 5, pattern: '^[0-9]+$', format: email}
            - name: home
              logicalType: object
              classification: confidential
              properties:
                - {name: street, logicalType: string, logicalTypeOptions: {minLength: 9}}
            """);
    Row home =
        Row.withSchema(
                java.util.Objects.requireNonNull(
                    contract.rowSchema().getField("home").getType().getRowSchema()))
            .addValues("secret")
            .build();

    assertEquals(
        List.of(
            "MAX_LENGTH ssn: *** is longer than 5 characters",
            "PATTERN ssn: *** does not match the pattern ^[0-9]+$",
            "FORMAT ssn: *** is not an email address",
            "MIN_LENGTH home.street: *** is shorter than 9 characters"),
        texts(contract, "secret-secret", home));
  }

  @Test
  public void longAndUnprintableValuesAreShownInPart() {
    DataContract contract =
        contract("- {name: s, logicalType: string, logicalTypeOptions: {maxLength: 3}}");

    assertEquals(
        List.of("MAX_LENGTH s: 'a\\n\\t\\u0000\\u202eb' is longer than 3 characters"),
        texts(contract, "a\n\t\u0000\u202eb"));
    assertEquals(
        List.of("MAX_LENGTH s: '" + "😀".repeat(80) + "…' is longer than 3 characters"),
        texts(contract, "😀".repeat(81)));
  }
}
