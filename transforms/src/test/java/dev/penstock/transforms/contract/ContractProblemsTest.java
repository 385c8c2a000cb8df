package dev.penstock.transforms.contract;

import static dev.penstock.transforms.contract.Contracts.HEAD;
import static dev.penstock.transforms.contract.Contracts.problemsOf;
import static dev.penstock.transforms.contract.Contracts.table;
import static org.hamcrest.CoreMatchers.startsWith;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** What is wrong with a document, said in full, with lines, paths and ways out. */
@RunWith(JUnit4.class)
public final class ContractProblemsTest {

  @Test
  public void allErrorsOfADocumentComeAtOnceInItsOrder() {
    String text =
        """
        apiVersion: 3.1.0
        kind: DataProduct
        version: 1.0.0
        shema: []
        schema:
        - name: t
          propertys: []
          properties:
          - name: id
            logicalType: integer
            primaryKey: yes
            primaryKeyPosition: 1
          - name: id
            logicalType: long
          - logicalType: string
            logicalTypeOptions:
              pattern: "[a-z"
              minLength: -1
          - name: _record
            logicalType: date
            required: "true"
        """;

    assertEquals(
        List.of(
            "t.yaml:1: apiVersion: version '3.1.0' of the standard is not supported. Fix: write"
                + " v3.1.0.",
            "t.yaml:1: the key 'id' is missing or empty. Fix: add the contract's identifier.",
            "t.yaml:2: kind: a document of the kind 'DataProduct' is no contract. Fix: use"
                + " DataContract.",
            "t.yaml:4: shema: 'shema' is not a key of a data contract. Fix: did you mean"
                + " 'schema'?",
            "t.yaml:7: schema[t].propertys: 'propertys' is not a key of a schema object. Fix: did"
                + " you mean 'properties'?",
            "t.yaml:11: schema[t].properties[id].primaryKey: this must be true or false, but it is"
                + " 'yes'. Fix: write true or false, without quotes.",
            "t.yaml:12: schema[t].properties[id].primaryKeyPosition: the position has no effect"
                + " without primaryKey. Fix: add 'primaryKey: true', or remove the position.",
            "t.yaml:13: schema[t].properties[id].name: another property has the name 'id' already."
                + " Fix: rename one of them.",
            "t.yaml:14: schema[t].properties[id].logicalType: 'long' is not a logical type. Fix:"
                + " use one of string, date, timestamp, time, number, integer, boolean, object,"
                + " array.",
            "t.yaml:15: schema[t].properties[2]: the name is missing. Fix: give the property a"
                + " name.",
            "t.yaml:17: schema[t].properties[2].logicalTypeOptions.pattern: '[a-z' is not a regular"
                + " expression of ECMA-262 (Unclosed character class near character 4). Fix:"
                + " correct it; characters such as ( and [ are made literal by a backslash.",
            "t.yaml:18: schema[t].properties[2].logicalTypeOptions.minLength: this must be a whole"
                + " number from 0 up, but it is '-1'. Fix: write such a number.",
            "t.yaml:19: schema[t].properties[_record].name: the name '_record' is reserved. Fix:"
                + " choose another name for the property.",
            "t.yaml:21: schema[t].properties[_record].required: this must be true or false, but it"
                + " is 'true'. Fix: write true or false, without quotes."),
        problemsOf(text));
  }

  @Test
  public void linesOfJsonAreRightToo() {
    String json =
        """
        {
        \t"apiVersion": "v3.1.0", "kind": "DataContract",
        \t"id": "c", "version": "1",
        \t"schema": [
        \t\t{
        \t\t\t"name": "t",
        \t\t\t"properties": [
        \t\t\t\t{"name": "a", "logicalType": "strin"},
        \t\t\t\t{
        \t\t\t\t\t"name": "b",
        \t\t\t\t\t"logicalType": "integer",
        \t\t\t\t\t"logicalTypeOptions": {
        \t\t\t\t\t\t"multipleOf": -3
        \t\t\t\t\t}
        \t\t\t\t}
        \t\t\t]
        \t\t}
        \t]
        }
        """;

    assertEquals(
        List.of(
            "t.yaml:8: schema[t].properties[a].logicalType: 'strin' is not a logical type. Fix:"
                + " did you mean 'string'?",
            "t.yaml:13: schema[t].properties[b].logicalTypeOptions.multipleOf: this must be above"
                + " 0. Fix: give a positive number."),
        problemsOf(json));
  }

  @Test
  public void theMessageHoldsEveryProblemAndSurvivesSerialization() {
    ContractException failure =
        assertThrows(
            ContractException.class, () -> DataContract.parse("kind: X\nschema: 1\n", "c.yaml"));

    assertEquals(
        "c.yaml:1: the key 'apiVersion' is missing or empty. Fix: add the version of the"
            + " standard, v3.1.0.\n"
            + "c.yaml:1: kind: a document of the kind 'X' is no contract. Fix: use DataContract.\n"
            + "c.yaml:1: the key 'id' is missing or empty. Fix: add the contract's identifier.\n"
            + "c.yaml:1: the key 'version' is missing or empty. Fix: add the contract's version,"
            + " such as 1.0.0.\n"
            + "c.yaml:2: schema: this must be a list. Fix: write each table after a dash.",
        failure.getMessage());
    assertEquals(failure.problems(), SerializableUtils.ensureSerializable(failure).problems());
  }

  @Test
  public void keysOfTheDocumentAreChecked() {
    assertEquals(
        List.of(
            "t.yaml:1: apiVersion: version 'v2.2.2' of the standard is not supported. Fix: use one"
                + " of v3.1.0, v3.0.2, v3.0.1, v3.0.0."),
        problemsOf(table("- {name: a, logicalType: date}").replace("v3.1.0", "v2.2.2")));
    assertEquals(
        List.of("t.yaml:1: the key 'schema' is missing. Fix: describe the table under 'schema:'."),
        problemsOf(HEAD));
    assertEquals(
        List.of("t.yaml:5: schema: there is no schema object. Fix: describe the table there."),
        problemsOf(HEAD + "schema: []\n"));
    assertEquals(
        List.of(
            "t.yaml:9: the key 'id' stands here for the second time in one mapping. Fix: keep one"
                + " of them."),
        problemsOf(table("- {name: a, logicalType: date}") + "id: again\n"));
  }

  @Test
  public void oneOfSeveralTablesIsChosenByName() {
    String text =
        HEAD
            + "schema:\n"
            + "- {name: loans, properties: [{name: a, logicalType: date}]}\n"
            + "- {name: lenders, physicalName: lender, properties: [{name: b, logicalType:"
            + " string}]}\n"
            + "- {name: broken, properties: 7}\n";

    assertEquals("lender", DataContract.parse(text, "t.yaml", "lenders").tableName());
    assertEquals(
        List.of(
            "t.yaml:5: schema: the contract describes several tables. Fix: name one of them: loans,"
                + " lenders, broken."),
        problemsOf(text));
    assertEquals(
        List.of(
            "t.yaml:5: schema: there is no schema object 'debtor'. Fix: name one of these: loans,"
                + " lenders, broken."),
        assertThrows(ContractException.class, () -> DataContract.parse(text, "t.yaml", "debtor"))
            .problems());
  }

  @Test
  public void namesThatCannotBeToldApartAreErrors() {
    assertEquals(
        List.of(
            "t.yaml:9: schema[t].properties[b].physicalName: another property has the column 'X'"
                + " already, and not every database tells upper from lower case. Fix: give one of"
                + " them another physicalName.",
            "t.yaml:10: schema[t].properties[c].customProperties: the alias 'a' names another"
                + " property too. Fix: remove it from one of them.",
            "t.yaml:11: schema[t].properties[d.e].name: the name 'd.e' has a dot or bracket, which"
                + " separate nested properties. Fix: keep it as the physicalName, and choose a"
                + " plain name.",
            "t.yaml:12: schema[t].properties[f].physicalName: the name '_penstock_id' is reserved."
                + " Fix: choose another column name.",
            "t.yaml:13: schema[t].properties[g].name: this cannot name a column. Fix: give a name,"
                + " or remove it."),
        problemsOf(
                table(
                    "- {name: a, physicalName: X, logicalType: date}",
                    "- {name: b, physicalName: x, logicalType: date}",
                    "- {name: c, logicalType: date, customProperties: [{property: aliases, value:"
                        + " 'c, a'}]}",
                    "- {name: d.e, logicalType: date}",
                    "- {name: f, physicalName: _penstock_id, logicalType: date}",
                    "- {name: \"g\\0\", logicalType: date}"))
            .stream()
            .map(problem -> problem.replace("g\0", "g"))
            .toList());
  }

  @Test
  public void keysAreNumberedFromOneAndOnTopLevelOnly() {
    assertEquals(
        List.of(
            "t.yaml:9: schema[t].properties[b].primaryKeyPosition: another property has the"
                + " position 1 already. Fix: number the properties of the key 1, 2, 3 ….",
            "t.yaml:10: schema[t].properties[c].partitionKeyPosition: positions start from 1. Fix:"
                + " count from 1.",
            "t.yaml:11: schema[t].properties[d].properties[e].primaryKey: only a top-level property"
                + " of a simple type can have primaryKey. Fix: move it to such a property."),
        problemsOf(
            table(
                "- {name: a, logicalType: date, primaryKey: true, primaryKeyPosition: 1}",
                "- {name: b, logicalType: date, primaryKey: true, primaryKeyPosition: 1}",
                "- {name: c, logicalType: date, partitioned: true, partitionKeyPosition: 0}",
                "- {name: d, properties: [{name: e, logicalType: date, primaryKey: true}]}")));
  }

  @Test
  public void keysWithoutPositionsFollowInOrder() {
    DataContract contract =
        Contracts.parse(
            "- {name: a, logicalType: date, primaryKey: true, primaryKeyPosition: -1}",
            "- {name: b, logicalType: date, partitioned: true}",
            "- {name: c, logicalType: date, primaryKey: true, primaryKeyPosition: 5}",
            "- {name: d, logicalType: date, primaryKey: true}");

    assertEquals(
        List.of("c", "a", "d"), contract.primaryKey().stream().map(ContractField::name).toList());
    assertEquals(
        List.of(1, 2, 3),
        contract.primaryKey().stream().map(ContractField::primaryKeyPosition).toList());
  }

  @Test
  public void syntaxErrorsNameTheirLine() {
    assertThat(
        problemsOf("id: a\nkind: b: c\n").get(0),
        startsWith(
            "t.yaml:2: this is not valid YAML or JSON (mapping values are not allowed here). Fix:"));
    assertThat(
        problemsOf("id: a\n\tkind: b\n").get(0), startsWith("t.yaml:2: this is not valid YAML"));
    assertThat(problemsOf("{\"id\": ").get(0), startsWith("t.yaml:1: this is not valid YAML"));
    assertEquals(
        List.of("t.yaml:1: the document is empty. Fix: write a contract into it."),
        problemsOf("# nothing\n"));
    assertEquals(
        List.of(
            "t.yaml:1: this is not a data contract. Fix: start from 'apiVersion: v3.1.0' and 'kind:"
                + " DataContract'."),
        problemsOf("id,name\n1,a\n"));
  }

  @Test
  public void hostileDocumentsAreRefused() {
    assertEquals(
        List.of("t.yaml:1: the nesting is deeper than 200 levels. Fix: flatten the document."),
        problemsOf("[".repeat(100_000)));
    StringBuilder bomb = new StringBuilder(HEAD).append("tags:\n- &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("- &a").append(i).append(" [*a").append(i - 1).append(", *a").append(i - 1);
      bomb.append("]\n");
    }
    assertEquals(1, problemsOf(bomb.toString()).size());
    assertEquals(
        List.of(
            "t.yaml:1: the document's aliases refer to themselves or expand to more than 500000"
                + " nodes. Fix: write the repeated parts out."),
        problemsOf("&a [*a]"));
    assertThat(
        problemsOf(table("- {name: a, logicalType: date, description: !!java.net.URL [x]}")).get(0),
        startsWith("t.yaml:8: schema[t].properties[a].description: this must be text"));
  }

  @Test
  public void thousandsOfProblemsAreCutShort() {
    String[] lines = new String[2000];
    java.util.Arrays.setAll(lines, i -> "- {name: f" + i + ", logicalType: nothing}");

    List<String> problems = problemsOf(table(lines));

    assertEquals(501, problems.size());
    assertEquals("t.yaml: and 1500 more. Fix: correct the first ones.", problems.get(500));
  }
}
