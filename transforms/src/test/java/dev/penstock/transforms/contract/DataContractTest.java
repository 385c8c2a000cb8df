package dev.penstock.transforms.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.transforms.ledger.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The whole of a contract, read from a file. */
@RunWith(JUnit4.class)
public final class DataContractTest {
  private static final String LOANS = "src/test/resources/contract/loans.odcs.yaml";

  @Test
  public void aTableIsFoundByEitherNameAndNamedWhereTheContractDoesNot() {
    String document =
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: shop
        version: 1.0.0
        status: active
        schema:
          - name: orders
            physicalName: sales.orders
            properties:
              - name: id
                logicalType: integer
        """;
    assertEquals("sales.orders", DataContract.parse(document, "a.yaml").tableName());
    assertEquals("sales.orders", DataContract.parse(document, "a.yaml", "orders").tableName());
    assertEquals(
        "sales.orders", DataContract.parse(document, "a.yaml", "sales.orders").tableName());
    String nameless =
        document.replace("  - name: orders\n    physicalName: sales.orders\n    p", "  - p");
    assertEquals("lent", DataContract.parse(nameless, "a.yaml", "lent").tableName());
    assertThrows(ContractException.class, () -> DataContract.parse(nameless, "a.yaml"));
    assertThrows(ContractException.class, () -> DataContract.parse(document, "a.yaml", "lent"));
  }

  @Test
  public void aContractGivesTheSchemaOfItsRows() {
    DataContract contract = DataContract.load(LOANS);

    assertEquals("loans-contract", contract.id());
    assertEquals("1.2.0", contract.version());
    assertEquals("lending.loan", contract.tableName());
    assertEquals("One row for each loan.", contract.description());
    assertEquals(
        Schema.builder()
            .addNullableField("id", FieldType.INT64)
            .addNullableField("amount", FieldType.DECIMAL)
            .addNullableField("rate", FieldType.DOUBLE)
            .addNullableField("country", FieldType.STRING)
            .addNullableField("funded", FieldType.BOOLEAN)
            .addNullableField("posted", FieldType.logicalType(new MicrosInstant()))
            .addNullableField("due", FieldType.logicalType(SqlTypes.DATE))
            .addNullableField("at", FieldType.logicalType(SqlTypes.TIME))
            .addNullableField(
                "place",
                FieldType.row(
                    Schema.builder()
                        .addNullableField("town", FieldType.STRING)
                        .addNullableField("people", FieldType.DECIMAL)
                        .build()))
            .addNullableField("tags", FieldType.array(FieldType.STRING.withNullable(true)))
            .addRowField(SourceRecord.FIELD, SourceRecord.SCHEMA)
            .build(),
        contract.rowSchema());
  }

  @Test
  public void keysNamesAndDescriptionsAreRead() {
    DataContract contract = DataContract.load(LOANS);

    assertEquals(
        List.of("country", "id"), contract.primaryKey().stream().map(ContractField::name).toList());
    assertEquals(
        List.of("posted"), contract.partitionFields().stream().map(ContractField::name).toList());
    ContractField country = contract.field("country").orElseThrow();
    assertEquals(List.of("country_code", "country", "land", "pays"), country.sourceNames());
    assertEquals("country_code", country.columnName());
    assertEquals(Optional.of("CHAR(2)"), country.physicalType());
    assertEquals(2, country.maxLength());
    assertEquals("Where the borrower lives.", country.description());
    assertEquals(true, country.required());
    assertEquals(true, country.masked());
    ContractField amount = contract.field("amount").orElseThrow();
    assertEquals(12, amount.precision());
    assertEquals(2, amount.scale());
    assertEquals("Africa/Nairobi", contract.field("posted").orElseThrow().defaultTimezone());
    assertEquals("dd.MM.yyyy", contract.field("due").orElseThrow().format());
  }

  @Test
  public void aContractSurvivesSerialization() {
    DataContract contract = DataContract.load(LOANS);

    DataContract copy = SerializableUtils.ensureSerializable(contract);

    assertEquals(contract, copy);
    assertEquals(contract.rowSchema(), copy.rowSchema());
  }

  @Test
  public void jsonAndYamlAreTheSameContract() {
    DataContract yaml = DataContract.load("src/test/resources/contract/everything.odcs.yaml");
    DataContract json = DataContract.load("src/test/resources/contract/everything.odcs.json");

    assertEquals(yaml, json);
    assertEquals(10, json.fields().size());
    assertEquals(yaml, SerializableUtils.ensureSerializable(yaml));
  }

  @Test
  public void theSummaryShowsEverythingThatIsHeldAgainstRows() {
    assertEquals(
        """
        contract everything, version 2.0.1, table lending.loan
        One row for each loan,
        repaid or not.

        FIELD         COLUMN   TYPE                                                KEY          RULES
        id            loan_id  integer (BIGINT)                                    primary 1    required; minimum 1; maximum 9000000000; multiple of 1
        amount        amount   number (DECIMAL(12,2))                                           12 digits, 2 after the point; exclusive minimum 0; exclusive maximum 1000000; multiple of 0.01
        rate          rate     number (double)
        code          code     string (VARCHAR(20))                                             min length 2; max length 12; pattern ^[A-Z]{2,}$; format hostname; one of 'AA', 'BB'
        posted        posted   timestamp in Africa/Nairobi as yyyy-MM-dd HH:mm:ss  partition 1  minimum 2004-12-31T21:00:00Z; exclusive maximum 2100-01-01T00:00:00Z
        due           due      date as dd.MM.yyyy                                               minimum 2005-01-01; maximum 2099-12-31
        at            at       time                                                             minimum 08:00; exclusive maximum 18:00
        repaid        repaid   boolean
        place         place    object                                                           min properties 1; max properties 2; required 'town'
        place.town             string
        place.people           integer (exact)                                                  minimum 0; maximum 18446744073709551615
        tags          tags     array                                                            min items 1; max items 5; unique items
        tags[]                 string                                                           not missing ('', 'n/a')

        rules over several fields:
          paid back late: due == null || due >= date(posted, 'Africa/Nairobi') && (amount * 2 > 0.5 || !ta…

        judged on the whole run:
          unique(id): duplicate values of id must be 0
          nullValues(repaid): null values of repaid must be less than 5 percent
          rowCount: row count must be greater than 0
          pairs: duplicate values of id, place.town must be less or equal to 1.5 percent
          rate < 0.3 || has(place.people): broken rows (rate < 0.3 || has(place.people)) must be 0 (warns only)
        """,
        DataContract.load("src/test/resources/contract/everything.odcs.yaml").summary());
  }

  @Test
  public void theExampleOfTheDocumentationIsAContract() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("penstock.root", ".."), "docs/contract.md"));
    String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n"));

    DataContract contract = DataContract.parse(example, "docs/contract.md");

    assertEquals(
        List.of("id", "amount", "posted", "country"),
        contract.fields().stream().map(ContractField::name).toList());
    assertEquals(1, contract.qualityChecks().size());
    assertEquals(List.of("amount", "country"), contract.rowRules().get(0).fields());
  }
}
