package dev.penstock.io.bigquery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import dev.penstock.io.sink.DestinationException;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** A table of BigQuery comes from the contract alone. */
@RunWith(JUnit4.class)
public final class ContractTableTest {
  private static final String URI = "bigquery:my-project:kiva";

  private static DataContract contract(String properties) {
    return DataContract.parse(
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: Kiva Loans
        version: 1.0.0
        tags: [finance, 'cost-center:42']
        schema:
          - name: loans
            description: It's one row for each loan
            tags: ['9lives', finance]
            properties:
        """
            + properties.indent(6),
        "loans.yaml");
  }

  @Test
  public void typesModesKeysPartitionsClusteringLabelsAndDescriptionsAreThoseOfTheContract() {
    DataContract contract =
        contract(
            """
            - {name: id, logicalType: integer, primaryKey: true, description: The loan's number}
            - {name: name, logicalType: string, physicalType: VARCHAR(40), required: true}
            - {name: amount, logicalType: number, physicalType: "DECIMAL(12,2)"}
            - {name: wide, logicalType: number, physicalType: "DECIMAL(38,20)"}
            - {name: loose, logicalType: number}
            - {name: huge, logicalType: integer, physicalType: "NUMERIC(38,0)"}
            - {name: country, logicalType: string, partitioned: true, partitionKeyPosition: 2}
            - name: posted
              logicalType: timestamp
              partitioned: true
              partitionKeyPosition: 1
              customProperties: [{property: partitionGranularity, value: month}]
            - name: sector
              logicalType: string
              customProperties: [{property: clusterKeyPosition, value: 1}]
            - name: place
              logicalType: object
              properties:
                - {name: town, logicalType: string, required: true, description: Where}
                - {name: tags, logicalType: array, items: {logicalType: string}}
            - name: lines
              logicalType: array
              items:
                logicalType: object
                properties: [{name: price, logicalType: number, physicalType: "DECIMAL(10,2)"}]
            - {name: free, logicalType: string, physicalType: JSON}
            """);

    assertEquals(
        List.of(
            """
            CREATE TABLE IF NOT EXISTS `my-project.kiva.loans` (
              `id` INT64 NOT NULL OPTIONS(description='The loan\\'s number'),
              `name` STRING(40) NOT NULL,
              `amount` NUMERIC(12, 2),
              `wide` BIGNUMERIC(38, 20),
              `loose` NUMERIC,
              `huge` BIGNUMERIC(38),
              `country` STRING,
              `posted` TIMESTAMP,
              `sector` STRING,
              `place` STRUCT<`town` STRING NOT NULL OPTIONS(description='Where'), `tags` ARRAY<STRING>>,
              `lines` ARRAY<STRUCT<`price` NUMERIC(10, 2)>>,
              `free` JSON,
              `_penstock_id` STRING NOT NULL OPTIONS(description='Identity of the record that the row was made from'),
              `_penstock_run` STRING NOT NULL OPTIONS(description='Run that wrote the row'),
              `_penstock_source` STRING NOT NULL OPTIONS(description='File or topic partition of the record'),
              `_penstock_modified` INT64 NOT NULL OPTIONS(description='Last change of the file, in ms since 1970'),
              `_penstock_offset` INT64 NOT NULL OPTIONS(description='Byte offset of the record in its file'),
              PRIMARY KEY (`id`) NOT ENFORCED
            )
            PARTITION BY TIMESTAMP_TRUNC(`posted`, MONTH)
            CLUSTER BY `country`, `sector`
            OPTIONS(description='It\\'s one row for each loan', labels=[('cost-center', '42'), ('finance', ''), ('lives', ''), ('penstock_contract', 'kiva_loans'), ('penstock_contract_version', '1_0_0')])"""),
        WriteToBigQuery.to(URI).withContract(contract).withMode(WriteMode.UPSERT).ddl());
  }

  @Test
  public void everythingThatBigQueryCannotHaveIsSaidAtOnce() {
    DataContract contract =
        contract(
            """
            - {name: ratio, logicalType: number, physicalType: DOUBLE, primaryKey: true}
            - {name: a, physicalName: "größe-1", logicalType: string}
            - {name: b, physicalName: _partition_b, logicalType: string}
            - {name: grid, logicalType: array, items: {logicalType: array, items: {logicalType: integer}}}
            """);

    List<String> problems =
        assertThrows(
                DestinationException.class,
                () ->
                    WriteToBigQuery.to(URI)
                        .withContract(contract)
                        .withMode(WriteMode.UPSERT)
                        .withTable("a/b")
                        .ddl())
            .problems();

    assertEquals(
        List.of(
            "The table name 'a/b' is none for BigQuery, which allows letters, digits, underscores,"
                + " dashes and blanks. Name another one with --table, or give the contract a"
                + " physicalName",
            "Field 'grid' is a list of lists, which BigQuery cannot hold. Give it physicalType:"
                + " JSON, or make the inner list a part of an object",
            "Field 'a': BigQuery allows no column name 'größe-1', only letters, digits and"
                + " underscores, not beginning with a digit nor with _TABLE_, _FILE_, _PARTITION,"
                + " _ROW_TIMESTAMP, __ROOT__, _COLIDENTIFIER, _CHANGE_. Give the field a"
                + " physicalName",
            "Field 'b': BigQuery allows no column name '_partition_b', only letters, digits and"
                + " underscores, not beginning with a digit nor with _TABLE_, _FILE_, _PARTITION,"
                + " _ROW_TIMESTAMP, __ROOT__, _COLIDENTIFIER, _CHANGE_. Give the field a"
                + " physicalName",
            "Field 'ratio' is FLOAT64 in BigQuery, which allows none in a key. Use a decimal or a"
                + " text"),
        problems);
  }

  @Test
  public void anAddressThatNamesNoDatasetIsRefused() {
    for (String uri :
        List.of(
            "bigquery:", "bigquery:my-project", "bigquery:my-project:a-b", "bigquery:My:kiva")) {
      assertEquals(
          "'"
              + uri
              + "' names no dataset. Use bigquery:<project>:<dataset>, such as"
              + " bigquery:my-project:kiva; a dataset's name has letters, digits and underscores",
          assertThrows(IllegalArgumentException.class, () -> WriteToBigQuery.to(uri)).getMessage());
    }
    assertEquals(
        "kiva.loans",
        WriteToBigQuery.to("bigquery:example.com:my-project:kiva")
            .withContract(contract("- {name: id, logicalType: integer}"))
            .tableName());
  }

  @Test
  public void whatAMethodCannotDoIsRefusedWithTheWayOut() {
    WriteToBigQuery write =
        WriteToBigQuery.to(URI)
            .withContract(contract("- {name: id, logicalType: integer, primaryKey: true}"));

    assertEquals(
        List.of(
            "Streaming inserts can only append, so there is no mode upsert for them. Use"
                + " --bigQueryMethod=load or --bigQueryMethod=storage-write"),
        write.withMethod(BigQueryMethod.STREAMING_INSERTS).withMode(WriteMode.UPSERT).check());
    assertEquals(
        List.of(
            "BigQuery's load jobs read files from Cloud Storage. Give"
                + " --tempLocation=gs://<bucket>/<folder>, or use --bigQueryMethod=storage-write"),
        write.check());
  }
}
