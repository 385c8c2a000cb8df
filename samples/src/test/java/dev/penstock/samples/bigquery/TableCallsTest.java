package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.RestClient.DATASET;
import static dev.penstock.samples.bigquery.RestClient.PROJECT;
import static dev.penstock.samples.bigquery.RestClient.reference;
import static dev.penstock.samples.bigquery.RestClient.refusal;
import static dev.penstock.samples.bigquery.RestClient.schema;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class TableCallsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final LocalBigQuery endpoint =
      LocalBigQuery.start(
          LocalBigQuery.Settings.inMemory().withClock(Clock.fixed(NOW, ZoneOffset.UTC)));
  private final RestClient client = RestClient.of(endpoint);

  @Before
  public void makeDataset() throws IOException {
    client.withDataset();
  }

  @After
  public void stop() {
    endpoint.close();
  }

  @Test
  public void aTableKeepsWhatItWasMadeWith() throws Exception {
    Table given =
        new Table()
            .setTableReference(reference("orders"))
            .setSchema(schema("id INT64 REQUIRED", "day DATE", "tags STRING REPEATED"))
            .setDescription("Orders")
            .setLabels(Map.of("team", "shop"))
            .setTimePartitioning(new TimePartitioning().setType("DAY").setField("day"))
            .setClustering(new Clustering().setFields(List.of("id")))
            .setTableConstraints(
                new TableConstraints()
                    .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(List.of("id"))));
    client.createTable(given);

    Table table = client.table("orders");

    assertEquals("INTEGER", table.getSchema().getFields().get(0).getType());
    assertEquals("REQUIRED", table.getSchema().getFields().get(0).getMode());
    assertEquals("REPEATED", table.getSchema().getFields().get(2).getMode());
    assertEquals("Orders", table.getDescription());
    assertEquals(Map.of("team", "shop"), table.getLabels());
    assertEquals("day", table.getTimePartitioning().getField());
    assertEquals(List.of("id"), table.getClustering().getFields());
    assertEquals(List.of("id"), table.getTableConstraints().getPrimaryKey().getColumns());
    assertEquals("0", table.getNumRows().toString());
    assertEquals("my-project:shop.orders", table.getId());
  }

  @Test
  public void aPatchAddsFieldsRelaxesThemAndChangesWhatIsGiven() throws Exception {
    Table before = client.createTable("orders", "id INTEGER REQUIRED");
    Table patch =
        new Table()
            .setSchema(schema("id INTEGER", "name STRING", "tags STRING REPEATED"))
            .setLabels(Map.of("run", "r1"));

    Table after = client.api.tables().patch(PROJECT, DATASET, "orders", patch).execute();

    assertEquals(3, after.getSchema().getFields().size());
    assertEquals(Map.of("run", "r1"), after.getLabels());
    assertNotEquals(before.getEtag(), after.getEtag());
    client.query("INSERT INTO shop.orders (name) VALUES ('x')");
    assertEquals(
        "[[null, x]]",
        client
            .rows("SELECT id, name FROM shop.orders")
            .toString()
            .replaceAll("java.lang.Object@\\w+", "null"));
  }

  @Test
  public void aPatchThatChangesATypeOrTakesAFieldAwayIsRefused() throws Exception {
    client.createTable("orders", "id INTEGER", "name STRING");

    assertEquals(
        "400 invalid: Provided Schema does not match Table my-project:shop.orders. Field id has"
            + " changed type from INT64 to STRING",
        refusal(() -> patch(schema("id STRING", "name STRING"))));
    assertEquals(
        "400 invalid: Provided Schema does not match Table my-project:shop.orders. Field name is"
            + " missing in new schema",
        refusal(() -> patch(schema("id INTEGER"))));
    assertEquals(
        "400 invalid: Provided Schema does not match Table my-project:shop.orders. Cannot add"
            + " required fields to an existing schema. (field: day)",
        refusal(() -> patch(schema("id INTEGER", "name STRING", "day DATE REQUIRED"))));
  }

  private void patch(TableSchema schema) throws IOException {
    client.api.tables().patch(PROJECT, DATASET, "orders", new Table().setSchema(schema)).execute();
  }

  @Test
  public void anExpiredTableIsGone() throws Exception {
    client.createTable("orders", "id INTEGER");
    Table patch = new Table().setExpirationTime(NOW.toEpochMilli() + 1);
    client.api.tables().patch(PROJECT, DATASET, "orders", patch).execute();
    assertEquals(Long.valueOf(NOW.toEpochMilli() + 1), client.table("orders").getExpirationTime());
    Table none = new Table().setExpirationTime(Data.NULL_LONG);
    assertEquals(
        null,
        client.api.tables().patch(PROJECT, DATASET, "orders", none).execute().getExpirationTime());

    patch.setExpirationTime(NOW.toEpochMilli());
    client.api.tables().patch(PROJECT, DATASET, "orders", patch).execute();
    assertEquals(
        "404 notFound: Not found: Table my-project:shop.orders",
        refusal(() -> client.table("orders")));
  }

  @Test
  public void whatIsNotThereOrThereAlreadyIsRefused() throws Exception {
    client.createTable("orders", "id INTEGER");

    assertEquals(
        "409 duplicate: Already Exists: Table my-project:shop.orders",
        refusal(() -> client.createTable("orders", "id INTEGER")));
    assertEquals(
        "409 duplicate: Already Exists: Dataset my-project:shop", refusal(client::withDataset));
    assertEquals(
        "404 notFound: Not found: Table my-project:shop.nothing",
        refusal(() -> client.table("nothing")));
    assertEquals(
        "404 notFound: Not found: Dataset my-project:nothing",
        refusal(() -> client.api.datasets().get(PROJECT, "nothing").execute()));
    assertEquals(
        "400 invalid: Invalid value for type: INTEGR is not a valid value",
        refusal(() -> client.createTable("other", "id INTEGR")));
    assertEquals(
        "400 invalid: The local BigQuery endpoint does not cover partition decorators"
            + " (orders$20240101).",
        refusal(() -> client.table("orders$20240101")));
  }

  @Test
  public void aDatasetWithTablesIsDeletedOnlyWithItsContents() throws Exception {
    client.createTable("orders", "id INTEGER");

    assertEquals(
        "400 resourceInUse: Dataset my-project:shop is still in use",
        refusal(() -> client.api.datasets().delete(PROJECT, DATASET).execute()));
    client.api.datasets().delete(PROJECT, DATASET).setDeleteContents(true).execute();

    assertEquals(
        "404 notFound: Not found: Dataset my-project:shop", refusal(() -> client.table("orders")));
  }

  @Test
  public void tablesInAFolderAreThereAfterARestart() throws Exception {
    Path folder = temporary.getRoot().toPath();
    LocalBigQuery.Settings settings = LocalBigQuery.Settings.inMemory().in(folder);
    try (LocalBigQuery first = LocalBigQuery.start(settings)) {
      RestClient rest = RestClient.of(first).withDataset();
      rest.createTable("orders", "id INTEGER");
      rest.query("INSERT INTO shop.orders VALUES (1)");
    }
    try (LocalBigQuery second = LocalBigQuery.start(settings)) {
      assertEquals("1", RestClient.of(second).table("orders").getNumRows().toString());
    }
  }

  @Test
  public void projectsAreKeptApart() throws Exception {
    Dataset dataset =
        new Dataset().setDatasetReference(new DatasetReference().setDatasetId(DATASET));
    client.api.datasets().insert("other-project", dataset).execute();
    client.createTable("orders", "id INTEGER");

    assertEquals(
        "404 notFound: Not found: Table other-project:shop.orders",
        refusal(() -> client.api.tables().get("other-project", DATASET, "orders").execute()));
  }
}
