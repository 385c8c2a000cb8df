package dev.penstock.samples.bigquery;

import static dev.penstock.samples.bigquery.RestClient.PROJECT;
import static dev.penstock.samples.bigquery.RestClient.file;
import static dev.penstock.samples.bigquery.RestClient.jsonLoad;
import static dev.penstock.samples.bigquery.RestClient.refusal;
import static dev.penstock.samples.bigquery.RestClient.schema;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class LoadJobTest {
  private static final String ROWS = "SELECT id, name FROM \"my-project\".shop.orders ORDER BY id";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final LocalBigQuery endpoint = LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private final RestClient client = RestClient.of(endpoint);
  private Path folder = Path.of("");

  @Before
  public void makeDataset() throws IOException {
    folder = temporary.getRoot().toPath();
    client.withDataset();
  }

  @After
  public void stop() {
    endpoint.close();
  }

  @Test
  public void aLoadOfSeveralFilesMakesTheTableAndCountsItsRows() throws Exception {
    Path first = file(folder, "1.json", "{\"id\":1,\"name\":\"a\"}", "", "{\"id\":\"2\"}");
    Path second = file(folder, "2.json", "{\"ID\": 3, \"name\": null}");

    Job job =
        client.load(
            "load-1",
            jsonLoad("orders", first, second)
                .setSchema(schema("id INTEGER REQUIRED", "name STRING")));

    assertEquals("DONE", job.getStatus().getState());
    assertNull(job.getStatus().getErrorResult());
    assertEquals(Long.valueOf(3), job.getStatistics().getLoad().getOutputRows());
    assertEquals(Long.valueOf(0), job.getStatistics().getLoad().getBadRecords());
    assertEquals(Long.valueOf(2), job.getStatistics().getLoad().getInputFiles());
    assertEquals("[[1, a], [2, null], [3, null]]", endpoint.sql(ROWS).toString());
    assertEquals("3", client.table("orders").getNumRows().toString());
  }

  @Test
  public void everyTypeIsStoredAsItself() throws Exception {
    Path file =
        file(
            folder,
            "types.json",
            "{\"i\":-9223372036854775808,\"f\":1e3,\"n\":12345678901234567890123456789.123456789,"
                + "\"b\":true,\"d\":\"2024-02-29\",\"t\":\"01:02:03.000004\","
                + "\"dt\":\"0001-01-01T00:00:00\",\"ts\":\"9999-12-31 23:59:59.999999 UTC\","
                + "\"by\":\"AQI=\",\"j\":{\"k\":[1]},\"r\":{\"x\":7,\"y\":[\"p\",\"q\"]},"
                + "\"rs\":[{\"d\":\"2024-01-01\"}]}");
    JobConfigurationLoad load =
        jsonLoad("types", file)
            .setSchema(
                schema(
                    "i INT64",
                    "f FLOAT64",
                    "n NUMERIC",
                    "b BOOL",
                    "d DATE",
                    "t TIME",
                    "dt DATETIME",
                    "ts TIMESTAMP",
                    "by BYTES",
                    "j JSON",
                    "r RECORD",
                    "rs RECORD REPEATED"));
    load.getSchema()
        .getFields()
        .get(10)
        .setFields(schema("x INTEGER", "y STRING REPEATED").getFields());
    load.getSchema().getFields().get(11).setFields(schema("d DATE").getFields());

    assertNull(client.load("types", load).getStatus().getErrorResult());

    assertEquals(
        "[[-9223372036854775808, 1000.0, 12345678901234567890123456789.123456789, true, 2024-02-29,"
            + " 01:02:03.000004, 0001-01-01 00:00:00, 9999-12-31 23:59:59.999999+00, 0102,"
            + " {\"k\":[1]}, {'x': 7, 'y': [p, q]}, [{'d': 2024-01-01}]]]",
        endpoint
            .sql(
                "SELECT i, f, n, b, d::VARCHAR, t::VARCHAR, dt::VARCHAR, ts::VARCHAR, hex(\"by\"),"
                    + " j::VARCHAR, r::VARCHAR, rs::VARCHAR FROM \"my-project\".shop.types")
            .toString());
  }

  @Test
  public void oneBadRecordFailsTheWholeJobAndLoadsNothing() throws Exception {
    client.createTable("orders", "id INTEGER", "name STRING");
    Path file = file(folder, "bad.json", "{\"id\":1}", "{\"id\":\"abc\"}");

    Job job = client.load("bad", jsonLoad("orders", file));

    ErrorProto result = job.getStatus().getErrorResult();
    assertEquals("invalid", result.getReason());
    assertEquals(file.toString(), result.getLocation());
    assertEquals(
        "Error while reading data, error message: JSON table encountered too many errors, giving up."
            + " Rows: 1; errors: 1; max bad: 0. Please look into the errors[] collection for more"
            + " details.",
        result.getMessage());
    ErrorProto error = job.getStatus().getErrors().get(0);
    assertEquals(file.toString(), error.getLocation());
    assertEquals(
        "Error while reading data, error message: JSON parsing error in row starting at position 9:"
            + " Cannot convert value to integer (bad value): abc Field: id; Value: abc",
        error.getMessage());
    assertEquals("[]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void allowedBadRecordsAreCountedButOnlyTheFirstFiveAreTold() throws Exception {
    Path file =
        file(
            folder,
            "bad.json",
            "{\"id\":1,\"name\":\"good\"}",
            "{\"name\":\"no id\"}",
            "{\"id\":2,\"color\":\"red\"}",
            "{\"id\":3",
            "[4]",
            "{\"id\":5.5}",
            "{\"id\":true}",
            "{\"id\":[7]}");

    Job job =
        client.load(
            "some-bad",
            jsonLoad("orders", file)
                .setSchema(schema("id INTEGER REQUIRED", "name STRING"))
                .setMaxBadRecords(Integer.MAX_VALUE));

    assertNull(job.getStatus().getErrorResult());
    assertEquals(Long.valueOf(1), job.getStatistics().getLoad().getOutputRows());
    assertEquals(Long.valueOf(7), job.getStatistics().getLoad().getBadRecords());
    List<String> told =
        job.getStatus().getErrors().stream()
            .map(error -> error.getMessage().replaceFirst(".*position ", ""))
            .collect(Collectors.toList());
    assertEquals(5, told.size());
    assertEquals("23: Missing required field: id.", told.get(0));
    assertEquals("40: No such field: color.", told.get(1));
    assertEquals("71: Value encountered without start of object.", told.get(3));
    assertEquals(
        "75: Cannot convert value to integer (bad value): 5.5 Field: id; Value: 5.5", told.get(4));
  }

  @Test
  public void unknownFieldsCanBeIgnored() throws Exception {
    Path file = file(folder, "more.json", "{\"id\":2,\"color\":\"red\"}");

    Job job =
        client.load(
            "more",
            jsonLoad("orders", file)
                .setSchema(schema("id INTEGER", "name STRING"))
                .setIgnoreUnknownValues(true));

    assertNull(job.getStatus().getErrorResult());
    assertEquals("[[2, null]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void aTruncatingLoadReplacesRowsAndColumns() throws Exception {
    client.createTable("orders", "id STRING");
    Path file = file(folder, "1.json", "{\"id\":1,\"name\":\"a\"}");
    JobConfigurationLoad load =
        jsonLoad("orders", file)
            .setSchema(schema("id INTEGER", "name STRING"))
            .setWriteDisposition("WRITE_TRUNCATE");

    assertNull(client.load("t1", load).getStatus().getErrorResult());
    assertNull(client.load("t2", load).getStatus().getErrorResult());

    assertEquals("[[1, a]]", endpoint.sql(ROWS).toString());
    assertEquals("INTEGER", client.table("orders").getSchema().getFields().get(0).getType());
  }

  @Test
  public void dispositionsAreKept() throws Exception {
    Path file = file(folder, "1.json", "{\"id\":1,\"name\":\"a\"}");
    JobConfigurationLoad load =
        jsonLoad("orders", file).setSchema(schema("id INTEGER", "name STRING"));

    Job never = client.load("never", load.clone().setCreateDisposition("CREATE_NEVER"));
    assertEquals("notFound", never.getStatus().getErrorResult().getReason());
    assertEquals(
        "Not found: Table my-project:shop.orders", never.getStatus().getErrorResult().getMessage());

    assertNull(
        client
            .load("first", load.clone().setWriteDisposition("WRITE_EMPTY"))
            .getStatus()
            .getErrorResult());
    Job full = client.load("full", load.clone().setWriteDisposition("WRITE_EMPTY"));
    assertEquals("duplicate", full.getStatus().getErrorResult().getReason());

    assertNull(client.load("append", load).getStatus().getErrorResult());
    assertEquals("[[1, a], [1, a]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void newFieldsNeedTheOptionThatAllowsThem() throws Exception {
    client.createTable("orders", "id INTEGER");
    Path file = file(folder, "1.json", "{\"id\":1,\"name\":\"a\"}");
    JobConfigurationLoad load =
        jsonLoad("orders", file).setSchema(schema("id INTEGER", "name STRING"));

    Job refused = client.load("refused", load);
    assertEquals(
        "Provided Schema does not match Table my-project:shop.orders. Cannot add or relax fields"
            + " without schemaUpdateOptions.",
        refused.getStatus().getErrorResult().getMessage());

    load.setSchemaUpdateOptions(List.of("ALLOW_FIELD_ADDITION"));
    assertNull(client.load("added", load).getStatus().getErrorResult());
    assertEquals("[[1, a]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void packedFilesAndPatternsAreRead() throws Exception {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a-1.json.gz")))) {
      out.write("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}".getBytes(UTF_8));
    }
    JobConfigurationLoad load =
        jsonLoad("orders", folder.resolve("a-*.gz")).setSchema(schema("id INTEGER", "name STRING"));

    assertNull(client.load("packed", load).getStatus().getErrorResult());

    assertEquals("[[1, a], [2, b]]", endpoint.sql(ROWS).toString());
  }

  @Test
  public void aJobIdIsUsedOnce() throws Exception {
    Path file = file(folder, "1.json", "{\"id\":1,\"name\":\"a\"}");
    JobConfigurationLoad load =
        jsonLoad("orders", file).setSchema(schema("id INTEGER", "name STRING"));
    client.load("same", load);

    assertEquals(
        "409 duplicate: Already Exists: Job my-project:US.same",
        refusal(() -> client.load("same", load)));

    assertEquals(1, client.table("orders").getNumRows().intValue());
    assertEquals(2, endpoint.calls("jobs.insert"));
  }

  @Test
  public void whatIsNotThereIsSaid() throws Exception {
    Job missing =
        client.load(
            "missing",
            jsonLoad("orders", folder.resolve("none.json")).setSchema(schema("id INTEGER")));

    assertEquals(
        "Not found: URI " + folder.resolve("none.json"),
        missing.getStatus().getErrorResult().getMessage());
    assertEquals(
        "404 notFound: Not found: Job my-project:nothing",
        refusal(() -> client.api.jobs().get(PROJECT, "nothing").execute()));
    JobConfigurationLoad elsewhere = jsonLoad("orders", folder);
    elsewhere.getDestinationTable().setDatasetId("other");
    assertEquals(
        "404 notFound: Not found: Dataset my-project:other",
        refusal(() -> client.load("elsewhere", elsewhere)));
  }
}
