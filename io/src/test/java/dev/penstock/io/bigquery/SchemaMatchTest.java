package dev.penstock.io.bigquery;

import static org.junit.Assert.assertEquals;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.contract.WriteMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** An existing table is held against the contract, column by column and part by part. */
@RunWith(JUnit4.class)
public final class SchemaMatchTest {
  private static final DataContract CONTRACT =
      DataContract.parse(
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: loans
          version: 1.0.0
          schema:
            - name: loans
              properties:
                - {name: id, logicalType: integer, required: true}
                - {name: amount, logicalType: number, physicalType: "DECIMAL(12,2)"}
                - name: place
                  logicalType: object
                  properties:
                    - {name: town, logicalType: string}
                    - {name: zip, logicalType: string, required: true}
          """,
          "loans.yaml");

  private static final TableLayout WANTED =
      ContractTable.of(
          CONTRACT, new TableRef("my-project", "kiva", "loans"), WriteMode.APPEND, null);

  private static TableFieldSchema field(String name, String type, String mode) {
    return new TableFieldSchema().setName(name).setType(type).setMode(mode);
  }

  private static List<TableFieldSchema> bookkeeping() {
    return new ArrayList<>(ContractTable.bookkeeping().stream().map(Column::schema).toList());
  }

  private static List<TableFieldSchema> older() {
    List<TableFieldSchema> fields = bookkeeping();
    fields.add(field("ID", "INT64", "NULLABLE"));
    fields.add(
        field("place", "STRUCT", "NULLABLE")
            .setFields(List.of(field("town", "STRING", "NULLABLE"))));
    fields.add(field("theirs", "STRING", "NULLABLE"));
    return fields;
  }

  @Test
  public void missingColumnsAndPartsAreAddedAsNullable() {
    SchemaMatch match = SchemaMatch.of(WANTED, older(), SchemaDrift.ADD);

    assertEquals(List.of(), match.problems());
    assertEquals(List.of("amount", "place.zip"), match.added());
    TableFieldSchema amount = match.fields().get(match.fields().size() - 1);
    assertEquals(
        "amount NULLABLE 12 2",
        amount.getName()
            + " "
            + amount.getMode()
            + " "
            + amount.getPrecision()
            + " "
            + amount.getScale());
    TableFieldSchema place =
        match.fields().stream().filter(f -> f.getName().equals("place")).findFirst().orElseThrow();
    assertEquals(
        List.of("town", "zip"), place.getFields().stream().map(TableFieldSchema::getName).toList());
    assertEquals("NULLABLE", place.getFields().get(1).getMode());
    assertEquals(8, match.columns().size());
  }

  @Test
  public void missingColumnsAndPartsAreLeftOutWhereThatIsThePolicy() {
    SchemaMatch match = SchemaMatch.of(WANTED, older(), SchemaDrift.IGNORE);

    assertEquals(List.of(), match.problems());
    assertEquals(List.of("amount", "place.zip"), match.added());
    assertEquals(
        List.of("id", "place"), match.columns().stream().map(Column::name).limit(2).toList());
    assertEquals(1, match.columns().get(1).parts().size());
  }

  @Test
  public void missingColumnsStopTheRunWhereThatIsThePolicy() {
    assertEquals(
        List.of(
            "Table kiva.loans has no column amount, which the contract has. Add it (type"
                + " NUMERIC(12, 2)), or pass --schemaDrift=add or --schemaDrift=ignore",
            "Table kiva.loans has no column place.zip, which the contract has. Add it (type"
                + " STRING), or pass --schemaDrift=add or --schemaDrift=ignore"),
        SchemaMatch.of(WANTED, older(), SchemaDrift.FAIL).problems());
    assertEquals(
        "Table kiva.loans has no column _penstock_id, which every write needs. Add it (type"
            + " STRING), or pass --schemaDrift=add",
        SchemaMatch.of(WANTED, List.of(), SchemaDrift.IGNORE).problems().get(0));
  }

  @Test
  public void columnsThatWouldLoseSomethingStopTheRun() {
    List<TableFieldSchema> fields = bookkeeping();
    fields.add(field("id", "STRING", "NULLABLE"));
    fields.add(field("amount", "NUMERIC", "NULLABLE").setPrecision(12L).setScale(1L));
    fields.add(field("place", "RECORD", "REPEATED").setFields(List.of()));
    fields.add(field("theirs", "STRING", "REQUIRED"));

    assertEquals(
        List.of(
            "Column id of table kiva.loans has type STRING, but the contract asks for INT64. Change"
                + " the column or the contract's physicalType, or write to another table",
            "Column amount of table kiva.loans has type NUMERIC(12, 1), but the contract asks for"
                + " NUMERIC(12, 2). Change the column or the contract's physicalType, or write to"
                + " another table",
            "Column place of table kiva.loans has type ARRAY<STRUCT>, but the contract asks for STRUCT."
                + " Change the column or the contract's physicalType, or write to another table",
            "Table kiva.loans has a REQUIRED column theirs that the contract lacks, so no row could"
                + " be written. Make it NULLABLE (ALTER COLUMN … DROP NOT NULL), or add it to the"
                + " contract"),
        SchemaMatch.of(WANTED, fields, SchemaDrift.ADD).problems());
  }

  @Test
  public void valuesAreWrittenAsTheTableHasThem() {
    List<TableFieldSchema> fields = bookkeeping();
    fields.add(field("id", "BIGNUMERIC", "NULLABLE"));
    fields.add(field("amount", "BIGNUMERIC", "REQUIRED").setPrecision(20L).setScale(4L));
    fields.add(
        field("place", "RECORD", "NULLABLE")
            .setFields(
                List.of(
                    field("town", "STRING", "NULLABLE").setMaxLength(3L),
                    field("zip", "STRING", "NULLABLE"))));

    SchemaMatch match = SchemaMatch.of(WANTED, fields, SchemaDrift.FAIL);

    assertEquals(List.of(), match.problems());
    assertEquals(
        List.of(
            "BIGNUMERIC", "BIGNUMERIC(20, 4) NOT NULL", "STRUCT<`town` STRING(3), `zip` STRING>"),
        match.columns().stream().map(Column::definition).limit(3).toList());
  }
}
