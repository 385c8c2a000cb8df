package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.field;
import static dev.penstock.transforms.contract.Contracts.problems;
import static dev.penstock.transforms.contract.Contracts.rules;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.Rule.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Numbers and integers: their options and physical types, and what they do to rules. */
@RunWith(JUnit4.class)
public final class NumberTypesTest {

  private static FieldType type(String... lines) {
    return field(lines).fieldType();
  }

  private static Rule rule(Kind kind, String bound) {
    return Rule.of(kind, "f", new BigDecimal(bound));
  }

  private static void assertProblem(String problem, String... lines) {
    assertEquals(List.of(problem), problems(lines));
  }

  @Test
  public void boundsOfNumbersBecomeRules() {
    assertEquals(
        List.of(
            rule(Kind.MINIMUM, "-1.5"),
            rule(Kind.MAXIMUM, "2e3"),
            rule(Kind.EXCLUSIVE_MAXIMUM, "3000"),
            rule(Kind.MULTIPLE_OF, "0.25")),
        rules(
            "logicalType: number",
            "logicalTypeOptions: {minimum: -1.5, maximum: 2e3, exclusiveMaximum: 3000,"
                + " multipleOf: 0.25}"));
    assertEquals(
        List.of(rule(Kind.EXCLUSIVE_MINIMUM, "0")),
        rules("logicalType: integer", "logicalTypeOptions: {exclusiveMinimum: 0}"));
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions: no value lies within these bounds. Fix: lower the"
            + " minimum or raise the maximum.",
        "logicalType: integer",
        "logicalTypeOptions: {minimum: 3, exclusiveMaximum: 3}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.multipleOf: this must be above 0."
            + " Fix: give a positive number.",
        "logicalType: integer",
        "logicalTypeOptions: {multipleOf: 0}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.minimum: this must be a decimal"
            + " number, but it is '1e999999999'. Fix: write a number such as 12 or 0.5, without"
            + " quotes.",
        "logicalType: number",
        "logicalTypeOptions: {minimum: 1e999999999}");
  }

  @Test
  public void numbersAreExactUnlessTheContractAsksForBinaryOnes() {
    assertEquals(
        FieldType.DOUBLE.withNullable(true),
        type("logicalType: number", "logicalTypeOptions: {format: f64}"));
    assertEquals(
        FieldType.FLOAT.withNullable(true),
        type("logicalType: number", "logicalTypeOptions: {format: f32}"));
    assertEquals(
        FieldType.DOUBLE.withNullable(true), type("logicalType: number", "physicalType: DOUBLE"));
    assertEquals(
        FieldType.FLOAT.withNullable(true), type("logicalType: number", "physicalType: real"));
    assertEquals(
        FieldType.DOUBLE.withNullable(true),
        type("logicalType: number", "physicalType: FLOAT(53)"));
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'i32' is not a format of a"
            + " number. Fix: use f32 or f64, or leave it out for exact decimal numbers.",
        "logicalType: number",
        "logicalTypeOptions: {format: i32}");
  }

  @Test
  public void aDecimalKeepsItsDigits() {
    ContractField field = field("logicalType: number", "physicalType: NUMERIC ( 38 , 9 )");
    assertEquals(FieldType.DECIMAL.withNullable(true), field.fieldType());
    assertEquals(38, field.precision());
    assertEquals(9, field.scale());
    assertEquals(
        List.of(Rule.precision("f", 12, 0)),
        rules("logicalType: number", "physicalType: DECIMAL(12)"));
    assertEquals(List.of(), rules("logicalType: number", "physicalType: DECIMAL"));
    for (String wrong : List.of("2,3", "39,1", "0,0", "5,-1", "x,y", "1,1,1")) {
      assertProblem(
          "t.yaml:10: schema[t].properties[f].physicalType: DECIMAL("
              + wrong
              + ") is not a decimal type. Fix: give the digits, 1 to 38, and how many of them"
              + " follow the point, as in DECIMAL(12,2).",
          "logicalType: number",
          "physicalType: DECIMAL(" + wrong + ")");
    }
  }

  @Test
  public void bitsLimitIntegers() {
    assertEquals(
        List.of(rule(Kind.MINIMUM, "0"), rule(Kind.MAXIMUM, "65535")),
        rules("logicalType: integer", "logicalTypeOptions: {format: u16}"));
    assertEquals(
        List.of(rule(Kind.MINIMUM, "5"), rule(Kind.MAXIMUM, "127")),
        rules(
            "logicalType: integer", "logicalTypeOptions: {format: i8, minimum: 5, maximum: 1000}"));
    assertEquals(
        List.of(rule(Kind.EXCLUSIVE_MINIMUM, "5"), rule(Kind.MAXIMUM, "32767")),
        rules(
            "logicalType: integer",
            "physicalType: SMALLINT",
            "logicalTypeOptions: {exclusiveMinimum: 5}"));
    assertEquals(
        List.of(rule(Kind.MINIMUM, "-2147483648"), rule(Kind.MAXIMUM, "2147483647")),
        rules("logicalType: integer", "physicalType: integer"));
    assertEquals(
        "A long needs no rule for 64 bits",
        List.of(),
        rules("logicalType: integer", "physicalType: BIGINT"));
    assertProblem(
        "t.yaml:8: schema[t].properties[f]: no value lies within the bounds and what the type"
            + " holds. Fix: change the bounds, the format or the physicalType.",
        "logicalType: integer",
        "logicalTypeOptions: {format: u8, maximum: -1}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'int' is not a format of an"
            + " integer. Fix: use i8, i16, i32, i64, i128, u8, u16, u32, u64 or u128.",
        "logicalType: integer",
        "logicalTypeOptions: {format: int}");
  }

  @Test
  public void integersBeyond64BitsAreDecimals() {
    FieldType decimal = FieldType.DECIMAL.withNullable(true);
    ContractField u64 = field("logicalType: integer", "logicalTypeOptions: {format: u64}");
    assertEquals(decimal, u64.fieldType());
    assertEquals(20, u64.precision());
    assertEquals(0, u64.scale());
    assertEquals(
        List.of(rule(Kind.MINIMUM, "0"), rule(Kind.MAXIMUM, "18446744073709551615")),
        rules("logicalType: integer", "logicalTypeOptions: {format: u64}"));
    assertEquals(decimal, type("logicalType: integer", "logicalTypeOptions: {format: i128}"));
    assertEquals(decimal, type("logicalType: integer", "physicalType: NUMERIC(19,0)"));
    assertEquals(decimal, type("logicalType: integer", "physicalType: NUMERIC"));
    assertEquals(decimal, type("logicalType: integer", "physicalType: UHUGEINT"));
    FieldType int64 = FieldType.INT64.withNullable(true);
    assertEquals(int64, type("logicalType: integer", "physicalType: NUMERIC(18)"));
    assertEquals(int64, type("logicalType: integer", "logicalTypeOptions: {format: u32}"));
  }
}
