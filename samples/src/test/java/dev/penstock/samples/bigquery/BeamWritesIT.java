package dev.penstock.samples.bigquery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO.Write.Method;
import org.apache.beam.sdk.io.gcp.bigquery.RowMutationInformation;
import org.apache.beam.sdk.io.gcp.bigquery.RowMutationInformation.MutationType;
import org.apache.beam.sdk.io.gcp.bigquery.TableRowJsonCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.jspecify.annotations.Nullable;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestName;

/** Beam's own BigQueryIO, with each of its methods, on the Direct runner. */
public final class BeamWritesIT {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String EXPECTED =
      "[[1, a, 1.250000000, 2024-01-01 10:00:00+00], [2, ä, null, null], [3, null, -7.000000000,"
          + " null]]";

  @ClassRule public static final TemporaryFolder TEMPORARY = new TemporaryFolder();

  // One endpoint and a table for each test: Beam keeps its connections, by table, for all
  // pipelines.
  private static final LocalBigQuery ENDPOINT =
      LocalBigQuery.start(LocalBigQuery.Settings.inMemory());
  private static final RestClient REST = RestClient.of(ENDPOINT);
  private static final @Nullable String TRUSTED_BEFORE = System.getProperty(TRUST_STORE);

  @Rule public final TestName test = new TestName();

  @BeforeClass
  public static void trustTheEndpoint() throws Exception {
    // Beam's gRPC client speaks TLS and believes what Java believes.
    System.setProperty(
        TRUST_STORE, ENDPOINT.writeTrustStore(TEMPORARY.getRoot().toPath()).toString());
    REST.withDataset();
  }

  @AfterClass
  public static void stop() {
    if (TRUSTED_BEFORE == null) {
      System.clearProperty(TRUST_STORE);
    } else {
      System.setProperty(TRUST_STORE, TRUSTED_BEFORE);
    }
    ENDPOINT.close();
  }

  @Test
  public void loadJobs() throws Exception {
    write(writes(Method.FILE_LOADS));

    assertEquals(EXPECTED, rows());
    assertTrue(ENDPOINT.calls("jobs.insert") > 0);
  }

  @Test
  public void storageWriteApi() throws Exception {
    write(writes(Method.STORAGE_WRITE_API));

    assertEquals(EXPECTED, rows());
    assertTrue(ENDPOINT.calls("BatchCommitWriteStreams") > 0);
  }

  @Test
  public void storageWriteApiAtLeastOnce() throws Exception {
    REST.createTable(
        new Table()
            .setTableReference(RestClient.reference(test.getMethodName()))
            .setSchema(schema()));
    write(writes(Method.STORAGE_API_AT_LEAST_ONCE));

    assertEquals(EXPECTED, rows());
  }

  @Test
  public void streamingInserts() throws Exception {
    write(writes(Method.STREAMING_INSERTS));

    assertEquals(EXPECTED, rows());
    assertTrue(ENDPOINT.calls("tabledata.insertAll") > 0);
  }

  @Test
  public void rowMutations() throws Exception {
    REST.createTable(
        new Table()
            .setTableReference(RestClient.reference(test.getMethodName()))
            .setSchema(schema())
            .setTableConstraints(
                new TableConstraints()
                    .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(List.of("id")))));
    write(
        BigQueryIO.<TableRow>write()
            .to("my-project:shop." + test.getMethodName())
            .withFormatFunction(row -> row.clone().set("version", null))
            .withSchema(schema())
            .withMethod(Method.STORAGE_API_AT_LEAST_ONCE)
            .withCreateDisposition(BigQueryIO.Write.CreateDisposition.CREATE_NEVER)
            .withWriteDisposition(BigQueryIO.Write.WriteDisposition.WRITE_APPEND)
            .withRowMutationInformationFn(
                row ->
                    RowMutationInformation.of(
                        row.get("name") == null ? MutationType.DELETE : MutationType.UPSERT,
                        String.valueOf(row.get("version")))),
        row(1, "old").set("version", "1"),
        row(1, "new").set("version", "A/1"),
        row(2, "x").set("version", "1"),
        row(2, null).set("version", "2"),
        row(1, "older").set("version", "9/FF"));

    assertEquals("[[1, new, null, null]]", rows());
  }

  private String rows() throws SQLException {
    return ENDPOINT
        .sql(
            "SELECT id, name, amount, \"at\"::VARCHAR FROM \"my-project\".shop."
                + test.getMethodName()
                + " ORDER BY id")
        .toString();
  }

  private static TableSchema schema() {
    return RestClient.schema(
        "id INTEGER REQUIRED", "name STRING", "amount NUMERIC", "at TIMESTAMP", "version STRING");
  }

  private BigQueryIO.Write<TableRow> writes(Method method) {
    return BigQueryIO.writeTableRows()
        .to("my-project:shop." + test.getMethodName())
        .withSchema(schema())
        .withWriteDisposition(BigQueryIO.Write.WriteDisposition.WRITE_APPEND)
        .withMethod(method);
  }

  private static TableRow row(long id, @Nullable String name) {
    return new TableRow().set("id", Long.toString(id)).set("name", name);
  }

  private static void write(BigQueryIO.Write<TableRow> write) {
    write(
        write,
        row(1, "a").set("amount", "1.25").set("at", "2024-01-01T10:00:00Z"),
        row(2, "ä"),
        row(3, null).set("amount", "-7"));
  }

  private static void write(BigQueryIO.Write<TableRow> write, TableRow... rows) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner",
                    "--project=my-project",
                    "--bigQueryEndpoint=" + ENDPOINT.endpoint(),
                    "--credentialFactoryClass="
                        + "org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
                    "--tempLocation=" + TEMPORARY.getRoot())
                .create());
    pipeline.apply(Create.of(List.of(rows)).withCoder(TableRowJsonCoder.of())).apply(write);
    pipeline.run().waitUntilFinish();
  }
}
