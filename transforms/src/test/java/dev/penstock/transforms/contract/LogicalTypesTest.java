package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.field;
import static dev.penstock.transforms.contract.Contracts.problems;
import static dev.penstock.transforms.contract.Contracts.rules;
import static org.junit.Assert.assertEquals;

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

/** Logical types, and what the options of texts, objects and arrays do to fields and rules. */
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
}
