package dev.penstock.transforms.contract;

import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.ledger.SourceRecord;
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
}
