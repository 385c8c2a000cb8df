package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.RestClient.PROJECT;
import static dev.penstock.samples.bigquery.RestClient.refusal;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public final class QueryTest {
  private final LocalBigQuery endpoint = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private final RestClient client = RestClient.of(endpoint);

  @Before
  public void makeTables() throws IOException {
    client.withDataset();
    client.createTable("orders", "id INTEGER", "name STRING", "version INTEGER");
    client.createTable("staging", "id INTEGER", "name STRING", "version INTEGER");
  }

  @After
  public void stop() {
    endpoint.close();
  }

  @Test
  public void aMergeOfTheNewestVersionsCountsWhatItDid() throws Exception {
    client.query("INSERT INTO `my-project.shop.orders` VALUES (1, 'old', 1), (2, 'newest', 9)");
    client.query(
        "INSERT INTO shop.staging VALUES (1, 'older', 2), (1, 'new', 3), (2, 'late', 5), (3, 'x', 1)");

    Job job =
        run(
            "merge",
            """
            MERGE INTO `my-project.shop.orders` AS t
            USING (
              SELECT * FROM `my-project`.`shop`.`staging`
              QUALIFY ROW_NUMBER() OVER (PARTITION BY `id` ORDER BY version DESC) = 1
            ) AS s
            ON t.`id` IS NOT DISTINCT FROM s.`id`
            WHEN MATCHED AND s.version > t.version THEN UPDATE SET name = s.name, version = s.version
            WHEN NOT MATCHED THEN INSERT (`id`, name, version) VALUES (s.id, s.name, s.version);
            """);

    assertEquals("MERGE", job.getStatistics().getQuery().getStatementType());
    assertEquals(Long.valueOf(2), job.getStatistics().getQuery().getNumDmlAffectedRows());
    assertEquals(
        Long.valueOf(1), job.getStatistics().getQuery().getDmlStats().getInsertedRowCount());
    assertEquals(
        Long.valueOf(1), job.getStatistics().getQuery().getDmlStats().getUpdatedRowCount());
    assertEquals(
        Long.valueOf(0), job.getStatistics().getQuery().getDmlStats().getDeletedRowCount());
    assertEquals(
        "[[1, new, 3], [2, newest, 9], [3, x, 1]]",
        client.rows("SELECT * FROM shop.orders ORDER BY id").toString());
  }

  @Test
  public void otherStatementsCountTheirRowsToo() throws Exception {
    client.query("INSERT INTO shop.orders (id) SELECT id FROM UNNEST([1, 2, 3]) AS ids(id)");

    assertEquals(
        Long.valueOf(2),
        client
            .query("UPDATE shop.orders SET name = \"it's\" WHERE id > 1")
            .getNumDmlAffectedRows());
    assertEquals(
        Long.valueOf(1),
        client.query("DELETE FROM shop.orders WHERE name IS NULL").getNumDmlAffectedRows());
    assertEquals(
        Long.valueOf(2), client.query("TRUNCATE TABLE shop.orders").getNumDmlAffectedRows());
    assertEquals("[[0]]", client.rows("SELECT COUNT(*) FROM shop.orders").toString());
  }

  @Test
  public void resultsHaveTheServicesShape() throws Exception {
    var response =
        client.query(
            """
            SELECT 1 AS i, 1.5 AS n, CAST(2 AS FLOAT64) AS f, TRUE AS b, 'x' AS s, b'ab' AS by,
              DATE '2024-02-29' AS d, TIME '01:02:03.5' AS t, DATETIME '2024-01-01 10:00:00' AS dt,
              TIMESTAMP '2024-01-01 00:00:00.000001+00' AS ts, [1, 2] AS a,
              CAST(NULL AS STRING) AS nothing, COUNT(*)
            """);

    assertEquals(
        "[1, 1.5, 2.0, true, x, YWI=, 2024-02-29, 01:02:03.5, 2024-01-01T10:00:00,"
            + " 1.704067200000001E9]",
        response.getRows().get(0).getF().subList(0, 10).stream()
            .map(cell -> cell.getV())
            .toList()
            .toString());
    assertEquals(
        "INTEGER NUMERIC FLOAT BOOLEAN STRING BYTES DATE TIME DATETIME TIMESTAMP INTEGER STRING INTEGER",
        String.join(
            " ", response.getSchema().getFields().stream().map(field -> field.getType()).toList()));
    assertEquals("REPEATED", response.getSchema().getFields().get(10).getMode());
    assertEquals("f12_", response.getSchema().getFields().get(12).getName());
  }

  @Test
  public void namedParametersAreValuesWhateverTheyContain() throws Exception {
    client.query("INSERT INTO shop.orders VALUES (1, 'x\\' OR 1=1 --', 7), (2, '@run', 8)");
    JobConfigurationQuery query = new JobConfigurationQuery();
    query.setQuery(
        "SELECT id FROM shop.orders WHERE name = @run AND version IN UNNEST(@versions) -- @no");
    query.setUseLegacySql(false);
    query.setQueryParameters(
        List.of(
            parameter("run", "STRING", "x' OR 1=1 --"),
            new QueryParameter()
                .setName("versions")
                .setParameterType(
                    new QueryParameterType()
                        .setType("ARRAY")
                        .setArrayType(new QueryParameterType().setType("INT64")))
                .setParameterValue(
                    new QueryParameterValue()
                        .setArrayValues(
                            Arrays.asList(
                                new QueryParameterValue().setValue("7"),
                                new QueryParameterValue().setValue("8"))))));

    Job job = client.insert("select", new JobConfiguration().setQuery(query));
    GetQueryResultsResponse results =
        client.api.jobs().getQueryResults(PROJECT, "select").execute();

    assertNull(job.getStatus().getErrorResult());
    assertEquals("1", results.getTotalRows().toString());
    assertEquals("1", results.getRows().get(0).getF().get(0).getV());
  }

  private static QueryParameter parameter(String name, String type, String value) {
    return new QueryParameter()
        .setName(name)
        .setParameterType(new QueryParameterType().setType(type))
        .setParameterValue(new QueryParameterValue().setValue(value));
  }

  @Test
  public void resultsComeInPages() throws Exception {
    run("five", "SELECT n FROM UNNEST([1, 2, 3, 4, 5]) AS t(n) ORDER BY n");

    GetQueryResultsResponse first =
        client.api.jobs().getQueryResults(PROJECT, "five").setMaxResults(3L).execute();
    GetQueryResultsResponse second =
        client
            .api
            .jobs()
            .getQueryResults(PROJECT, "five")
            .setPageToken(first.getPageToken())
            .execute();

    assertEquals(3, first.getRows().size());
    assertEquals("4", second.getRows().get(0).getF().get(0).getV());
    assertNull(second.getPageToken());
  }

  @Test
  public void whatCannotBeRunIsSaid() {
    assertEquals(
        "404 notFound: Not found: Table my-project:shop.nothing",
        refusal(() -> client.query("SELECT * FROM shop.nothing")));
    assertEquals(
        "400 invalidQuery: Query parameter 'run' not found",
        refusal(() -> client.query("SELECT @run")));
    assertEquals(
        "400 invalid: The local BigQuery endpoint does not cover statements that begin with CREATE.",
        refusal(() -> client.query("CREATE TABLE shop.x (id INT64)")));
    assertEquals(
        "400 invalid: The local BigQuery endpoint does not cover scripts of several statements.",
        refusal(() -> client.query("SELECT 1; SELECT 2")));
    assertEquals(
        "400 invalidQuery: Syntax error: Unclosed string literal",
        refusal(() -> client.query("SELECT 'x")));
  }

  @CanIgnoreReturnValue
  private Job run(String id, String sql) throws IOException {
    JobConfigurationQuery query = new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false);
    return client.insert(id, new JobConfiguration().setQuery(query));
  }
}
