package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.field;
import static dev.penstock.transforms.contract.Contracts.problems;
import static dev.penstock.transforms.contract.Contracts.rules;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.transforms.contract.Rule.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Logical types, their options and physical types: what they do to fields and rules. */
@RunWith(JUnit4.class)
public final class LogicalTypesTest {

  private static FieldType type(String... lines) {
    return field(lines).fieldType();
  }

  private static Rule rule(Kind kind, String bound) {
    return Rule.of(kind, "f", new BigDecimal(bound));
  }

  private static Rule text(Kind kind, String text) {
    return Rule.of(kind, "f", text);
  }

  private static void assertProblem(String problem, String... lines) {
    assertEquals(List.of(problem), problems(lines));
  }

  @Test
  public void everyLogicalTypeHasItsRowType() {
    assertEquals(FieldType.STRING.withNullable(true), type("logicalType: string"));
    assertEquals(
        FieldType.logicalType(SqlTypes.DATE).withNullable(true), type("logicalType: date"));
    assertEquals(
        FieldType.logicalType(SqlTypes.TIME).withNullable(true), type("logicalType: time"));
    assertEquals(
        FieldType.logicalType(new MicrosInstant()).withNullable(true),
        type("logicalType: timestamp"));
    assertEquals(FieldType.DECIMAL.withNullable(true), type("logicalType: number"));
    assertEquals(FieldType.INT64.withNullable(true), type("logicalType: integer"));
    assertEquals(FieldType.BOOLEAN.withNullable(true), type("logicalType: boolean"));
    assertEquals(
        FieldType.row(Schema.builder().addNullableField("a", FieldType.STRING).build())
            .withNullable(true),
        type("logicalType: object", "properties: [{name: a, logicalType: string}]"));
    assertEquals(
        FieldType.array(FieldType.INT64.withNullable(true)).withNullable(true),
        type("logicalType: array", "items: {logicalType: integer}"));
  }

  @Test
  public void theLogicalTypeFollowsFromTheRestWhenItIsAbsent() {
    assertEquals(LogicalType.STRING, field("physicalType: varchar(18)").logicalType());
    assertEquals(LogicalType.INTEGER, field("physicalType: int").logicalType());
    assertEquals(LogicalType.INTEGER, field("physicalType: HUGEINT").logicalType());
    assertEquals(LogicalType.NUMBER, field("physicalType: decimal(9, 2)").logicalType());
    assertEquals(LogicalType.NUMBER, field("physicalType: double precision").logicalType());
    assertEquals(LogicalType.TIMESTAMP, field("physicalType: timestamptz").logicalType());
    assertEquals(LogicalType.DATE, field("physicalType: DATE").logicalType());
    assertEquals(LogicalType.BOOLEAN, field("physicalType: bool").logicalType());
    assertEquals(
        LogicalType.OBJECT, field("properties: [{name: a, logicalType: date}]").logicalType());
    assertEquals(LogicalType.ARRAY, field("items: {logicalType: date}").logicalType());
    assertProblem(
        "t.yaml:8: schema[t].properties[f]: the logicalType is missing. Fix: add one of string,"
            + " date, timestamp, time, number, integer, boolean, object, array.",
        "physicalType: geography");
    assertProblem(
        "t.yaml:9: schema[t].properties[f].logicalType: 'strnig' is not a logical type. Fix: did"
            + " you mean 'string'?",
        "logicalType: strnig");
  }

  @Test
  public void stringOptionsBecomeRules() {
    assertEquals(
        List.of(
            Rule.of(Kind.REQUIRED, "f"),
            rule(Kind.MIN_LENGTH, "2"),
            rule(Kind.MAX_LENGTH, "9"),
            text(Kind.PATTERN, "^[a-z]+$"),
            text(Kind.FORMAT, "hostname")),
        rules(
            "logicalType: string",
            "required: true",
            "logicalTypeOptions: {minLength: 2, maxLength: 9, pattern: '^[a-z]+$',"
                + " format: hostname}"));
    assertEquals(List.of(), rules("logicalType: string", "logicalTypeOptions: {format: password}"));
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: the string format 'phone'"
            + " cannot be checked. Fix: use email, uuid, uri, hostname, ipv4, ipv6 or byte, or"
            + " describe the text by a pattern.",
        "logicalType: string",
        "logicalTypeOptions: {format: phone}");
    assertProblem(
        "t.yaml:12: schema[t].properties[f].logicalTypeOptions.minLength: no text has at least 5"
            + " and at most 4 characters. Fix: lower minLength or raise the maximum.",
        "logicalType: string",
        "logicalTypeOptions:",
        "  maxLength: 4",
        "  minLength: 5");
  }

  @Test
  public void aTextColumnLimitsTheLength() {
    ContractField field =
        field(
            "logicalType: string",
            "physicalType: character varying(20)",
            "logicalTypeOptions: {maxLength: 10}");
    assertEquals(20, field.maxLength());
    assertEquals(
        List.of(rule(Kind.MAX_LENGTH, "10")),
        rules(
            "logicalType: string",
            "physicalType: character varying(20)",
            "logicalTypeOptions: {maxLength: 10}"));
    assertEquals(
        List.of(rule(Kind.MAX_LENGTH, "20")),
        rules("logicalType: string", "physicalType: VARCHAR2(20 CHAR)"));
    assertEquals(List.of(), rules("logicalType: string", "physicalType: VARCHAR(MAX)"));
    assertProblem(
        "t.yaml:10: schema[t].properties[f].physicalType: a length of 0 holds no text. Fix: give a"
            + " length from 1 up, as in VARCHAR(20).",
        "logicalType: string",
        "physicalType: VARCHAR(0)");
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

  @Test
  public void formatsOfDatesAreJavaPatterns() {
    assertEquals(
        "dd.MM.yyyy",
        field("logicalType: date", "logicalTypeOptions: {format: dd.MM.yyyy}").format());
    assertEquals("", field("logicalType: date").format());
    assertEquals(
        "The standard's own spelling of ISO 8601",
        "",
        field("logicalType: timestamp", "logicalTypeOptions: {format: 'yyyy-MM-ddTHH:mm:ssZ'}")
            .format());
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'yyyy-mm-dd' does not give"
            + " all parts of a date. Fix: use a pattern such as yyyy-MM-dd.",
        "logicalType: date",
        "logicalTypeOptions: {format: yyyy-mm-dd}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'hh:mm' does not give all"
            + " parts of a time. Fix: use a pattern such as HH:mm:ss.",
        "logicalType: time",
        "logicalTypeOptions: {format: 'hh:mm'}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'yyyy-MM-dd jj' is not a"
            + " date pattern of Java (Unknown pattern letter: j). Fix: use a pattern of"
            + " java.time.format.DateTimeFormatter, such as yyyy-MM-dd'T'HH:mm:ssXXX.",
        "logicalType: timestamp",
        "logicalTypeOptions: {format: yyyy-MM-dd jj}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: a date has no room for the"
            + " time of day. Fix: use 'logicalType: timestamp'.",
        "logicalType: date",
        "logicalTypeOptions: {format: 'yyyy-MM-dd HH:mm'}");
  }

  @Test
  public void boundsOfDatesAreRulesInIso8601() {
    assertEquals(
        List.of(text(Kind.MINIMUM, "2020-02-29"), text(Kind.EXCLUSIVE_MAXIMUM, "2030-01-01")),
        rules(
            "logicalType: date",
            "logicalTypeOptions: {format: dd.MM.yyyy, minimum: 29.02.2020,"
                + " exclusiveMaximum: '2030-01-01'}"));
    assertEquals(
        List.of(text(Kind.MINIMUM, "08:30"), text(Kind.MAXIMUM, "17:00:01")),
        rules("logicalType: time", "logicalTypeOptions: {minimum: '08:30', maximum: '17:00:01'}"));
    assertEquals(
        List.of(
            text(Kind.EXCLUSIVE_MINIMUM, "2019-12-31T23:00:00Z"),
            text(Kind.MAXIMUM, "2020-01-01T10:00:00Z")),
        rules(
            "logicalType: timestamp",
            "logicalTypeOptions: {defaultTimezone: Europe/Berlin, exclusiveMinimum: 2020-01-01,"
                + " maximum: '2020-01-01T12:00:00+02:00'}"));
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.minimum: this must be a date, but"
            + " it is '2020-02-30'. Fix: write it in ISO 8601, such as 2026-01-31.",
        "logicalType: date",
        "logicalTypeOptions: {minimum: 2020-02-30}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions: no value lies within these bounds. Fix: lower the"
            + " minimum or raise the maximum.",
        "logicalType: date",
        "logicalTypeOptions: {minimum: 2021-01-01, maximum: 2020-12-31}");
  }

  @Test
  public void timezonesSayWhatATimestampIs() {
    assertTrue(field("logicalType: timestamp").zoned());
    assertEquals("UTC", field("logicalType: timestamp").defaultTimezone());
    assertFalse(field("logicalType: timestamp", "logicalTypeOptions: {timezone: false}").zoned());
    assertFalse(field("logicalType: timestamp", "physicalType: DATETIME").zoned());
    assertFalse(
        field("logicalType: timestamp", "physicalType: timestamp(6) without time zone").zoned());
    ContractField berlin =
        field(
            "logicalType: timestamp",
            "logicalTypeOptions: {timezone: false, defaultTimezone: Europe/Berlin}");
    assertTrue("A named zone makes a local time an instant", berlin.zoned());
    assertEquals("Europe/Berlin", berlin.defaultTimezone());
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.defaultTimezone: 'Berlin' is not a"
            + " time zone. Fix: use an IANA name such as Europe/Berlin, or Etc/UTC.",
        "logicalType: timestamp",
        "logicalTypeOptions: {defaultTimezone: Berlin}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.timezone: timezone is true, but the"
            + " format 'yyyy-MM-dd HH:mm' has no time zone. Fix: add XXX to the format, or remove"
            + " timezone.",
        "logicalType: timestamp",
        "logicalTypeOptions: {timezone: true, format: 'yyyy-MM-dd HH:mm'}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.timezone: a time of day with a time"
            + " zone is not supported. Fix: use a timestamp, or a time without a zone.",
        "logicalType: time",
        "logicalTypeOptions: {timezone: true}");
  }

  @Test
  public void objectOptionsBecomeRules() {
    String parts = "properties: [{name: a, logicalType: string}, {name: b, logicalType: string}]";
    assertEquals(
        List.of(
            rule(Kind.MIN_PROPERTIES, "1"),
            rule(Kind.MAX_PROPERTIES, "2"),
            Rule.of(Kind.REQUIRED_PROPERTIES, "f", List.of("b"))),
        rules(
            "logicalType: object",
            parts,
            "logicalTypeOptions: {minProperties: 1, maxProperties: 2, required: [b]}"));
    assertProblem(
        "t.yaml:11: schema[t].properties[f].logicalTypeOptions.required: there is no property"
            + " 'town' in the object. Fix: use one of a, b.",
        "logicalType: object",
        parts,
        "logicalTypeOptions: {required: [town]}");
    assertProblem(
        "t.yaml:11: schema[t].properties[f].logicalTypeOptions.minProperties: the object has 2"
            + " properties only. Fix: lower minProperties.",
        "logicalType: object",
        parts,
        "logicalTypeOptions: {minProperties: 3}");
    assertProblem(
        "t.yaml:8: schema[t].properties[f]: there are no properties. Fix: list them under"
            + " 'properties:', each with its name.",
        "logicalType: object");
  }

  @Test
  public void arrayOptionsBecomeRules() {
    assertEquals(
        List.of(
            rule(Kind.MIN_ITEMS, "1"),
            rule(Kind.MAX_ITEMS, "3"),
            Rule.of(Kind.UNIQUE_ITEMS, "f"),
            Rule.of(Kind.REQUIRED, "f[]"),
            Rule.of(Kind.MAX_LENGTH, "f[]", BigDecimal.TEN)),
        rules(
            "logicalType: array",
            "items: {logicalType: string, required: true, logicalTypeOptions: {maxLength: 10}}",
            "logicalTypeOptions: {minItems: 1, maxItems: 3, uniqueItems: true}"));
    assertProblem(
        "t.yaml:8: schema[t].properties[f]: an array needs items. Fix: add 'items:' with their"
            + " logicalType.",
        "logicalType: array");
    assertProblem(
        "t.yaml:11: schema[t].properties[f].logicalTypeOptions.minItems: minItems is above"
            + " maxItems. Fix: lower the one or raise the other.",
        "logicalType: array",
        "items: {logicalType: string}",
        "logicalTypeOptions: {minItems: 3, maxItems: 2}");
  }

  @Test
  public void nestingGoesToAnyDepth() {
    DataContract contract =
        Contracts.parse(
            "- name: orders",
            "  logicalType: array",
            "  items:",
            "    logicalType: object",
            "    properties:",
            "    - name: lines",
            "      logicalType: array",
            "      items:",
            "        logicalType: array",
            "        items: {logicalType: integer, logicalTypeOptions: {minimum: 1}}",
            "    - name: address",
            "      logicalType: object",
            "      properties: [{name: city, logicalType: string, required: true}]");

    assertEquals(
        List.of(
            Rule.of(Kind.MINIMUM, "orders[].lines[][]", BigDecimal.ONE),
            Rule.of(Kind.REQUIRED, "orders[].address.city")),
        contract.rules());
    assertEquals(
        "city",
        contract
            .fields()
            .get(0)
            .items()
            .orElseThrow()
            .properties()
            .get(1)
            .properties()
            .get(0)
            .name());
  }

  @Test
  public void anOptionOfAnotherTypeIsAnError() {
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.maxLength: 'maxLength' is not a key"
            + " of the options of integer. Fix: remove it, or use one of minimum, maximum,"
            + " exclusiveMinimum, exclusiveMaximum, multipleOf, format.",
        "logicalType: integer",
        "logicalTypeOptions: {maxLength: 3}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].logicalTypeOptions.format: 'format' is not a key of"
            + " the options of boolean. Fix: remove it.",
        "logicalType: boolean",
        "logicalTypeOptions: {format: yes/no}");
    assertProblem(
        "t.yaml:10: schema[t].properties[f].items: only an array has items, and this is of the"
            + " type string. Fix: use 'logicalType: array', or remove them.",
        "logicalType: string",
        "items: {logicalType: string}");
  }

  @Test
  public void aDateOfVersion30MayBeATimestamp() {
    DataContract contract =
        DataContract.parse(
            Contracts.table(
                    "- {name: a, logicalType: date, physicalType: timestamp}",
                    "- {name: b, logicalType: date, logicalTypeOptions: {format: 'yyyy-MM-dd HH:mm'}}",
                    "- {name: c, logicalType: date, physicalType: time}",
                    "- {name: d, logicalType: date, physicalType: date}")
                .replace("v3.1.0", "v3.0.1"),
            "t.yaml");

    assertEquals(
        List.of(LogicalType.TIMESTAMP, LogicalType.TIMESTAMP, LogicalType.TIME, LogicalType.DATE),
        contract.fields().stream().map(ContractField::logicalType).toList());
  }
}
