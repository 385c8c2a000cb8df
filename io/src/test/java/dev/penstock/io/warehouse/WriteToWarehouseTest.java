package dev.penstock.io.warehouse;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import dev.penstock.io.dataset.FileCompression;
import dev.penstock.transforms.contract.SchemaDrift;
import dev.penstock.transforms.deadletter.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** A destination is picked by its URI. */
@RunWith(JUnit4.class)
public final class WriteToWarehouseTest {

  @Test
  public void anUnknownUriSaysWhichAreKnown() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> WriteToWarehouse.to("snowflake://me:hunter2@host/db"));

    assertEquals(
        "No warehouse is known by 'snowflake:…'. Use jdbc:duckdb:<file>,"
            + " jdbc:postgresql://<host>:<port>/<database>, bigquery:<project>:<dataset>, or"
            + " parquet:, json:, avro: or csv:<folder>",
        refused.getMessage());
  }

  @Test
  public void aPipelineThatLeavesDeadLettersLyingDoesNotStart() {
    for (String uri :
        List.of("jdbc:duckdb:never.duckdb", "parquet:never", "bigquery:my-project:kiva")) {
      Pipeline pipeline = Pipeline.create();
      pipeline.getOptions().setTempLocation("gs://my-bucket/tmp");
      Outcome<Row> unused =
          pipeline
              .apply(Create.of(Loans.changes(3, 1)).withRowSchema(Loans.CONTRACT.rowSchema()))
              .apply("Write loans", WriteToWarehouse.to(uri).withContract(Loans.CONTRACT));

      assertEquals(
          uri,
          "The dead letters of 'WriteToWarehouse' go nowhere, so rejected records would be lost."
              + " Apply WriteDeadLetters to outcome.deadLetters(), or give the outcome to"
              + " Accounting.keep",
          assertThrows(IllegalStateException.class, pipeline::run).getMessage());
    }
  }

  @Test
  public void parquetRefusesWhatOnlyDatabasesHave() {
    WriteToWarehouse parquet = WriteToWarehouse.to("parquet:lake");
    Map<String, Supplier<WriteToWarehouse>> refused = new LinkedHashMap<>();
    refused.put("A user name (--user) is for databases", () -> parquet.withUsername("me"));
    refused.put(
        "A password (--passwordFile) is for databases", () -> parquet.withPasswordFile("f"));
    refused.put("A password is for databases", () -> parquet.withPasswordVariable("V"));
    refused.put("A batch size (--batchSize) is for transactions", () -> parquet.withBatchRows(5));
    refused.put(
        "A version field (--versionField) orders the versions of a key",
        () -> parquet.withVersionField("v"));
    refused.put(
        "Schema drift other than add (--schemaDrift) concerns existing tables",
        () -> parquet.withSchemaDrift(SchemaDrift.FAIL));

    refused.forEach(
        (reason, setting) ->
            assertEquals(
                reason + ", of which Parquet files have none. Leave it out",
                assertThrows(IllegalArgumentException.class, setting::get).getMessage()));
  }

  @Test
  public void aDatabaseRefusesCompression() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                WriteToWarehouse.to("jdbc:duckdb:x.duckdb")
                    .withCompression(FileCompression.SNAPPY));

    assertEquals(
        "Compression snappy is a setting of Parquet files, and this is a database. Leave it out, or"
            + " write to parquet:<folder>",
        refused.getMessage());
  }

  @Test
  public void everyDestinationTakesRowsStraightFromTheReader() {
    for (String uri : List.of("parquet:lake", "jdbc:duckdb:x.duckdb")) {
      assertTrue(uri, WriteToWarehouse.to(uri).withContract(Loans.CONTRACT).sink().isPresent());
    }
  }

  @Test
  public void deadLettersOfParquetLieBesideTheTables() {
    assertEquals(
        "gs://bucket/lake/_dead_letters/", WriteDeadLetters.to("parquet:gs://bucket/lake").uri());
  }

  @Test
  public void aDestinationOfDeadLettersIsNeverEmpty() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> WriteDeadLetters.to(" "));

    assertEquals(
        "The destination of dead letters is empty. Give a folder, or jdbc:…", refused.getMessage());
  }
}
